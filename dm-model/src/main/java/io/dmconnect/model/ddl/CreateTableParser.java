package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code CREATE TABLE} from behind the word TABLE. */
final class CreateTableParser {
  private final TokenCursor cursor;
  private final String defaultSchema;
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final List<IndexDefinition> indexes = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();
  private String partitioning;
  private TableId template;
  private boolean needsServer;

  private CreateTableParser(TokenCursor cursor, String defaultSchema) {
    this.cursor = cursor;
    this.defaultSchema = defaultSchema;
  }

  static DdlStatement.CreateTable parse(
      TokenCursor cursor, String defaultSchema, boolean temporary) {
    return new CreateTableParser(cursor, defaultSchema).parse(temporary);
  }

  private DdlStatement.CreateTable parse(boolean temporary) {
    boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
    TableId table = cursor.expectTableName(defaultSchema);
    if (!like()) {
      if (cursor.isSymbol('(') && !isQuery(cursor.peek(1))) {
        elements();
      }
      tableOptions();
      if (cursor.isWord("PARTITION")) {
        partitioning = PartitionText.parse(cursor);
      }
      query();
    }
    return new DdlStatement.CreateTable(
        table,
        temporary,
        ifNotExists,
        columns,
        indexes,
        options,
        partitioning,
        template,
        needsServer);
  }

  private boolean like() {
    if (cursor.accept("LIKE")) {
      template = cursor.expectTableName(defaultSchema);
      return true;
    }
    if (cursor.isSymbol('(') && cursor.peek(1).isWord("LIKE")) {
      cursor.moveTo(cursor.index() + 2);
      template = cursor.expectTableName(defaultSchema);
      cursor.expect(')');
      return true;
    }
    return false;
  }

  private void elements() {
    cursor.expect('(');
    do {
      if (KeyParser.isKey(cursor)) {
        AlterSpec.AddIndex key = KeyParser.parse(cursor);
        if (key != null) {
          indexes.add(key.index());
        }
      } else {
        ColumnParser.Parsed column = ColumnParser.parse(cursor);
        columns.add(column.column());
        indexes.addAll(column.indexes());
      }
    } while (cursor.accept(','));
    cursor.expect(')');
  }

  private void tableOptions() {
    boolean more = true;
    while (more) {
      more = TableOptionsParser.parseOne(cursor, options);
      if (more) {
        cursor.accept(',');
      }
    }
  }

  private void query() {
    cursor.acceptAny("IGNORE", "REPLACE");
    if (cursor.accept("AS") || isQuery(cursor.peek()) || cursor.isSymbol('(')) {
      needsServer = true;
      while (!cursor.atEnd()) {
        cursor.next();
      }
    }
  }

  private static boolean isQuery(Token token) {
    return token.isWord("SELECT")
        || token.isWord("WITH")
        || token.isWord("TABLE")
        || token.isWord("VALUES")
        || token.isSymbol('(');
  }
}
