package io.dmconnect.model.ddl;

import java.util.ArrayList;
import java.util.List;

/** Tells transaction control and statement-format DML apart and finds what the DML may write. */
final class DmlScan {
  private final TokenCursor cursor;
  private final String defaultSchema;
  private final List<NameRef> tables = new ArrayList<>();

  DmlScan(TokenCursor cursor, String defaultSchema) {
    this.cursor = cursor;
    this.defaultSchema = defaultSchema;
  }

  List<NameRef> tables() {
    return tables;
  }

  /** Reads from the statement's first token. */
  StatementClass run() {
    return switch (SqlText.upper(cursor.next())) {
      case "BEGIN" -> StatementClass.BEGIN;
      case "START" -> cursor.isWord("TRANSACTION") ? StatementClass.BEGIN : StatementClass.OTHER;
      case "COMMIT" -> StatementClass.COMMIT;
      case "ROLLBACK" -> rollback();
      case "SAVEPOINT" -> StatementClass.SAVEPOINT;
      case "RELEASE" ->
          cursor.isWord("SAVEPOINT") ? StatementClass.SAVEPOINT : StatementClass.OTHER;
      case "XA" -> StatementClass.XA;
      case "INSERT", "REPLACE" -> insert();
      case "UPDATE", "DELETE" -> tableReferences();
      case "WITH" -> with();
      case "LOAD" -> load();
      case "SELECT" -> StatementClass.DML;
      default -> StatementClass.OTHER;
    };
  }

  private StatementClass rollback() {
    cursor.accept("WORK");
    return cursor.isWord("TO") ? StatementClass.SAVEPOINT : StatementClass.ROLLBACK;
  }

  private StatementClass insert() {
    skipModifiers();
    cursor.accept("INTO");
    addTable();
    return StatementClass.DML;
  }

  private StatementClass load() {
    if (!cursor.isWord("DATA") && !cursor.isWord("XML")) {
      return StatementClass.OTHER;
    }
    while (!cursor.atEnd()) {
      if (cursor.next().isWord("INTO") && cursor.accept("TABLE")) {
        addTable();
        break;
      }
    }
    return StatementClass.DML;
  }

  private StatementClass with() {
    int depth = 0;
    while (!cursor.atEnd()) {
      Token token = cursor.next();
      if (token.isSymbol('(')) {
        depth++;
      } else if (token.isSymbol(')')) {
        depth--;
      } else if (depth == 0 && (token.isWord("UPDATE") || token.isWord("DELETE"))) {
        return tableReferences();
      } else if (depth == 0 && (token.isWord("INSERT") || token.isWord("REPLACE"))) {
        return insert();
      }
    }
    return StatementClass.DML;
  }

  /** Every name in the table references of an UPDATE or DELETE, aliases of a DELETE included. */
  private StatementClass tableReferences() {
    skipModifiers();
    boolean nameExpected = true;
    while (!cursor.atEnd()) {
      if (nameExpected && isName()) {
        addTable();
        nameExpected = false;
        continue;
      }
      Token token = cursor.next();
      if (token.isWord("SET") || token.isWord("WHERE")) {
        break;
      }
      nameExpected =
          token.isSymbol(',')
              || token.isSymbol('(')
              || token.isWord("FROM")
              || token.isWord("USING")
              || token.isWord("JOIN")
              || token.isWord("STRAIGHT_JOIN")
              || token.isWord("UPDATE");
    }
    return StatementClass.DML;
  }

  private boolean isName() {
    return cursor.peek().isIdentifier() && !cursor.isWord("FROM") && !cursor.isWord("SELECT");
  }

  private void addTable() {
    NameRef name = cursor.acceptTableName(defaultSchema);
    if (name != null) {
      tables.add(name);
    }
  }

  private void skipModifiers() {
    boolean more = true;
    while (more) {
      more = cursor.acceptAny("LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "QUICK", "IGNORE");
    }
  }
}
