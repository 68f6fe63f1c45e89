package io.dmconnect.model.event;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;

/**
 * A schema change of one table, as carried in band by a DDL record.
 *
 * @param id stable across re-reads of the binlog: {@code <source>:<gtid or
 *     uuid:file:pos>:<ordinal>}, of a DROP DATABASE with the quoted table for the ordinal; the same
 *     in every topic-partition the statement goes to
 * @param kind what the statement does
 * @param table the upstream table it is about; for a rename the old name
 * @param newTable the new name of a rename; null otherwise
 * @param statements the statement's text, each about one table, names as upstream; more than one
 *     only when one upstream statement had to be split
 * @param defaultSchema the session's default database; null when it had none
 * @param sqlMode the session's {@code sql_mode} as the text {@code SET sql_mode} takes; not null
 * @param timeZone the session's {@code time_zone}; null when the event does not tell (then the
 *     statement does not depend on it)
 * @param charset the session's {@code character_set_client}; null when unknown
 * @param collation the session's {@code collation_connection}; null when unknown
 * @param timestampMicros when the statement began, microseconds since the epoch ({@code SET
 *     timestamp})
 * @param before the table's schema before the statement; null for a new table
 * @param after the table's schema after the statement; null when the table is gone
 * @param participants every topic-partition that carries this id, as {@code topic-partition}; never
 *     empty
 * @param snapshot whether the record only states the schema at the start of a snapshot
 */
public record DdlEvent(
    String id,
    DdlKind kind,
    TableId table,
    TableId newTable,
    List<String> statements,
    String defaultSchema,
    String sqlMode,
    String timeZone,
    String charset,
    String collation,
    long timestampMicros,
    TableSchema before,
    TableSchema after,
    List<String> participants,
    boolean snapshot) {

  /**
   * What an id holds in place of the ordinal when the change takes back a snapshot; the quoted
   * table follows.
   */
  public static final String SNAPSHOT_AGAIN = "snapshot-again";

  /** What an id holds in place of the ordinal when a table is captured that was not for a while. */
  public static final String SELECTED = "selected";

  /** What an id holds in place of the ordinal when a table is not captured any more. */
  public static final String DESELECTED = "deselected";

  /** Copies the lists and checks what is never null. */
  public DdlEvent {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(table, "table is null");
    requireNonNull(sqlMode, "sqlMode is null");
    statements = List.copyOf(statements);
    participants = List.copyOf(participants);
  }

  /**
   * Whether it is not upstream's: the DROP that takes back what was read of a table, because the
   * table is read again from its beginning, or is gone.
   */
  public boolean takesBackSnapshot() {
    return kind == DdlKind.DROP_TABLE && id.endsWith(':' + SNAPSHOT_AGAIN + ':' + table.quoted());
  }
}
