package io.dmconnect.model.ddl;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.IndexSchema.Kind;
import io.dmconnect.model.schema.IndexSchema.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a table's indexes from those it keeps and those a statement adds: names, prefix lengths,
 * the indexes of foreign keys, and the order (MySQL's {@code sql/sql_table.cc}: {@code
 * make_unique_key_name}, {@code foreign_key_prefix}, {@code sort_keys}).
 */
final class IndexBuilder {
  private static final String FUNCTIONAL_NAME = "functional_index";

  private final List<ColumnSchema> columns;
  private final ServerTraits server;
  private final List<IndexDefinition> entries = new ArrayList<>();

  IndexBuilder(List<ColumnSchema> columns, ServerTraits server) {
    this.columns = columns;
    this.server = server;
  }

  void keep(IndexSchema index) {
    entries.add(
        new IndexDefinition(
            index.name(),
            index.kind(),
            index.parts(),
            index.invisible(),
            index.comment(),
            IndexDefinition.Purpose.INDEX));
  }

  void add(IndexDefinition index) {
    boolean ignored =
        index.purpose() == IndexDefinition.Purpose.INLINE_FOREIGN_KEY
            && !server.hasInlineForeignKeys();
    if (!ignored) {
      entries.add(index);
    }
  }

  void removeIf(Predicate<IndexDefinition> condition) {
    entries.removeIf(condition);
  }

  boolean contains(String name) {
    return name != null && entries.stream().anyMatch(entry -> name.equalsIgnoreCase(entry.name()));
  }

  /** The indexes in the order of {@code SHOW CREATE TABLE}. */
  List<IndexSchema> build() {
    List<IndexSchema> indexes = new ArrayList<>(entries.size());
    List<IndexDefinition> needed = withoutRedundant();
    for (IndexDefinition entry : needed) {
      indexes.add(
          new IndexSchema(
              name(entry, indexes),
              entry.kind(),
              entry.parts().stream().map(this::shown).toList(),
              entry.invisible(),
              ColumnResolver.emptyAsNull(entry.comment())));
    }
    indexes.sort(Comparator.comparingInt(this::rank));
    return indexes;
  }

  private List<IndexDefinition> withoutRedundant() {
    boolean[] redundant = new boolean[entries.size()];
    for (int later = 0; later < entries.size(); later++) {
      IndexDefinition key = entries.get(later);
      for (int earlier = 0; earlier < later && !redundant[later]; earlier++) {
        IndexDefinition other = entries.get(earlier);
        if (!redundant[earlier] && isRedundantPair(key, other)) {
          boolean dropLater =
              !other.forForeignKey()
                  || (key.forForeignKey() && key.parts().size() < other.parts().size());
          redundant[dropLater ? later : earlier] = true;
        }
      }
    }
    List<IndexDefinition> needed = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      if (!redundant[i]) {
        needed.add(entries.get(i));
      }
    }
    return needed;
  }

  /** Whether one of the two only serves a foreign key and begins the other. */
  private static boolean isRedundantPair(IndexDefinition a, IndexDefinition b) {
    if (!a.forForeignKey() && !b.forForeignKey()) {
      return false;
    }
    boolean swap = !a.forForeignKey() || (b.forForeignKey() && a.parts().size() > b.parts().size());
    IndexDefinition generated = swap ? b : a;
    IndexDefinition other = swap ? a : b;
    if (other.kind() == Kind.FULLTEXT
        || other.kind() == Kind.SPATIAL
        || generated.parts().size() > other.parts().size()) {
      return false;
    }
    for (int i = 0; i < generated.parts().size(); i++) {
      Part part = other.parts().get(i);
      if (part.length() >= 0
          || !generated.parts().get(i).column().equalsIgnoreCase(part.column())) {
        return false;
      }
    }
    return true;
  }

  private String name(IndexDefinition entry, List<IndexSchema> before) {
    if (entry.kind() == Kind.PRIMARY) {
      return IndexSchema.PRIMARY_NAME;
    }
    if (entry.name() != null) {
      return entry.name();
    }
    Part first = entry.parts().get(0);
    String base = first.column() == null ? FUNCTIONAL_NAME : column(first.column()).name();
    if (!base.equalsIgnoreCase(IndexSchema.PRIMARY_NAME) && isFree(base, before)) {
      return base;
    }
    int suffix = 2;
    while (!isFree(base + "_" + suffix, before)) {
      suffix++;
    }
    return base + "_" + suffix;
  }

  private static boolean isFree(String name, List<IndexSchema> before) {
    return before.stream().noneMatch(index -> index.name().equalsIgnoreCase(name));
  }

  /** The part as shown: the table's spelling, and no length where it is the whole column. */
  private Part shown(Part part) {
    boolean descending = part.descending() && server.hasDescendingIndexes();
    if (part.column() == null) {
      return new Part(null, part.expression(), -1, descending);
    }
    ColumnSchema column = column(part.column());
    boolean partial = part.length() >= 0 && isPartial(part, column.type());
    return new Part(column.name(), null, partial ? part.length() : -1, descending);
  }

  private static boolean isPartial(Part part, ColumnType type) {
    return switch (type.name()) {
      case "char", "varchar", "binary", "varbinary" -> part.length() < type.length();
      case "tinytext", "text", "mediumtext", "longtext" -> true;
      case "tinyblob", "blob", "mediumblob", "longblob" -> true;
      default -> false;
    };
  }

  private ColumnSchema column(String name) {
    for (ColumnSchema column : columns) {
      if (column.name().equalsIgnoreCase(name)) {
        return column;
      }
    }
    throw new SchemaEvolutionException("An index names the unknown column '" + name + "'");
  }

  /**
   * Primary, unique without and with NULL, others, full-text; prefixes and virtual columns last.
   */
  private int rank(IndexSchema index) {
    boolean nullable = false;
    boolean virtual = false;
    boolean partial = false;
    for (Part part : index.parts()) {
      ColumnSchema column = part.column() == null ? null : column(part.column());
      nullable |= column == null ? isNullable(part.expression()) : column.nullable();
      virtual |= column == null || column.generated() == Generated.VIRTUAL;
      partial |= part.length() >= 0;
    }
    return switch (index.kind()) {
      case PRIMARY -> 0;
      case UNIQUE -> 10 + (nullable ? 4 : 0) + (partial ? 2 : 0) + (virtual ? 1 : 0);
      case KEY, SPATIAL -> 20 + (virtual ? 1 : 0);
      case FULLTEXT -> 30;
    };
  }

  /** An expression of columns that are never NULL is taken to be never NULL. */
  private boolean isNullable(String expression) {
    for (Token token : SqlTokenizer.tokenize(expression, SqlModes.DEFAULT)) {
      if (token.isIdentifier()
          && columns.stream()
              .anyMatch(
                  column ->
                      column.nullable() && column.name().equalsIgnoreCase(token.identifier()))) {
        return true;
      }
    }
    return false;
  }
}
