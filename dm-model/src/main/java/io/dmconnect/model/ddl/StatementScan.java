package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a statement is about and where its table names stand, without a grammar of what is in
 * between. Total: text that is no statement is {@code OTHER}.
 */
final class StatementScan {
  private final TokenCursor cursor;
  private final String defaultSchema;
  private final List<NameRef> tables = new ArrayList<>();
  private final List<NameRef> otherNames = new ArrayList<>();
  private DdlKind kind = DdlKind.OTHER;
  private StatementClass statementClass = StatementClass.OTHER;
  private NameRef schema;
  private NameRef template;
  private boolean temporary;
  private boolean ifExists;
  private boolean select;
  private RenameSpec rename;

  private StatementScan(String sql, SqlModes modes, String defaultSchema) {
    this.cursor = new TokenCursor(sql, modes);
    this.defaultSchema = defaultSchema;
  }

  static StatementScan of(String sql, SqlModes modes, String defaultSchema) {
    StatementScan scan = new StatementScan(sql, modes, defaultSchema);
    scan.run();
    return scan;
  }

  ScannedDdl result() {
    return new ScannedDdl(
        kind,
        statementClass,
        tables.stream().map(NameRef::id).toList(),
        schema == null ? null : schema.id().schema(),
        template == null ? null : template.id(),
        temporary,
        ifExists,
        select);
  }

  /** The tables the statement changes. */
  List<NameRef> tables() {
    return tables;
  }

  /** Tables it only names: referenced by a foreign key, the template, the parts of a union. */
  List<NameRef> otherNames() {
    return otherNames;
  }

  /** The schema of a {@code DATABASE} statement; null otherwise. */
  NameRef schema() {
    return schema;
  }

  /** The {@code RENAME} among an {@code ALTER TABLE}'s specifications; null when there is none. */
  RenameSpec rename() {
    return rename;
  }

  TokenCursor cursor() {
    return cursor;
  }

  private void run() {
    SqlText.skipSetStatement(cursor);
    int start = cursor.index();
    Token first = cursor.next();
    if (first.kind() != Token.Kind.WORD) {
      return;
    }
    switch (SqlText.upper(first)) {
      case "CREATE" -> create();
      case "ALTER" -> alter();
      case "DROP" -> drop();
      case "TRUNCATE" -> truncate();
      case "RENAME" -> renameTables();
      default -> {
        cursor.moveTo(start);
        DmlScan dml = new DmlScan(cursor, defaultSchema);
        statementClass = dml.run();
        tables.addAll(dml.tables());
      }
    }
    if (kind == DdlKind.OTHER && statementClass == StatementClass.OTHER) {
      tables.clear();
    }
  }

  private void found(DdlKind foundKind) {
    kind = foundKind;
    statementClass = StatementClass.DDL;
  }

  private boolean addTable() {
    NameRef name = cursor.acceptTableName(defaultSchema);
    if (name != null) {
      tables.add(name);
    }
    return name != null;
  }

  private void create() {
    cursor.accept("OR", "REPLACE");
    cursor.acceptAny("ONLINE", "OFFLINE");
    cursor.accept("GLOBAL");
    temporary = cursor.accept("TEMPORARY");
    if (cursor.accept("TABLE")) {
      ifExists = cursor.accept("IF", "NOT", "EXISTS");
      if (addTable()) {
        found(DdlKind.CREATE_TABLE);
        createBody();
      }
      return;
    }
    if (cursor.acceptAny("DATABASE", "SCHEMA")) {
      ifExists = cursor.accept("IF", "NOT", "EXISTS");
      schemaName(DdlKind.CREATE_DATABASE);
      return;
    }
    cursor.acceptAny("UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR");
    if (cursor.acceptAny("INDEX", "KEY")) {
      ifExists = cursor.accept("IF", "NOT", "EXISTS");
      indexTable(DdlKind.CREATE_INDEX);
    }
  }

  private void createBody() {
    boolean parenthesized = cursor.isSymbol('(') && cursor.peek(1).isWord("LIKE");
    if (cursor.isWord("LIKE") || parenthesized) {
      cursor.moveTo(cursor.index() + (parenthesized ? 2 : 1));
      template = cursor.acceptTableName(defaultSchema);
      if (template != null) {
        otherNames.add(template);
      }
      return;
    }

    int depth = 0;
    while (!cursor.atEnd() && !select) {
      Token token = cursor.next();
      if (token.isSymbol('(')) {
        depth++;
        select = depth == 1 && (cursor.isWord("SELECT") || cursor.isWord("WITH"));
      } else if (token.isSymbol(')')) {
        depth--;
      } else if (depth == 0 && startsQuery(token)) {
        select = true;
      } else {
        referenceOrUnion(token, depth);
      }
    }
  }

  private static boolean startsQuery(Token token) {
    return token.isWord("SELECT") || token.isWord("TABLE") || token.isWord("AS");
  }

  private void referenceOrUnion(Token token, int depth) {
    if (token.isWord("REFERENCES")) {
      addOther();
    } else if (depth == 0 && token.isWord("UNION")) {
      cursor.accept('=');
      if (cursor.accept('(')) {
        do {
          addOther();
        } while (cursor.accept(','));
        cursor.accept(')');
      }
    }
  }

