package io.dmconnect.model.filter;

import io.dmconnect.model.ddl.AlterSpec;
import io.dmconnect.model.ddl.PartitionChange;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The events of one specification of an {@code ALTER TABLE}. */
final class AlterEvents {

  /** Adds what a specification is to the events. */
  static void add(AlterSpec spec, TableSchema before, Set<BinlogEvent> events) {
    if (spec instanceof AlterSpec.AddColumn) {
      events.add(BinlogEvent.ADD_COLUMN);
    } else if (spec instanceof AlterSpec.DropColumn) {
      events.add(BinlogEvent.DROP_COLUMN);
    } else if (spec instanceof AlterSpec.ChangeColumn change) {
      changeColumn(change, before, events);
    } else if (spec instanceof AlterSpec.RenameColumn) {
      events.add(BinlogEvent.RENAME_COLUMN);
    } else if (spec instanceof AlterSpec.SetDefault set) {
      boolean had = column(before, set.column()).map(c -> c.defaultSql() != null).orElse(false);
      events.add(had ? BinlogEvent.MODIFY_DEFAULT_VALUE : BinlogEvent.SET_DEFAULT_VALUE);
    } else if (spec instanceof AlterSpec.RenameTo) {
      events.add(BinlogEvent.RENAME_TABLE);
    } else if (spec instanceof AlterSpec.ConvertCharset) {
      events.add(BinlogEvent.MODIFY_CHARSET);
      events.add(BinlogEvent.MODIFY_TABLE_CHARSET_AND_COLLATE);
    } else if (spec instanceof AlterSpec.SetOptions set) {
      options(set.options(), events);
    } else if (spec instanceof AlterSpec.SetPartitioning set) {
      events.add(
          set.partitioning() == null
              ? BinlogEvent.REMOVE_TABLE_PARTITIONING
              : BinlogEvent.ALTER_TABLE_PARTITIONING);
    } else if (spec instanceof AlterSpec.ChangePartitions change) {
      events.add(partitions(change.change().operation()));
    } else if (spec instanceof AlterSpec.NoSchemaChange other) {
      other(other.text().toUpperCase(Locale.ROOT), events);
    } else {
      index(spec, before, events);
    }
  }

  private static void index(AlterSpec spec, TableSchema before, Set<BinlogEvent> events) {
    if (spec instanceof AlterSpec.AddIndex add) {
      if (add.index().forForeignKey()) {
        events.add(BinlogEvent.ADD_FOREIGN_KEY);
      } else if (add.index().kind() == IndexSchema.Kind.PRIMARY) {
        events.add(BinlogEvent.ADD_PRIMARY_KEY);
      }
    } else if (spec instanceof AlterSpec.DropIndex drop) {
      dropKey(drop.name(), before, events);
    } else if (spec instanceof AlterSpec.DropConstraint drop) {
      events.add(BinlogEvent.MODIFY_CONSTRAINT);
      if (drop.anyKind()) {
        dropKey(drop.name(), before, events);
      } else {
        events.add(BinlogEvent.DROP_FOREIGN_KEY);
      }
    } else if (spec instanceof AlterSpec.RenameIndex) {
      events.add(BinlogEvent.RENAME_INDEX);
    } else if (spec instanceof AlterSpec.SetIndexVisible) {
      events.add(BinlogEvent.ALTER_INDEX_VISIBILITY);
    }
  }

  private static void dropKey(String name, TableSchema before, Set<BinlogEvent> events) {
    if (name.equalsIgnoreCase(IndexSchema.PRIMARY_NAME)) {
      events.add(BinlogEvent.DROP_PRIMARY_KEY);
    } else if (before != null
        && before.index(name).filter(i -> i.kind() == IndexSchema.Kind.UNIQUE).isPresent()) {
      events.add(BinlogEvent.DROP_UNIQUE_KEY);
    }
  }

  private static void changeColumn(
      AlterSpec.ChangeColumn change, TableSchema before, Set<BinlogEvent> events) {
    if (!change.oldName().equalsIgnoreCase(change.column().name())) {
      events.add(BinlogEvent.RENAME_COLUMN);
    }

    if (change.position() != null) {
      events.add(BinlogEvent.MODIFY_COLUMNS_ORDER);
    }

    column(before, change.oldName())
        .ifPresent(column -> ColumnEvents.add(column, change.column(), events));
  }

  private static Optional<ColumnSchema> column(TableSchema before, String name) {
    return before == null ? Optional.empty() : before.column(name);
  }

  private static void options(Map<String, String> options, Set<BinlogEvent> events) {
    if (options.containsKey("engine")) {
      events.add(BinlogEvent.MODIFY_STORAGE_ENGINE);
    }

    if (options.containsKey("charset")) {
      events.add(BinlogEvent.MODIFY_CHARSET);
      events.add(BinlogEvent.MODIFY_TABLE_CHARSET_AND_COLLATE);
    }

    if (options.containsKey("collate")) {
      events.add(BinlogEvent.MODIFY_COLLATION);
      events.add(BinlogEvent.MODIFY_TABLE_CHARSET_AND_COLLATE);
    }

    if (options.containsKey("comment")) {
      events.add(BinlogEvent.MODIFY_TABLE_COMMENT);
    }

    if (options.containsKey("auto_increment")) {
      events.add(BinlogEvent.REBASE_AUTO_ID);
    }
  }

  private static BinlogEvent partitions(PartitionChange.Operation operation) {
    return switch (operation) {
      case ADD -> BinlogEvent.ADD_TABLE_PARTITION;
      case DROP -> BinlogEvent.DROP_TABLE_PARTITION;
      case REORGANIZE -> BinlogEvent.REORGANIZE_TABLE_PARTITION;
      case COALESCE -> BinlogEvent.COALESCE_TABLE_PARTITION;
    };
  }

  private static void other(String text, Set<BinlogEvent> events) {
    if (text.startsWith("TRUNCATE PARTITION")) {
      events.add(BinlogEvent.TRUNCATE_TABLE_PARTITION);
    } else if (text.startsWith("EXCHANGE PARTITION")) {
      events.add(BinlogEvent.EXCHANGE_TABLE_PARTITION);
    } else if (text.startsWith("REBUILD PARTITION")) {
      events.add(BinlogEvent.REBUILD_TABLE_PARTITION);
    } else if (text.startsWith("REORGANIZE PARTITION")) {
      events.add(BinlogEvent.REORGANIZE_TABLE_PARTITION);
    } else if (text.startsWith("ALTER CONSTRAINT")) {
      events.add(BinlogEvent.MODIFY_CONSTRAINT);
    }
  }

  private AlterEvents() {}
}
