package io.dmconnect.sink.literal;

import io.dmconnect.sink.table.TargetColumn;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes texts to columns of other types, where TiDB keeps what they say. It takes others, too, and
 * changes them: {@code '007'} and {@code '7.4'} are 7 to an integer, {@code '2'} is the second
 * member of an ENUM that has none of that name (TiDB, {@code pkg/types/convert.go}, {@code
 * enum.go}, {@code set.go}).
 */
final class TextWriters {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d*)");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,3})?");
  private static final Pattern MEMBER_NUMBER = Pattern.compile("\\s*[0-9][0-9a-zA-Z_]*\\s*");
  private static final Pattern YEAR = Pattern.compile("(?:0000|[1-9]\\d{3})()");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}()");
  private static final Pattern DATE_TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?");
  private static final Pattern TIME = Pattern.compile("-?\\d{2,3}:\\d{2}:\\d{2}(\\.\\d{1,6})?");

  /** The writer of texts; {@link CellWriters#TEXT} itself where every text is kept. */
  static CellWriter to(TargetColumn target) {
    String type = target.type();
    return switch (type) {
      case "json" -> TextWriters::json;
      case "tinyint", "smallint", "mediumint", "int", "bigint" -> TextWriters::integer;
      case "decimal" -> (value, out) -> NumberWriters.decimal(number(value), target.scale(), out);
      case "float", "double" -> (value, out) -> NumberWriters.nearest(number(value), type, out);
      case "date", "year" -> temporal(type, 0);
      case "datetime", "timestamp", "time" -> temporal(type, target.scale());
      case "enum", "set" -> (value, out) -> member((String) value, target, out);
      default -> CellWriters.TEXT;
    };
  }

  private static void json(Object value, SqlBuffer out) {
    String document = (String) value;
    JsonNumbers.check(document);
    out.quoted(document);
  }

  private static void integer(Object value, SqlBuffer out) {
    String text = (String) value;
    if (!INTEGER.matcher(text).matches()) {
      throw bad(text, "an integer");
    }

    out.raw(text);
  }

  private static BigDecimal number(Object value) {
    String text = (String) value;
    if (!DECIMAL.matcher(text).matches()) {
      throw bad(text, "a number");
    }

    return new BigDecimal(text);
  }

  private static CellWriter temporal(String type, int scale) {
    Pattern pattern =
        switch (type) {
          case "year" -> YEAR;
          case "date" -> DATE;
          case "time" -> TIME;
          default -> DATE_TIME;
        };
    return (value, out) -> {
      String text = (String) value;
      Matcher matcher = pattern.matcher(text);
      if (!matcher.matches() || digits(matcher.group(1)) > scale) {
        throw bad(text, type + (scale > 0 ? "(" + scale + ")" : ""));
      }

      out.quoted(text);
    };
  }

  private static int digits(String fraction) {
    String digits = fraction == null ? "" : fraction.replaceFirst("0+$", "");
    return Math.max(0, digits.length() - 1);
  }

  /** What is no member's name may be taken for a member's number. */
  private static void member(String text, TargetColumn target, SqlBuffer out) {
    boolean looksSo = !text.isEmpty() && text.charAt(0) <= '9';
    if (looksSo && MEMBER_NUMBER.matcher(text).matches() && !isOfMembers(text, target)) {
      throw bad(text, "a member of the target's " + target.type());
    }

    out.quoted(text);
  }

  private static boolean isOfMembers(String text, TargetColumn target) {
    return target.type().equals("set")
        ? Arrays.stream(text.split(",", -1)).allMatch(target.members()::contains)
        : target.members().contains(text);
  }

  private static BadValueException bad(String text, String what) {
    return new BadValueException("'" + text + "' would be changed: it is not " + what);
  }

  private TextWriters() {}
}
