package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.IndexSchema.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the schema changes of MySQL 5.7 to 9.x and of MariaDB. Expressions are kept as text. It
 * takes what a server has accepted and written to its binary log: it does not check what the server
 * has checked.
 */
public final class DdlParser {
  private final TokenCursor cursor;
  private final String defaultSchema;

  private DdlParser(TokenCursor cursor, String defaultSchema) {
    this.cursor = cursor;
    this.defaultSchema = defaultSchema;
  }

  /**
   * Reads one statement. What changes no table's schema is {@link DdlStatement.Other}, whatever its
   * text.
   *
   * @param sql the statement's text, decoded by the client's character set
   * @param modes the session's modes
   * @param defaultSchema the schema of unqualified names; may be null
   * @throws DdlSyntaxException when it is a schema change whose text is not understood
   */
  public static DdlStatement parse(String sql, SqlModes modes, String defaultSchema) {
    ScannedDdl scanned = DdlScanner.scan(sql, modes, defaultSchema);
    if (scanned.kind() == DdlKind.OTHER) {
      return new DdlStatement.Other(scanned.statementClass());
    }
    return new DdlParser(new TokenCursor(sql, modes), defaultSchema).statement(scanned);
  }

  private DdlStatement statement(ScannedDdl scanned) {
    SqlText.skipSetStatement(cursor);
    Token first = cursor.next();
    boolean isAlter = first.isWord("ALTER");
    DdlStatement statement =
        switch (scanned.kind()) {
          case CREATE_TABLE -> {
            skipTo("TABLE");
            yield CreateTableParser.parse(cursor, defaultSchema, scanned.temporary());
          }
          case ALTER_TABLE -> alterTable();
          case RENAME_TABLE -> isAlter ? alterTable() : renameTable();
          case CREATE_INDEX -> createIndex();
          case DROP_INDEX -> dropIndex(scanned);
          case DROP_TABLE -> dropTable(scanned);
          case TRUNCATE_TABLE -> {
            cursor.accept("TABLE");
            TableId table = cursor.expectTableName(defaultSchema);
            skipWait();
            yield new DdlStatement.TruncateTable(table);
          }
          case CREATE_DATABASE -> {
            skipSchemaName(scanned);
            yield new DdlStatement.CreateDatabase(
                scanned.schema(), scanned.ifExists(), schemaOptions());
          }
          case ALTER_DATABASE -> {
            skipSchemaName(scanned);
            yield new DdlStatement.AlterDatabase(scanned.schema(), schemaOptions());
          }
          case DROP_DATABASE -> {
            skipSchemaName(scanned);
            yield new DdlStatement.DropDatabase(scanned.schema(), scanned.ifExists());
          }
          case DESELECT_TABLE, OTHER -> throw new IllegalStateException("not a schema change");
        };
    cursor.accept(';');
    if (!cursor.atEnd()) {
      throw cursor.unexpected("the end of the statement");
    }
    return statement;
  }

  private void skipTo(String word) {
    while (!cursor.accept(word)) {
      cursor.next();
    }
  }

  private void skipWait() {
    if (cursor.accept("WAIT")) {
      cursor.expectInt("seconds");
    }
    cursor.accept("NOWAIT");
  }

  private DdlStatement alterTable() {
    skipTo("TABLE");
    return AlterTableParser.parse(cursor, defaultSchema);
  }

  private DdlStatement createIndex() {
    boolean orReplace = cursor.accept("OR", "REPLACE");
    cursor.acceptAny("ONLINE", "OFFLINE");
    Kind kind = KeyParser.kindWord(cursor);
    if (!cursor.acceptAny("INDEX", "KEY")) {
      throw cursor.unexpected("INDEX");
    }
    boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
    String name = cursor.expectIdentifier("an index name");
    while (!cursor.accept("ON")) {
      cursor.expectIdentifier("ON");
    }
    TableId table = cursor.expectTableName(defaultSchema);
    skipWait();
    IndexDefinition index = KeyParser.afterName(cursor, kind, name);
    algorithmAndLock();
    return new DdlStatement.CreateIndex(
        table, new AlterSpec.AddIndex(index, ifNotExists, orReplace));
  }

  private DdlStatement dropIndex(ScannedDdl scanned) {
    while (!cursor.acceptAny("INDEX", "KEY")) {
      cursor.next();
    }
    cursor.accept("IF", "EXISTS");
    String name = cursor.expectIdentifier("an index name");
    cursor.expect("ON");
    TableId table = cursor.expectTableName(defaultSchema);
    skipWait();
    algorithmAndLock();
    return new DdlStatement.DropIndex(table, new AlterSpec.DropIndex(name, scanned.ifExists()));
  }

  private void algorithmAndLock() {
    while (cursor.acceptAny("ALGORITHM", "LOCK")) {
      cursor.accept('=');
      cursor.expectIdentifier("a value");
    }
  }

  private DdlStatement dropTable(ScannedDdl scanned) {
    while (!cursor.acceptAny("TABLE", "TABLES")) {
      cursor.next();
    }
    cursor.accept("IF", "EXISTS");
    do {
      cursor.expectTableName(defaultSchema);
    } while (cursor.accept(','));
    skipWait();
    cursor.acceptAny("RESTRICT", "CASCADE");
    return new DdlStatement.DropTable(scanned.tables(), scanned.temporary(), scanned.ifExists());
  }

  private DdlStatement renameTable() {
    cursor.next();
    cursor.accept("IF", "EXISTS");
    List<DdlStatement.Rename> renames = new ArrayList<>();
    do {
      TableId from = cursor.expectTableName(defaultSchema);
      skipWait();
      cursor.expect("TO");
      renames.add(new DdlStatement.Rename(from, cursor.expectTableName(defaultSchema)));
    } while (cursor.accept(','));
    return new DdlStatement.RenameTable(renames);
  }

  private void skipSchemaName(ScannedDdl scanned) {
    while (!cursor.acceptAny("DATABASE", "SCHEMA")) {
      cursor.next();
    }
    cursor.accept("IF", "NOT", "EXISTS");
    cursor.accept("IF", "EXISTS");
    if (scanned.kind() != DdlKind.ALTER_DATABASE || !SqlText.isSchemaOption(cursor)) {
      cursor.expectIdentifier("a schema name");
    }
  }

  private Map<String, String> schemaOptions() {
    Map<String, String> options = new HashMap<>();
    boolean more = true;
    while (more) {
      more = TableOptionsParser.parseOne(cursor, options);
    }
    return options;
  }
}
