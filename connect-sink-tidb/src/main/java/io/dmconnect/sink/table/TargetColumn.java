package io.dmconnect.sink.table;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A column of a target table, as {@code information_schema.columns} of TiDB states it.
 *
 * @param name the name as the target writes it
 * @param type the base type in lower case: {@code bigint}, {@code varchar}, {@code enum}, …
 * @param unsigned whether the number is unsigned
 * @param nullable whether NULL is allowed
 * @param generated whether the value is computed (virtual or stored)
 * @param hasDefault whether a row without a value for the column can be inserted
 * @param autoAssigned whether TiDB makes the value when none is given (AUTO_INCREMENT, AUTO_RANDOM)
 * @param charset the character set of a text column; null for other types
 * @param collation the collation of a text column; null for other types
 * @param scale digits after the point of a decimal, fractional seconds digits of a temporal type;
 *     -1 for other types
 * @param members the members of an ENUM or SET; empty for other types
 */
public record TargetColumn(
    String name,
    String type,
    boolean unsigned,
    boolean nullable,
    boolean generated,
    boolean hasDefault,
    boolean autoAssigned,
    String charset,
    String collation,
    int scale,
    Set<String> members) {

  /** Copies the members and checks the parts that are never null. */
  public TargetColumn {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    members = Set.copyOf(members);
  }

  /** A column of another type than ENUM and SET. */
  public TargetColumn(
      String name,
      String type,
      boolean unsigned,
      boolean nullable,
      boolean generated,
      boolean hasDefault,
      boolean autoAssigned,
      String charset,
      String collation,
      int scale) {
    this(
        name,
        type,
        unsigned,
        nullable,
        generated,
        hasDefault,
        autoAssigned,
        charset,
        collation,
        scale,
        Set.of());
  }

  /**
   * Whether two texts can be equal for the target although their characters differ in more than
   * trailing spaces (case, accents, …). False for columns that are not text.
   */
  public boolean foldsText() {
    return collation != null && !collation.equals("binary") && !collation.endsWith("_bin");
  }
}
