package io.dmconnect.model.filter;

import static io.dmconnect.model.filter.BinlogEvent.Group.DDL;
import static io.dmconnect.model.filter.BinlogEvent.Group.DML;
import static io.dmconnect.model.filter.BinlogEvent.Group.INCOMPATIBLE_DDL;

import java.util.Locale;

/**
 * The kinds of events that binlog event filters tell apart, with DM's names: the constant's name in
 * lower case with spaces. The incompatible ones are those that can lose data, as DM's manual says
 * ("Binlog Event Filter"); additions such as {@code add column} are not among them.
 */
public enum BinlogEvent {
  INSERT(DML),
  UPDATE(DML),
  DELETE(DML),

  CREATE_DATABASE(DDL),
  ALTER_DATABASE(DDL),
  CREATE_TABLE(DDL),
  CREATE_INDEX(DDL),
  CREATE_VIEW(DDL),
  DROP_VIEW(DDL),
  ALTER_TABLE(DDL),
  ADD_TABLE_PARTITION(DDL),

  DROP_DATABASE(INCOMPATIBLE_DDL),
  DROP_TABLE(INCOMPATIBLE_DDL),
  DROP_INDEX(INCOMPATIBLE_DDL),
  RENAME_TABLE(INCOMPATIBLE_DDL),
  TRUNCATE_TABLE(INCOMPATIBLE_DDL),
  DROP_TABLE_PARTITION(INCOMPATIBLE_DDL),
  TRUNCATE_TABLE_PARTITION(INCOMPATIBLE_DDL),
  VALUE_RANGE_DECREASE(INCOMPATIBLE_DDL),
  PRECISION_DECREASE(INCOMPATIBLE_DDL),
  MODIFY_COLUMN(INCOMPATIBLE_DDL),
  RENAME_COLUMN(INCOMPATIBLE_DDL),
  RENAME_INDEX(INCOMPATIBLE_DDL),
  DROP_COLUMN(INCOMPATIBLE_DDL),
  DROP_PRIMARY_KEY(INCOMPATIBLE_DDL),
  DROP_UNIQUE_KEY(INCOMPATIBLE_DDL),
  MODIFY_DEFAULT_VALUE(INCOMPATIBLE_DDL),
  MODIFY_CONSTRAINT(INCOMPATIBLE_DDL),
  MODIFY_COLUMNS_ORDER(INCOMPATIBLE_DDL),
  MODIFY_CHARSET(INCOMPATIBLE_DDL),
  MODIFY_COLLATION(INCOMPATIBLE_DDL),
  REMOVE_AUTO_INCREMENT(INCOMPATIBLE_DDL),
  MODIFY_STORAGE_ENGINE(INCOMPATIBLE_DDL),
  REORGANIZE_TABLE_PARTITION(INCOMPATIBLE_DDL),
  REBUILD_TABLE_PARTITION(INCOMPATIBLE_DDL),
  COALESCE_TABLE_PARTITION(INCOMPATIBLE_DDL),
  SPLIT_TABLE_PARTITION(INCOMPATIBLE_DDL),
  EXCHANGE_TABLE_PARTITION(INCOMPATIBLE_DDL),
  DROP_FOREIGN_KEY(INCOMPATIBLE_DDL),

  MODIFY_SCHEMA_CHARSET_AND_COLLATE(DDL),
  MODIFY_TABLE_CHARSET_AND_COLLATE(DDL),
  MODIFY_TABLE_COMMENT(DDL),
  RECOVER_TABLE(DDL),
  ALTER_TABLE_PARTITIONING(DDL),
  REMOVE_TABLE_PARTITIONING(DDL),
  ADD_COLUMN(DDL),
  SET_DEFAULT_VALUE(DDL),
  REBASE_AUTO_ID(DDL),
  ADD_PRIMARY_KEY(DDL),
  ADD_FOREIGN_KEY(DDL),
  ALTER_INDEX_VISIBILITY(DDL),
  ALTER_TTL_INFO(DDL),
  ALTER_TTL_REMOVE(DDL),
  MULTI_SCHEMA_CHANGE(DDL);

  /** The group an event is in. */
  enum Group {
    /** Changes of rows. */
    DML,
    /** Changes of schemas that lose no data. */
    DDL,
    /** Changes of schemas that can lose data. */
    INCOMPATIBLE_DDL
  }

  private final Group group;

  BinlogEvent(Group group) {
    this.group = group;
  }

  /** DM's name of the event. */
  public String eventName() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  Group group() {
    return group;
  }
}
