package io.dmconnect.model.ddl;

import io.dmconnect.model.ddl.IndexDefinition.Purpose;
import io.dmconnect.model.schema.IndexSchema.Kind;
import io.dmconnect.model.schema.IndexSchema.Part;
import java.util.ArrayList;
import java.util.List;

/** Reads keys and constraints of {@code CREATE TABLE} and {@code ALTER TABLE … ADD}. */
final class KeyParser {
  private final TokenCursor cursor;
  private boolean invisible;
  private boolean withoutOverlaps;
  private String comment;

  private KeyParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** Whether a key, a constraint or a period stands here rather than a column. */
  static boolean isKey(TokenCursor cursor) {
    Token token = cursor.peek();
    if (token.kind() != Token.Kind.WORD) {
      return false;
    }
    return switch (SqlText.upper(token)) {
      case "PRIMARY", "UNIQUE", "KEY", "INDEX", "FULLTEXT", "SPATIAL", "CONSTRAINT" -> true;
      case "FOREIGN", "CHECK" -> true;
      case "VECTOR" -> cursor.peek(1).isWord("INDEX") || cursor.peek(1).isWord("KEY");
      case "PERIOD" -> cursor.peek(1).isWord("FOR");
      default -> false;
    };
  }

  /** A key; its definition is null for a check constraint and a period, which make no index. */
  static AlterSpec.AddIndex parse(TokenCursor cursor) {
    return new KeyParser(cursor).key();
  }

  private AlterSpec.AddIndex key() {
    String constraint = null;
    boolean ifNotExists = false;
    if (cursor.accept("CONSTRAINT")) {
      ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
      if (!isKey(cursor)) {
        constraint = cursor.expectIdentifier("a constraint name");
      }
    }
    if (cursor.accept("CHECK")) {
      cursor.expectParenthesized();
      cursor.accept("NOT");
      cursor.accept("ENFORCED");
      return null;
    }
    if (cursor.accept("PERIOD")) {
      cursor.expect("FOR");
      cursor.expectIdentifier("a period");
      cursor.expectParenthesized();
      return null;
    }
    if (cursor.accept("FOREIGN")) {
      return foreignKey(constraint, ifNotExists);
    }

    Kind kind = kind();
    ifNotExists |= cursor.accept("IF", "NOT", "EXISTS");
    String name = null;
    if (cursor.peek().isIdentifier() && !isUsing()) {
      name = cursor.next().identifier();
    }
    IndexDefinition index = definition(kind, name == null ? constraint : name);
    return new AlterSpec.AddIndex(index, ifNotExists, false);
  }

  /** What stands behind an index's name: type, parts, options. */
  static IndexDefinition afterName(TokenCursor cursor, Kind kind, String name) {
    return new KeyParser(cursor).definition(kind, name);
  }

  private IndexDefinition definition(Kind kind, String name) {
    if (isUsing()) {
      using();
    }
    List<Part> parts = parts();
    options();
    return new IndexDefinition(
        name, withoutOverlaps ? notUnique(kind) : kind, parts, invisible, comment, Purpose.INDEX);
  }

  /** A key over a period is unique only together with the period. */
  private Kind notUnique(Kind kind) {
    if (kind == Kind.PRIMARY) {
      throw cursor.unexpected("no primary key WITHOUT OVERLAPS, which is not supported,");
    }
    return Kind.KEY;
  }

  private boolean isUsing() {
    return cursor.isWord("USING")
        || (cursor.isWord("TYPE")
            && (cursor.peek(1).isWord("BTREE")
                || cursor.peek(1).isWord("HASH")
                || cursor.peek(1).isWord("RTREE")));
  }

  private void using() {
    cursor.next();
    cursor.expectIdentifier("an index type");
  }

  private Kind kind() {
    if (cursor.accept("PRIMARY")) {
      cursor.expect("KEY");
      return Kind.PRIMARY;
    }
    Kind kind = kindWord(cursor);
    boolean stated = cursor.acceptAny("INDEX", "KEY");
    if (kind == Kind.KEY && !stated) {
      throw cursor.unexpected("a key");
    }
    return kind;
  }

