package io.dmconnect.sink.literal;

import io.dmconnect.sink.error.SinkError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Finds numbers in JSON documents that TiDB would round: it keeps a number as a signed or unsigned
 * 64-bit integer, else as a double (TiDB source, {@code types/json_binary.go}, {@code
 * appendJSONNumber}), where MySQL keeps decimals, too. Pure functions.
 */
final class JsonNumbers {
  /** Every decimal of so many digits is told from its neighbours by a double. */
  private static final int SAFE_DIGITS = 15;

  /** Digits that any 64-bit integer can have. */
  private static final int SAFE_INTEGER_DIGITS = 18;

  /** Digits with which any double is told from its neighbours. */
  private static final int MOST_DIGITS = 17;

  private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  /**
   * Checks a document.
   *
   * @throws BadValueException when it holds a number that TiDB would round
   */
  static void check(String document) {
    int length = document.length();
    int i = 0;
    while (i < length) {
      char c = document.charAt(i);
      if (c == '"') {
        i = endOfString(document, i);
      } else if (c == '-' || (c >= '0' && c <= '9')) {
        i = number(document, i);
      } else {
        i++;
      }
    }
  }

  private static int endOfString(String document, int open) {
    int i = open + 1;
    while (i < document.length() && document.charAt(i) != '"') {
      i += document.charAt(i) == '\\' ? 2 : 1;
    }

    return i + 1;
  }

  private static int number(String document, int start) {
    int digits = 0;
    boolean integer = true;
    boolean exponent = false;
    int i = start;
    for (; i < document.length(); i++) {
      char c = document.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.') {
        integer = false;
      } else if (c == 'e' || c == 'E') {
        exponent = true;
      } else if (c != '-' && c != '+') {
        break;
      }
    }

    boolean safe = !exponent && digits <= (integer ? SAFE_INTEGER_DIGITS : SAFE_DIGITS);
    if (!safe && !isExact(document.substring(start, i), integer && !exponent)) {
      throw new BadValueException(
          SinkError.JSON_NUMBER,
          "the number at character "
              + (start + 1)
              + " of the JSON document, with "
              + digits
              + " digits, is neither a 64-bit integer nor a double");
    }

    return i;
  }

  private static boolean isExact(String text, boolean integer) {
    try {
      BigDecimal number = new BigDecimal(text);
      return (integer && isLong(number.toBigInteger())) || isDouble(number);
    } catch (NumberFormatException e) {
      // TiDB says what is wrong with the document.
      return true;
    }
  }

  private static boolean isLong(BigInteger integer) {
    return integer.compareTo(SMALLEST) >= 0 && integer.compareTo(LARGEST) <= 0;
  }

  /** Whether the number is the shortest decimal that a double reads back from. */
  private static boolean isDouble(BigDecimal number) {
    double nearest = number.doubleValue();
    if (Double.isInfinite(nearest)) {
      return false;
    }

    BigDecimal exact = new BigDecimal(nearest);
    int fewest = Math.abs(nearest) < Double.MIN_NORMAL ? 1 : SAFE_DIGITS;
    for (int digits = fewest; digits <= MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == nearest) {
        return rounded.compareTo(number) == 0;
      }
    }

    return false;
  }

  private JsonNumbers() {}
}
