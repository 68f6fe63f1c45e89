package io.dmconnect.model.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A column's data type as MySQL states it in {@code SHOW CREATE TABLE}, with synonyms resolved
 * ({@code INTEGER} is {@code int}, {@code BOOL} is {@code tinyint} of length 1).
 *
 * @param name the base type in lower case: {@code bigint}, {@code varchar}, {@code geometry}, …
 * @param length display width, character length, bit count, or fractional seconds precision for the
 *     temporal types; -1 when not stated
 * @param scale digits after the point of decimal, float and double; -1 when not stated
 * @param unsigned whether the number is unsigned (also true for {@code ZEROFILL})
 * @param zerofill whether {@code ZEROFILL} was stated
 * @param members the values of {@code enum} and {@code set} in their order; empty otherwise
 * @param charset the character set of a text type after defaults are resolved, lower case; null for
 *     types without one
 * @param collation the collation of a text type after defaults are resolved, lower case; null for
 *     types without one and when only the charset is known
 */
public record ColumnType(
    String name,
    int length,
    int scale,
    boolean unsigned,
    boolean zerofill,
    List<String> members,
    String charset,
    String collation) {

  /** Copies the member list and checks the name. */
  public ColumnType {
    requireNonNull(name, "name is null");
    members = List.copyOf(members);
  }

  /** A type that is fully described by its name. */
  public static ColumnType of(String name) {
    return of(name, -1, -1);
  }

  /** A type with a length and a scale; -1 stands for "not stated". */
  public static ColumnType of(String name, int length, int scale) {
    return new ColumnType(name, length, scale, false, false, List.of(), null, null);
  }
}
