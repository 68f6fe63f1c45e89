package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A member of a shard group: one upstream table.
 *
 * @param source the source id ({@code topic.prefix})
 * @param table the upstream table
 */
public record MemberId(String source, TableId table) implements Comparable<MemberId> {

  /** Checks that both parts are there. */
  public MemberId {
    requireNonNull(source, "source is null");
    requireNonNull(table, "table is null");
  }

  /** A member by its three names. */
  public static MemberId of(String source, String schema, String table) {
    return new MemberId(source, new TableId(schema, table));
  }

  /** The name of the member's nodes in the coordination tree: three URL-encoded parts. */
  public String nodeName() {
    return encode(source) + ":" + encode(table.schema()) + ":" + encode(table.table());
  }

  /**
   * The member of a node name.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static MemberId ofNodeName(String nodeName) {
    String[] parts = nodeName.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("Not a member's node name: " + nodeName);
    }

    return of(decode(parts[0]), decode(parts[1]), decode(parts[2]));
  }

  @Override
  public int compareTo(MemberId other) {
    int bySource = source.compareTo(other.source);
    return bySource != 0 ? bySource : table.compareTo(other.table);
  }

  /** For people: {@code source/db.table}. */
  @Override
  public String toString() {
    return source + "/" + table;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
