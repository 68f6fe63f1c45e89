package io.dmconnect.model.join;

import io.dmconnect.model.schema.TableSchema;
import java.util.List;

/** How two schemas stand to each other in the order of {@link SchemaJoin}. */
public enum SchemaComparison {
  /** They mean the same table; the order of columns and indexes does not count. */
  EQUAL,
  /** The second accepts every row of the first. */
  LESS,
  /** The first accepts every row of the second. */
  GREATER,
  /** Neither accepts every row of the other, whether they have a join or not. */
  INCOMPARABLE;

  /** Compares two schemas. */
  public static SchemaComparison of(TableSchema first, TableSchema second) {
    if (equal(first, second)) {
      return EQUAL;
    }

    TableSchema joined = SchemaJoin.join(List.of(first, second)).schemaOrNull();
    if (joined == null) {
      return INCOMPARABLE;
    }

    if (equal(joined, second)) {
      return LESS;
    }

    return equal(joined, first) ? GREATER : INCOMPARABLE;
  }

  /** Whether two schemas mean the same table; either may be null, which equals only null. */
  public static boolean equal(TableSchema first, TableSchema second) {
    if (first == null || second == null) {
      return first == null && second == null;
    }

    return first.equals(second) || Canonical.schema(first).equals(Canonical.schema(second));
  }

  /**
   * The schema in a form that is equal for schemas that mean the same table: names in lower case,
   * columns and indexes by name, synonyms resolved.
   */
  public static TableSchema canonical(TableSchema schema) {
    return Canonical.schema(schema);
  }
}