  /** Passes {@code UNIQUE}, {@code FULLTEXT}, {@code SPATIAL} or MariaDB's {@code VECTOR}. */
  static Kind kindWord(TokenCursor cursor) {
    if (cursor.accept("UNIQUE")) {
      return Kind.UNIQUE;
    }
    if (cursor.accept("FULLTEXT")) {
      return Kind.FULLTEXT;
    }
    if (cursor.accept("SPATIAL")) {
      return Kind.SPATIAL;
    }
    cursor.accept("VECTOR");
    return Kind.KEY;
  }

  private AlterSpec.AddIndex foreignKey(String constraint, boolean constraintIfNotExists) {
    cursor.expect("KEY");
    boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS") || constraintIfNotExists;
    String name = constraint;
    if (cursor.peek().isIdentifier()) {
      String indexName = cursor.next().identifier();
      name = name == null ? indexName : name;
    }
    List<Part> parts = parts();
    references(cursor);
    return new AlterSpec.AddIndex(
        new IndexDefinition(name, Kind.KEY, parts, false, null, Purpose.FOREIGN_KEY),
        ifNotExists,
        false);
  }

  /** {@code REFERENCES t (a, b) MATCH … ON DELETE … ON UPDATE …}. */
  static void references(TokenCursor cursor) {
    cursor.expect("REFERENCES");
    cursor.expectTableName("");
    if (cursor.isSymbol('(')) {
      cursor.expectParenthesized();
    }
    if (cursor.accept("MATCH")) {
      cursor.expectIdentifier("FULL, PARTIAL or SIMPLE");
    }
    while (cursor.isWord("ON")
        && (cursor.peek(1).isWord("DELETE") || cursor.peek(1).isWord("UPDATE"))
        && !DefaultParser.isNow(cursor.peek(2))) {
      cursor.moveTo(cursor.index() + 2);
      if (cursor.accept("SET")) {
        cursor.expectIdentifier("NULL or DEFAULT");
      } else if (!cursor.accept("NO", "ACTION")) {
        cursor.expectIdentifier("an action");
      }
    }
  }

  /** The parts of a key, in parentheses; a period {@code WITHOUT OVERLAPS} is none. */
  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    cursor.expect('(');
    do {
      if (cursor.peek(1).isWord("WITHOUT")) {
        cursor.next();
        cursor.expect("WITHOUT");
        cursor.expect("OVERLAPS");
        withoutOverlaps = true;
      } else {
        parts.add(part());
      }
    } while (cursor.accept(','));
    cursor.expect(')');
    return parts;
  }

  private Part part() {
    String column = null;
    String expression = null;
    int length = -1;
    if (cursor.isSymbol('(')) {
      expression = cursor.expectParenthesized();
    } else {
      column = cursor.expectIdentifier("a column name");
      if (cursor.accept('(')) {
        length = cursor.expectInt("a prefix length");
        cursor.expect(')');
      }
    }
    boolean descending = cursor.accept("DESC");
    cursor.accept("ASC");
    return new Part(column, expression, length, descending);
  }

  private void options() {
    boolean more = true;
    while (more) {
      more = option();
    }
  }

  private boolean option() {
    Token token = cursor.peek();
    if (token.kind() != Token.Kind.WORD) {
      return false;
    }
    switch (SqlText.upper(token)) {
      case "USING", "TYPE" -> using();
      case "COMMENT" -> {
        cursor.next();
        comment = cursor.expectString("a comment");
      }
      case "VISIBLE", "INVISIBLE" -> invisible = cursor.next().isWord("INVISIBLE");
      case "IGNORED" -> {
        cursor.next();
        invisible = true;
      }
      case "NOT" -> {
        cursor.next();
        cursor.expect("IGNORED");
        invisible = false;
      }
      case "WITH" -> {
        cursor.next();
        cursor.expect("PARSER");
        cursor.expectIdentifier("a parser");
      }
      case "CLUSTERED", "NONCLUSTERED", "GLOBAL", "LOCAL" -> cursor.next();
      case "KEY_BLOCK_SIZE", "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE" -> {
        cursor.next();
        cursor.accept('=');
        cursor.expectValue("a value");
      }
      default -> {
        return otherOption();
      }
    }
    return true;
  }

  /** An option of a storage engine, {@code name = value}. */
  private boolean otherOption() {
    boolean option =
        cursor.peek(1).isSymbol('=') && !cursor.isWord("ALGORITHM") && !cursor.isWord("LOCK");
    if (option) {
      cursor.moveTo(cursor.index() + 2);
      cursor.expectValue("a value");
    }
    return option;
  }
}
