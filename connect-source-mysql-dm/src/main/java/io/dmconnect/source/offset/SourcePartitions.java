package io.dmconnect.source.offset;

import io.dmconnect.model.TableId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The source partitions of one connector. They are part of what operators see through {@code GET
 * /connectors/<name>/offsets}; Connect commits each on its own, so that none may be inferred from
 * another.
 *
 * <ul>
 *   <li>{@code {"server"}}: how far the binlog was read, {@link StreamOffset}
 *   <li>{@code {"server", "snapshot": table}}: how far a table's snapshot went, {@link
 *       SnapshotOffset}
 *   <li>{@code {"server", "table": table}}: a table's schema versions, {@link SchemaVersions}
 *   <li>{@code {"server", "schema": schema}}: the names of a schema's tables, {@link TableNames};
 *       what one offset does not hold is in {@code {"server", "schema": schema, "part": "1"}} and
 *       so on
 *   <li>{@code {"server", "selection": table}}: whether a table is captured, {@link SelectionMark};
 *       none for one that always was
 * </ul>
 */
public final class SourcePartitions {
  /** The key with the topic prefix, in every partition. */
  public static final String SERVER = "server";

  /** The key with the table's name of a snapshot partition. */
  public static final String SNAPSHOT = "snapshot";

  /** The key with the table's name of a schema partition. */
  public static final String TABLE = "table";

  /** The key with the schema's name of a partition with tables' names. */
  public static final String SCHEMA = "schema";

  /** The key with the number, from 1 on, of a further partition with a schema's tables' names. */
  public static final String PART = "part";

  /** The key with the table's name of a partition that tells whether it is captured. */
  public static final String SELECTION = "selection";

  private final String server;
  private final Map<String, String> stream;

  /** The partitions of the connector with that {@code topic.prefix}. */
  public SourcePartitions(String server) {
    this.server = server;
    this.stream = Map.of(SERVER, server);
  }

  /** The stream's partition; always the same object. */
  public Map<String, String> stream() {
    return stream;
  }

  /** The partition of a table's snapshot. */
  public Map<String, String> snapshot(TableId table) {
    return of(SNAPSHOT, name(table));
  }

  /** The partition of a table's schema versions. */
  public Map<String, String> table(TableId table) {
    return of(TABLE, name(table));
  }

  /** The partition that tells whether a table is captured. */
  public Map<String, String> selection(TableId table) {
    return of(SELECTION, name(table));
  }

  /**
   * The partition of the names of a schema's tables.
   *
   * @param part 0 for the first one
   */
  public Map<String, String> schema(String schema, int part) {
    if (part == 0) {
      return of(SCHEMA, schema);
    }
    Map<String, String> partition = new HashMap<>(of(SCHEMA, schema));
    partition.put(PART, Integer.toString(part));
    return Collections.unmodifiableMap(partition);
  }

  /**
   * Connect finds offsets by the bytes of the partition's JSON text, and its REST interface makes
   * these from a {@link HashMap}: the members must stand in the order a {@code HashMap} has.
   */
  private Map<String, String> of(String key, String value) {
    Map<String, String> partition = new HashMap<>();
    partition.put(SERVER, server);
    partition.put(key, value);
    return Collections.unmodifiableMap(partition);
  }

  /** {@code db.table}; quoted when a part itself has a dot or a back quote. */
  static String name(TableId table) {
    String plain = table.toString();
    boolean ambiguous =
        plain.indexOf('`') >= 0
            || plain.indexOf('.') != table.schema().length()
            || table.table().indexOf('.') >= 0;
    return ambiguous ? table.quoted() : plain;
  }

  /** The table that {@link #name} names so. */
  static TableId table(String name) {
    if (name.isEmpty() || name.charAt(0) != '`') {
      int dot = name.indexOf('.');
      return new TableId(name.substring(0, dot), name.substring(dot + 1));
    }
    int end = 1;
    while (name.charAt(end) != '`' || name.charAt(end + 1) == '`') {
      end += name.charAt(end) == '`' ? 2 : 1;
    }
    String schema = name.substring(1, end);
    String table = name.substring(end + 3, name.length() - 1);
    return new TableId(schema.replace("``", "`"), table.replace("``", "`"));
  }
}