  private void addOther() {
    NameRef name = cursor.acceptTableName(defaultSchema);
    if (name != null) {
      otherNames.add(name);
    }
  }

  private void alter() {
    cursor.acceptAny("ONLINE", "OFFLINE");
    cursor.accept("IGNORE");
    if (cursor.acceptAny("DATABASE", "SCHEMA")) {
      schemaName(DdlKind.ALTER_DATABASE);
      return;
    }
    if (!cursor.accept("TABLE")) {
      return;
    }
    ifExists = cursor.accept("IF", "EXISTS");
    if (addTable()) {
      found(DdlKind.ALTER_TABLE);
      skipWait();
      alterSpecs();
    }
  }

  private void alterSpecs() {
    int depth = 0;
    boolean specStart = true;
    while (!cursor.atEnd()) {
      Token token = cursor.next();
      if (token.isSymbol('(')) {
        depth++;
      } else if (token.isSymbol(')')) {
        depth--;
      } else if (depth > 0 || !specStart || !renameTo(token)) {
        secondTable(token, depth);
        referenceOrUnion(token, depth);
      }
      specStart = depth == 0 && cursor.previous().isSymbol(',');
    }
  }

  private boolean renameTo(Token token) {
    if (!token.isWord("RENAME")
        || cursor.isWord("COLUMN")
        || cursor.isWord("INDEX")
        || cursor.isWord("KEY")) {
      return false;
    }
    int first = cursor.index() - 1;
    if (!cursor.acceptAny("TO", "AS")) {
      cursor.accept('=');
    }
    if (addTable()) {
      kind = DdlKind.RENAME_TABLE;
      rename = new RenameSpec(first, cursor.index());
    }
    return true;
  }

  /** {@code EXCHANGE PARTITION p WITH TABLE t} and MariaDB's {@code CONVERT PARTITION … TABLE}. */
  private void secondTable(Token token, int depth) {
    if (depth > 0) {
      return;
    }
    boolean before = token.isWord("WITH") || token.isWord("TO") || token.isWord("CONVERT");
    if (before && cursor.accept("TABLE")) {
      addTable();
    }
  }

  private void drop() {
    cursor.acceptAny("ONLINE", "OFFLINE");
    cursor.accept("GLOBAL");
    temporary = cursor.accept("TEMPORARY");
    if (cursor.acceptAny("TABLE", "TABLES")) {
      ifExists = cursor.accept("IF", "EXISTS");
      boolean more = addTable();
      while (more) {
        more = cursor.accept(',') && addTable();
      }
      if (!tables.isEmpty()) {
        found(DdlKind.DROP_TABLE);
      }
    } else if (cursor.acceptAny("DATABASE", "SCHEMA")) {
      ifExists = cursor.accept("IF", "EXISTS");
      schemaName(DdlKind.DROP_DATABASE);
    } else if (cursor.acceptAny("INDEX", "KEY")) {
      ifExists = cursor.accept("IF", "EXISTS");
      indexTable(DdlKind.DROP_INDEX);
    }
  }

  private void indexTable(DdlKind indexKind) {
    while (!cursor.atEnd()) {
      if (cursor.next().isWord("ON")) {
        if (addTable()) {
          found(indexKind);
        }
        return;
      }
    }
  }

  private void truncate() {
    cursor.accept("TABLE");
    if (addTable()) {
      found(DdlKind.TRUNCATE_TABLE);
    }
  }

  private void renameTables() {
    if (!cursor.acceptAny("TABLE", "TABLES")) {
      return;
    }
    ifExists = cursor.accept("IF", "EXISTS");
    do {
      if (!addTable()) {
        break;
      }
      skipWait();
      if (!cursor.accept("TO") || !addTable()) {
        tables.remove(tables.size() - 1);
        break;
      }
    } while (cursor.accept(','));
    if (!tables.isEmpty()) {
      found(DdlKind.RENAME_TABLE);
    }
  }

  /** MariaDB: {@code WAIT n} or {@code NOWAIT} behind the table's name. */
  private void skipWait() {
    if (cursor.isWord("WAIT") && cursor.peek(1).kind() == Token.Kind.NUMBER) {
      cursor.moveTo(cursor.index() + 2);
    } else {
      cursor.accept("NOWAIT");
    }
  }

  private void schemaName(DdlKind schemaKind) {
    Token name = cursor.peek();
    boolean defaultOfSession =
        schemaKind == DdlKind.ALTER_DATABASE && SqlText.isSchemaOption(cursor);
    if (defaultOfSession) {
      schema = new NameRef(new TableId(SqlText.orEmpty(defaultSchema), ""), -1, -1);
    } else if (name.isIdentifier()) {
      cursor.next();
      schema = new NameRef(new TableId(name.identifier(), ""), name.start(), name.end());
    } else {
      return;
    }
    found(schemaKind);
  }

  /** The tokens {@code [first, end)} of {@code RENAME TO name} in an {@code ALTER TABLE}. */
  record RenameSpec(int first, int end) {}
}
