package io.dmconnect.model.coordination;

import io.dmconnect.model.join.ColumnValues;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * The value a column gives to rows that do not state it. Rows of a member that lacks a column get
 * it in the merged table at once; when the member adds the column itself, MySQL gives its rows the
 * value of that statement, without row events. Only when both are the same is the merged table
 * right.
 */
final class Fills {

  /** The value as SQL text; empty for a generated column. */
  static String of(ColumnSchema column) {
    if (column.generated() != Generated.NO) {
      return "";
    }

    if (column.autoIncrement()) {
      return "AUTO_INCREMENT";
    }

    String stated = column.defaultSql();
    if (stated != null && !stated.equalsIgnoreCase("NULL")) {
      return stated;
    }

    return column.nullable() ? "NULL" : ColumnValues.implicitFill(column.type());
  }

  /** Whether two values are surely the same. */
  static boolean same(String first, String second) {
    return first.isEmpty()
        || second.isEmpty()
        || (isConstant(first) && isConstant(second) && normal(first).equals(normal(second)));
  }

  /** Whether the value does not depend on when or for which row it is computed. */
  static boolean isConstant(String fill) {
    if (fill.startsWith("'") || fill.toLowerCase(Locale.ROOT).startsWith("b'")) {
      return true;
    }

    String upper = fill.toUpperCase(Locale.ROOT);
    return !upper.contains("(")
        && !upper.startsWith("CURRENT_")
        && !upper.startsWith("LOCALTIME")
        && !upper.equals("AUTO_INCREMENT");
  }

  private static String normal(String fill) {
    String plain =
        fill.length() > 1 && fill.startsWith("'") ? fill.substring(1, fill.length() - 1) : fill;
    if (!plain.matches("[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?")) {
      return plain.matches("(?i)null") && !fill.startsWith("'") ? "NULL" : "'" + plain + "'";
    }

    return new BigDecimal(plain).stripTrailingZeros().toPlainString();
  }

  private Fills() {}
}
