package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.AlterSpec.NoSchemaChange;
import io.dmconnect.model.ddl.AlterSpec.Position;
import io.dmconnect.model.schema.IndexSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code ALTER TABLE} from behind the word TABLE. */
final class AlterTableParser {
  private final TokenCursor cursor;
  private final String defaultSchema;
  private final List<AlterSpec> specs = new ArrayList<>();

  private AlterTableParser(TokenCursor cursor, String defaultSchema) {
    this.cursor = cursor;
    this.defaultSchema = defaultSchema;
  }

  static DdlStatement.AlterTable parse(TokenCursor cursor, String defaultSchema) {
    return new AlterTableParser(cursor, defaultSchema).parse();
  }

  private DdlStatement.AlterTable parse() {
    boolean ifExists = cursor.accept("IF", "EXISTS");
    TableId table = cursor.expectTableName(defaultSchema);
    if (cursor.accept("WAIT")) {
      cursor.expectInt("seconds");
    }
    cursor.accept("NOWAIT");
    while (!cursor.atEnd() && !cursor.isSymbol(';')) {
      spec();
      cursor.accept(',');
    }
    return new DdlStatement.AlterTable(table, ifExists, specs);
  }

  private void spec() {
    Token token = cursor.peek();
    if (!token.isIdentifier()) {
      throw cursor.unexpected("an alter specification");
    }
    switch (token.kind() == Token.Kind.WORD ? SqlText.upper(token) : "") {
      case "ADD" -> {
        cursor.next();
        add();
      }
      case "DROP" -> {
        cursor.next();
        drop();
      }
      case "MODIFY" -> {
        cursor.next();
        cursor.accept("COLUMN");
        boolean ifExists = cursor.accept("IF", "EXISTS");
        String name = cursor.expectIdentifier("a column name");
        change(name, ColumnParser.parse(cursor, name), ifExists);
      }
      case "CHANGE" -> {
        cursor.next();
        cursor.accept("COLUMN");
        boolean ifExists = cursor.accept("IF", "EXISTS");
        String oldName = cursor.expectIdentifier("a column name");
        change(oldName, ColumnParser.parse(cursor), ifExists);
      }
      case "RENAME" -> {
        cursor.next();
        rename();
      }
      case "ALTER" -> {
        cursor.next();
        alter();
      }
      case "CONVERT" -> {
        cursor.next();
        convert();
      }
      default -> tableLevel();
    }
  }

  private void add() {
    if (cursor.isWord("PARTITION") && !isTypeAfterName()) {
      specs.add(PartitionOpParser.add(cursor));
      return;
    }
    if (cursor.accept("SYSTEM", "VERSIONING")) {
      specs.add(new AlterSpec.SetOptions(Map.of("system_versioning", "1")));
      return;
    }
    if (KeyParser.isKey(cursor)) {
      addKey();
      return;
    }
    cursor.accept("COLUMN");
    boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
    if (!cursor.accept('(')) {
      ColumnParser.Parsed column = ColumnParser.parse(cursor);
      addColumn(column, position(), ifNotExists);
      return;
    }
    do {
      if (KeyParser.isKey(cursor)) {
        addKey();
      } else {
        addColumn(ColumnParser.parse(cursor), null, ifNotExists);
      }
    } while (cursor.accept(','));
    cursor.expect(')');
  }

  /** Whether a column named {@code partition} is added: a data type follows, no list. */
  private boolean isTypeAfterName() {
    Token after = cursor.peek(1);
    return after.kind() == Token.Kind.WORD
        && !after.isWord("PARTITIONS")
        && !after.isWord("IF")
        && !after.isWord("NO_WRITE_TO_BINLOG")
        && !after.isWord("LOCAL");
  }

  private void addKey() {
    AlterSpec.AddIndex key = KeyParser.parse(cursor);
    specs.add(key == null ? new NoSchemaChange("ADD CHECK") : key);
  }

  private void addColumn(ColumnParser.Parsed parsed, Position position, boolean ifNotExists) {
    specs.add(new AlterSpec.AddColumn(parsed.column(), position, ifNotExists));
    addKeys(parsed.indexes());
  }

