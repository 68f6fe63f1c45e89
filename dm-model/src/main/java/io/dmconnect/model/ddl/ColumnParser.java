package io.dmconnect.model.ddl;

import io.dmconnect.model.ddl.ColumnDefinition.Nullability;
import io.dmconnect.model.ddl.IndexDefinition.Purpose;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads a column's definition: name, type, and attributes in any order. */
final class ColumnParser {
  private final TokenCursor cursor;
  private final String name;
  private ColumnType type;
  private boolean binaryCollation;
  private Nullability nullability = Nullability.UNSTATED;
  private String defaultSql;
  private String onUpdateSql;
  private Generated generated = Generated.NO;
  private String generatedSql;
  private boolean autoIncrement;
  private boolean invisible;
  private String comment;
  private boolean primaryKey;
  private boolean uniqueKey;
  private boolean reference;

  private ColumnParser(TokenCursor cursor, String name) {
    this.cursor = cursor;
    this.name = name;
  }

  /**
   * A column with the keys its attributes state.
   *
   * @param column the column
   * @param indexes the keys, the primary key first
   */
  record Parsed(ColumnDefinition column, List<IndexDefinition> indexes) {}

  /** Reads name and definition. */
  static Parsed parse(TokenCursor cursor) {
    return parse(cursor, cursor.expectIdentifier("a column name"));
  }

  /** Reads the definition of the column of that name. */
  static Parsed parse(TokenCursor cursor, String name) {
    ColumnParser parser = new ColumnParser(cursor, name);
    parser.type();
    boolean more = true;
    while (more) {
      more = parser.attribute();
    }
    return parser.result();
  }

  private void type() {
    ColumnTypeParser.Parsed parsed = ColumnTypeParser.parse(cursor);
    type = parsed.type();
    binaryCollation = parsed.binaryCollation();
    if (parsed.serial()) {
      serial();
    }
  }

  private void serial() {
    nullability = Nullability.NOT_NULL;
    autoIncrement = true;
    uniqueKey = true;
  }

  private Parsed result() {
    List<IndexDefinition> indexes = new ArrayList<>(2);
    if (primaryKey) {
      indexes.add(IndexDefinition.ofColumn(Kind.PRIMARY, name, Purpose.INDEX));
    }
    if (uniqueKey) {
      indexes.add(IndexDefinition.ofColumn(Kind.UNIQUE, name, Purpose.INDEX));
    }
    if (reference) {
      indexes.add(IndexDefinition.ofColumn(Kind.KEY, name, Purpose.INLINE_FOREIGN_KEY));
    }
    ColumnDefinition column =
        new ColumnDefinition(
            name,
            type,
            binaryCollation,
            nullability,
            defaultSql,
            onUpdateSql,
            generated,
            generatedSql,
            autoIncrement,
            invisible,
            comment);
    return new Parsed(column, indexes);
  }

  private boolean attribute() {
    Token token = cursor.peek();
    if (token.kind() != Token.Kind.WORD) {
      return false;
    }
    switch (SqlText.upper(token)) {
      case "NOT" -> not();
      case "NULL" -> {
        cursor.next();
        nullability = Nullability.NULLABLE;
      }
      case "DEFAULT" -> {
        cursor.next();
        defaultSql = DefaultParser.parseDefault(cursor);
      }
      case "ON" -> {
        cursor.next();
        cursor.expect("UPDATE");
        onUpdateSql = DefaultParser.parseNow(cursor);
      }
      case "AUTO_INCREMENT" -> {
        cursor.next();
        autoIncrement = true;
      }
      case "SERIAL" -> {
        cursor.next();
        cursor.expect("DEFAULT");
        cursor.expect("VALUE");
        serial();
      }
      case "PRIMARY" -> {
        cursor.next();
        cursor.expect("KEY");
        primaryKey = true;
        cursor.acceptAny("CLUSTERED", "NONCLUSTERED");
      }
      case "KEY" -> {
        cursor.next();
        primaryKey = true;
      }
      case "UNIQUE" -> {
        cursor.next();
        cursor.accept("KEY");
        uniqueKey = true;
      }
      case "COMMENT" -> {
        cursor.next();
        comment = cursor.expectString("a comment");
      }
      case "COLLATE", "CHARACTER", "CHARSET" -> collation();
      case "INVISIBLE", "VISIBLE" -> invisible = cursor.next().isWord("INVISIBLE");
      case "GENERATED", "AS" -> generated();
      case "VIRTUAL", "STORED", "PERSISTENT" ->
          generated = cursor.next().isWord("VIRTUAL") ? Generated.VIRTUAL : Generated.STORED;
      default -> {
        return checkOrStorage();
      }
    }
    return true;
  }

  private void not() {
    cursor.next();
    if (cursor.accept("NULL")) {
      nullability = Nullability.NOT_NULL;
    } else if (!cursor.acceptAny("SECONDARY", "ENFORCED")) {
      throw cursor.unexpected("NULL");
    }
  }

  private void collation() {
    if (cursor.accept("COLLATE")) {
      setCharset(type.charset(), Charsets.collation(cursor.expectValue("a collation")));
    } else {
      if (!cursor.accept("CHARSET")) {
        cursor.next();
        cursor.expect("SET");
      }
      String charset = Charsets.charset(cursor.expectValue("a character set"));
      setCharset(charset, type.collation());
    }
  }

  private void setCharset(String charset, String collation) {
    type =
        new ColumnType(
            type.name(),
            type.length(),
            type.scale(),
            type.unsigned(),
            type.zerofill(),
            type.members(),
            charset,
            collation);
  }

  private void generated() {
    if (cursor.accept("GENERATED")) {
      cursor.expect("ALWAYS");
    }
    cursor.expect("AS");
    if (cursor.accept("ROW")) {
      generated = Generated.STORED;
      generatedSql = "ROW " + cursor.expectIdentifier("START or END");
      return;
    }
    generatedSql = cursor.expectParenthesized();
    generated = generated == Generated.NO ? Generated.VIRTUAL : generated;
  }

  /** Attributes that leave the schema as it is. */
  private boolean checkOrStorage() {
    Token token = cursor.peek();
    switch (SqlText.upper(token)) {
      case "COLUMN_FORMAT", "STORAGE" -> {
        cursor.next();
        cursor.expectValue("a format");
      }
      case "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE", "REF_SYSTEM_ID", "COMPRESSED" -> {
        cursor.next();
        if (cursor.accept('=') || cursor.isString()) {
          cursor.expectValue("a value");
        }
      }
      case "SRID" -> {
        cursor.next();
        cursor.expectInt("a spatial reference system");
      }
      case "CONSTRAINT" -> {
        cursor.next();
        if (!cursor.isWord("CHECK")) {
          cursor.expectIdentifier("a constraint name");
        }
      }
      case "CHECK" -> {
        cursor.next();
        cursor.expectParenthesized();
      }
      case "ENFORCED" -> cursor.next();
      case "REFERENCES" -> {
        KeyParser.references(cursor);
        reference = true;
      }
      case "WITH", "WITHOUT" -> {
        cursor.next();
        cursor.expect("SYSTEM");
        cursor.expect("VERSIONING");
      }
      case "AUTO_RANDOM" -> {
        cursor.next();
        if (cursor.isSymbol('(')) {
          cursor.skipParentheses();
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }
}
