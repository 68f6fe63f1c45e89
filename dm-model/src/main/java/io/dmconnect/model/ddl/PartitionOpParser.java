package io.dmconnect.model.ddl;

import io.dmconnect.model.ddl.AlterSpec.ChangePartitions;
import io.dmconnect.model.ddl.PartitionChange.Operation;
import java.util.ArrayList;
import java.util.List;

/** Reads the operations of {@code ALTER TABLE} on partitions. */
final class PartitionOpParser {
  private PartitionOpParser() {}

  static AlterSpec add(TokenCursor cursor) {
    cursor.expect("PARTITION");
    cursor.accept("IF", "NOT", "EXISTS");
    cursor.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL");
    if (cursor.accept("PARTITIONS")) {
      int count = cursor.expectInt("a number of partitions");
      return change(Operation.ADD, List.of(), List.of(), count);
    }
    return change(Operation.ADD, List.of(), PartitionText.parseDefinitions(cursor), 0);
  }

  static AlterSpec drop(TokenCursor cursor) {
    cursor.expect("PARTITION");
    cursor.accept("IF", "EXISTS");
    return change(Operation.DROP, names(cursor), List.of(), 0);
  }

  static AlterSpec reorganize(TokenCursor cursor) {
    boolean coalesce = cursor.next().isWord("COALESCE");
    cursor.expect("PARTITION");
    cursor.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL");
    if (coalesce) {
      int count = cursor.expectInt("a number of partitions");
      return change(Operation.COALESCE, List.of(), List.of(), count);
    }
    if (!cursor.peek().isIdentifier()) {
      return new AlterSpec.NoSchemaChange("REORGANIZE PARTITION");
    }
    List<String> names = names(cursor);
    cursor.expect("INTO");
    return change(Operation.REORGANIZE, names, PartitionText.parseDefinitions(cursor), 0);
  }

  /** MariaDB: {@code CONVERT PARTITION p TO TABLE t} and {@code CONVERT TABLE t TO PARTITION …}. */
  static AlterSpec convert(TokenCursor cursor, String defaultSchema) {
    if (cursor.accept("TABLE")) {
      cursor.expectTableName(defaultSchema);
      cursor.expect("TO");
      int from = cursor.index();
      while (!cursor.atEnd() && !cursor.isSymbol(',')) {
        if (cursor.isSymbol('(')) {
          cursor.skipParentheses();
        } else {
          cursor.next();
        }
      }
      return change(Operation.ADD, List.of(), List.of(cursor.text(from, cursor.index())), 0);
    }
    cursor.expect("PARTITION");
    String name = cursor.expectIdentifier("a partition name");
    cursor.expect("TO");
    cursor.expect("TABLE");
    cursor.expectTableName(defaultSchema);
    return change(Operation.DROP, List.of(name), List.of(), 0);
  }

  /** Passes an operation that keeps the list of partitions. */
  static boolean acceptMaintenance(TokenCursor cursor) {
    boolean maintenance =
        cursor.peek(1).isWord("PARTITION")
            && switch (SqlText.upper(cursor.peek())) {
              case "TRUNCATE", "ANALYZE", "CHECK", "OPTIMIZE", "REBUILD", "REPAIR" -> true;
              case "DISCARD", "IMPORT", "EXCHANGE", "SECONDARY_LOAD", "SECONDARY_UNLOAD" -> true;
              default -> false;
            };
    if (maintenance) {
      while (!cursor.atEnd() && !cursor.isSymbol(';')) {
        cursor.next();
      }
    }
    return maintenance;
  }

  private static AlterSpec change(
      Operation operation, List<String> names, List<String> definitions, int count) {
    return new ChangePartitions(new PartitionChange(operation, names, definitions, count));
  }

  private static List<String> names(TokenCursor cursor) {
    List<String> names = new ArrayList<>();
    do {
      names.add(cursor.expectIdentifier("a partition name"));
    } while (cursor.accept(','));
    return names;
  }
}