  private void change(String oldName, ColumnParser.Parsed parsed, boolean ifExists) {
    specs.add(new AlterSpec.ChangeColumn(oldName, parsed.column(), position(), ifExists));
    addKeys(parsed.indexes());
  }

  private void addKeys(List<IndexDefinition> indexes) {
    for (IndexDefinition index : indexes) {
      specs.add(new AlterSpec.AddIndex(index, false, false));
    }
  }

  private Position position() {
    if (cursor.accept("FIRST")) {
      return new Position(null);
    }
    if (cursor.accept("AFTER")) {
      return new Position(cursor.expectIdentifier("a column name"));
    }
    return null;
  }

  private void drop() {
    if (cursor.accept("PRIMARY", "KEY")) {
      specs.add(new AlterSpec.DropIndex(IndexSchema.PRIMARY_NAME, false));
    } else if (cursor.accept("FOREIGN", "KEY")) {
      cursor.accept("IF", "EXISTS");
      specs.add(new AlterSpec.DropConstraint(constraintName(), false));
    } else if (cursor.acceptAny("INDEX", "KEY")) {
      boolean ifExists = cursor.accept("IF", "EXISTS");
      specs.add(new AlterSpec.DropIndex(cursor.expectIdentifier("an index name"), ifExists));
    } else if (cursor.accept("CHECK")) {
      specs.add(new AlterSpec.DropConstraint(constraintName(), false));
    } else if (cursor.accept("CONSTRAINT")) {
      cursor.accept("IF", "EXISTS");
      specs.add(new AlterSpec.DropConstraint(constraintName(), true));
    } else if (cursor.accept("SYSTEM", "VERSIONING")) {
      specs.add(new AlterSpec.SetOptions(Map.of("system_versioning", "0")));
    } else if (cursor.accept("PERIOD", "FOR")) {
      specs.add(new NoSchemaChange("DROP PERIOD " + cursor.expectIdentifier("a period")));
    } else if (cursor.isWord("PARTITION")) {
      specs.add(PartitionOpParser.drop(cursor));
    } else {
      cursor.accept("COLUMN");
      boolean ifExists = cursor.accept("IF", "EXISTS");
      specs.add(new AlterSpec.DropColumn(cursor.expectIdentifier("a column name"), ifExists));
      cursor.acceptAny("RESTRICT", "CASCADE");
    }
  }

  private String constraintName() {
    return cursor.expectIdentifier("a constraint name");
  }

  private void rename() {
    if (cursor.accept("COLUMN")) {
      boolean ifExists = cursor.accept("IF", "EXISTS");
      String from = cursor.expectIdentifier("a column name");
      cursor.expect("TO");
      specs.add(
          new AlterSpec.RenameColumn(from, cursor.expectIdentifier("a column name"), ifExists));
    } else if (cursor.acceptAny("INDEX", "KEY")) {
      cursor.accept("IF", "EXISTS");
      String from = cursor.expectIdentifier("an index name");
      cursor.expect("TO");
      specs.add(new AlterSpec.RenameIndex(from, cursor.expectIdentifier("an index name")));
    } else {
      if (!cursor.acceptAny("TO", "AS")) {
        cursor.accept('=');
      }
      specs.add(new AlterSpec.RenameTo(cursor.expectTableName(defaultSchema)));
    }
  }

  private void alter() {
    if (cursor.acceptAny("INDEX", "KEY")) {
      cursor.accept("IF", "EXISTS");
      String name = cursor.expectIdentifier("an index name");
      boolean negated = cursor.accept("NOT");
      boolean visible = cursor.accept("VISIBLE");
      if (!visible && !cursor.acceptAny("INVISIBLE", "IGNORED")) {
        throw cursor.unexpected("VISIBLE or INVISIBLE");
      }
      specs.add(new AlterSpec.SetIndexVisible(name, visible || negated));
      return;
    }
    if (cursor.acceptAny("CHECK", "CONSTRAINT")) {
      String name = constraintName();
      cursor.accept("NOT");
      cursor.expect("ENFORCED");
      specs.add(new NoSchemaChange("ALTER CONSTRAINT " + name));
      return;
    }
    cursor.accept("COLUMN");
    boolean ifExists = cursor.accept("IF", "EXISTS");
    String column = cursor.expectIdentifier("a column name");
    if (cursor.accept("DROP", "DEFAULT")) {
      specs.add(new AlterSpec.SetDefault(column, null, ifExists));
      return;
    }
    cursor.expect("SET");
    if (cursor.accept("DEFAULT")) {
      specs.add(new AlterSpec.SetDefault(column, DefaultParser.parseDefault(cursor), ifExists));
    } else if (cursor.isWord("VISIBLE") || cursor.isWord("INVISIBLE")) {
      specs.add(new AlterSpec.SetColumnVisible(column, cursor.next().isWord("VISIBLE")));
    } else {
      throw cursor.unexpected("DEFAULT or VISIBLE");
    }
  }

