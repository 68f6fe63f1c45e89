package io.dmconnect.source.schema;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The topics' names. Safe for use by several threads. */
public final class Topics {
  private final String prefix;
  private final Map<String, TableId> owners = new ConcurrentHashMap<>();

  /** The topics of the connector with that {@code topic.prefix}. */
  public Topics(String prefix) {
    this.prefix = prefix;
  }

  /** The topic of every schema change. */
  public String schemaChanges() {
    return prefix;
  }

  /** {@code topic.prefix}. */
  public String prefix() {
    return prefix;
  }

  /** The topic of the positions that no other record carries. */
  public String heartbeats() {
    return "__dm-heartbeat." + prefix;
  }

  /**
   * The topic of a table: {@code <prefix>.<db>.<table>} with {@code _} for what Kafka does not
   * take.
   *
   * @throws DmException when another table has it
   */
  public String of(TableId table) {
    String topic = prefix + '.' + legal(table.schema()) + '.' + legal(table.table());
    TableId owner = owners.putIfAbsent(topic, table);
    if (owner != null && !owner.equals(table)) {
      throw new DmException(
          SourceError.TOPIC_COLLISION,
          "The tables " + owner.quoted() + " and " + table.quoted() + " share the topic " + topic);
    }
    return topic;
  }

  private static String legal(String name) {
    StringBuilder out = null;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean ok =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-';
      if (!ok && out == null) {
        out = new StringBuilder(name);
      }
      if (!ok) {
        out.setCharAt(i, '_');
      }
    }
    return out == null ? name : out.toString();
  }
}
