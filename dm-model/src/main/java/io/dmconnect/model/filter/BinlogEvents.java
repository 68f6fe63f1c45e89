package io.dmconnect.model.filter;

import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlStatement;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which kinds of events a statement is, as binlog event filters tell them apart. */
public final class BinlogEvents {

  /**
   * The event of a statement that only the light scanner has seen.
   *
   * @return one event, or none for {@link DdlKind#OTHER}
   */
  public static List<BinlogEvent> of(DdlKind kind) {
    return switch (kind) {
      case CREATE_TABLE -> List.of(BinlogEvent.CREATE_TABLE);
      case ALTER_TABLE -> List.of(BinlogEvent.ALTER_TABLE);
      case CREATE_INDEX -> List.of(BinlogEvent.CREATE_INDEX);
      case DROP_INDEX -> List.of(BinlogEvent.DROP_INDEX);
      case DROP_TABLE -> List.of(BinlogEvent.DROP_TABLE);
      case TRUNCATE_TABLE -> List.of(BinlogEvent.TRUNCATE_TABLE);
      case RENAME_TABLE -> List.of(BinlogEvent.RENAME_TABLE);
      case CREATE_DATABASE -> List.of(BinlogEvent.CREATE_DATABASE);
      case ALTER_DATABASE -> List.of(BinlogEvent.ALTER_DATABASE);
      case DROP_DATABASE -> List.of(BinlogEvent.DROP_DATABASE);
      case DESELECT_TABLE, OTHER -> List.of();
    };
  }

  /**
   * The events of a parsed statement: its kind, and for an {@code ALTER TABLE} also what it does in
   * particular, in the order of {@link BinlogEvent}.
   *
   * @param kind the statement's kind
   * @param statement the statement
   * @param before the table before the statement; null when there was none or it is not known: then
   *     events that tell a change from a decrease are left out
   */
  public static List<BinlogEvent> of(DdlKind kind, DdlStatement statement, TableSchema before) {
    Set<BinlogEvent> events = EnumSet.noneOf(BinlogEvent.class);
    events.addAll(of(kind));
    if (statement instanceof DdlStatement.AlterTable alter) {
      alter.specs().forEach(spec -> AlterEvents.add(spec, before, events));
      if (alter.specs().size() > 1) {
        events.add(BinlogEvent.MULTI_SCHEMA_CHANGE);
      }
    } else if (statement instanceof DdlStatement.DropIndex drop) {
      AlterEvents.add(drop.drop(), before, events);
    } else if (statement instanceof DdlStatement.AlterDatabase) {
      events.add(BinlogEvent.MODIFY_SCHEMA_CHARSET_AND_COLLATE);
    }

    return new ArrayList<>(events);
  }

  private BinlogEvents() {}
}