  private void convert() {
    if (cursor.isWord("PARTITION") || cursor.isWord("TABLE")) {
      specs.add(PartitionOpParser.convert(cursor, defaultSchema));
      return;
    }
    cursor.expect("TO");
    Map<String, String> options = new HashMap<>();
    if (!TableOptionsParser.parseOne(cursor, options) || !options.containsKey("charset")) {
      throw cursor.unexpected("CHARACTER SET");
    }
    if (cursor.isWord("COLLATE")) {
      TableOptionsParser.parseOne(cursor, options);
    }
    specs.add(new AlterSpec.ConvertCharset(options.get("charset"), options.get("collate")));
  }

  private void tableLevel() {
    int from = cursor.index();
    if (acceptHarmless() || PartitionOpParser.acceptMaintenance(cursor)) {
      specs.add(new NoSchemaChange(cursor.text(from, cursor.index())));
      return;
    }
    if (cursor.isWord("PARTITION") && cursor.peek(1).isWord("BY")) {
      specs.add(new AlterSpec.SetPartitioning(PartitionText.parse(cursor)));
      return;
    }
    if (cursor.accept("REMOVE", "PARTITIONING")) {
      specs.add(new AlterSpec.SetPartitioning(null));
      return;
    }
    if (cursor.isWord("REORGANIZE") || cursor.isWord("COALESCE")) {
      specs.add(PartitionOpParser.reorganize(cursor));
      return;
    }
    Map<String, String> options = new HashMap<>();
    if (!TableOptionsParser.parseOne(cursor, options)) {
      throw cursor.unexpected("an alter specification");
    }
    boolean more = true;
    while (more) {
      more = TableOptionsParser.parseOne(cursor, options);
    }
    specs.add(new AlterSpec.SetOptions(options));
  }

  private boolean acceptHarmless() {
    if (cursor.isWord("ALGORITHM") || cursor.isWord("LOCK")) {
      cursor.next();
      cursor.accept('=');
      cursor.expectIdentifier("a value");
      return true;
    }
    if (cursor.accept("ORDER", "BY")) {
      do {
        cursor.expectIdentifier("a column name");
        while (cursor.accept('.')) {
          cursor.expectIdentifier("a column name");
        }
        cursor.acceptAny("ASC", "DESC");
      } while (cursor.isSymbol(',') && isOrderColumn() && cursor.accept(','));
      return true;
    }
    return cursor.accept("FORCE")
        || cursor.accept("ENABLE", "KEYS")
        || cursor.accept("DISABLE", "KEYS")
        || cursor.accept("WITH", "VALIDATION")
        || cursor.accept("WITHOUT", "VALIDATION")
        || cursor.accept("DISCARD", "TABLESPACE")
        || cursor.accept("IMPORT", "TABLESPACE")
        || cursor.accept("SECONDARY_LOAD")
        || cursor.accept("SECONDARY_UNLOAD");
  }

  /** Whether another column of ORDER BY follows the comma, and not another specification. */
  private boolean isOrderColumn() {
    Token behind = cursor.peek(2);
    return cursor.peek(1).isIdentifier()
        && (behind.kind() == Token.Kind.END
            || behind.isSymbol(',')
            || behind.isSymbol('.')
            || behind.isSymbol(';')
            || behind.isWord("ASC")
            || behind.isWord("DESC"));
  }
}
