package io.dmconnect.model.ddl;

import io.dmconnect.model.ddl.ColumnDefinition.Nullability;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Fills in what a column's definition leaves to its table and its server. */
final class ColumnResolver {
  private static final int MAX_VARCHAR_BYTES = 65_535;

  private final CharsetAndCollation table;
  private final ServerTraits server;
  private final boolean convert;

  /**
   * Makes a resolver.
   *
   * @param table the table's charset
   * @param server the server
   * @param convert whether the statement converts all text to the table's charset, whatever a
   *     column states
   */
  ColumnResolver(CharsetAndCollation table, ServerTraits server, boolean convert) {
    this.table = table;
    this.server = server;
    this.convert = convert;
  }

  /** The columns of one statement, in order. */
  List<ColumnSchema> resolve(List<ColumnDefinition> definitions) {
    List<ColumnSchema> columns = new ArrayList<>(definitions.size());
    for (ColumnDefinition definition : definitions) {
      columns.add(resolve(definition));
    }
    return columns;
  }

  private ColumnSchema resolve(ColumnDefinition definition) {
    ColumnType type = TextTypes.sized(withCharset(definition), server);
    boolean implicitTimestamp =
        type.name().equals("timestamp")
            && !server.explicitDefaultsForTimestamp()
            && definition.generated() == Generated.NO;
    boolean nullable =
        definition.nullability() == Nullability.NULLABLE
            || (definition.nullability() == Nullability.UNSTATED
                && !implicitTimestamp
                && !definition.autoIncrement());
    return new ColumnSchema(
        definition.name(),
        type,
        nullable,
        DefaultNormalizer.normalize(definition.defaultSql(), type, server),
        definition.onUpdateSql(),
        definition.generated(),
        definition.generatedSql(),
        definition.autoIncrement(),
        definition.invisible(),
        emptyAsNull(definition.comment()));
  }

  static String emptyAsNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private ColumnType withCharset(ColumnDefinition definition) {
    ColumnType stated = definition.type();
    if (stated.name().equals("json") && server.jsonIsLongtext()) {
      return TextTypes.with(ColumnType.of("longtext"), "utf8mb4", "utf8mb4_bin");
    }
    if (!TextTypes.isText(stated)) {
      return promoted(stated);
    }

    String charset = stated.charset();
    if (convert && !Charsets.BINARY.equals(charset)) {
      return promoted(TextTypes.with(stated, table.charset(), table.collation()));
    }
    if (charset == null) {
      charset =
          stated.collation() == null
              ? table.charset()
              : Charsets.charsetOf(stated.collation(), table.charset());
    }
    String collation;
    if (stated.collation() != null) {
      collation = Charsets.qualified(stated.collation(), charset);
    } else if (definition.binaryCollation()) {
      collation = Charsets.binaryCollation(charset);
    } else if (stated.charset() == null) {
      collation = table.collation();
    } else {
      collation = server.defaultCollation(charset);
    }
    return promoted(TextTypes.with(stated, charset, collation));
  }

  /** Without strict mode, a VARCHAR that is too long becomes a TEXT. */
  private static ColumnType promoted(ColumnType type) {
    boolean isVarchar = type.name().equals("varchar");
    if (!isVarchar && !type.name().equals("varbinary")) {
      return type;
    }
    long bytes = (long) type.length() * Charsets.bytesPerCharacter(type.charset());
    return bytes <= MAX_VARCHAR_BYTES
        ? type
        : TextTypes.renamed(type, isVarchar ? "text" : "blob", type.length());
  }
}
