package io.dmconnect.sink.literal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing text of SQL, or of rows for LOAD DATA, kept as UTF-8. Literals of SQL are written for a
 * session whose sql_mode has neither ANSI_QUOTES nor NO_BACKSLASH_ESCAPES; in rows for LOAD DATA
 * they stand without quotes, with the escapes that LOAD DATA has by default. Reusable after {@link
 * #clear()}; not thread-safe.
 */
public final class SqlBuffer {

  /** What LOAD DATA has to be told of the rows' form; the separators are those of its defaults. */
  public static final String LOAD_FORMAT =
      " CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\'"
          + " LINES TERMINATED BY '\\n' ";

  private static final int KEEP_BYTES = 4 << 20;
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);

  /** TiDB drops it at the beginning of a file (parser.go); not when it is escaped. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final byte[] LOADED_NULL = "\\N".getBytes(StandardCharsets.US_ASCII);
  private static final boolean[] ESCAPED_IN_SQL = marked("\0\\'");
  private static final boolean[] ESCAPED_IN_LOAD = marked("\0\\\t\n\r");

  private final boolean loads;
  private final boolean[] escaped;
  private byte[] bytes = new byte[8192];
  private int length;

  /** A text of SQL. */
  public SqlBuffer() {
    this(false);
  }

  private SqlBuffer(boolean loads) {
    this.loads = loads;
    this.escaped = loads ? ESCAPED_IN_LOAD : ESCAPED_IN_SQL;
  }

  /** A text of rows for LOAD DATA. */
  public static SqlBuffer forLoad() {
    return new SqlBuffer(true);
  }

  private static boolean[] marked(String characters) {
    boolean[] marked = new boolean[0x80];
    characters.chars().forEach(c -> marked[c] = true);
    return marked;
  }

  /** The number of bytes written. */
  public int length() {
    return length;
  }

  /** Empties the text; gives memory back when the text was unusually long. */
  public void clear() {
    length = 0;
    if (bytes.length > KEEP_BYTES) {
      bytes = new byte[8192];
    }
  }

  /** Takes the text from a position on out of the buffer. */
  public byte[] cut(int from) {
    byte[] tail = Arrays.copyOfRange(bytes, from, length);
    length = from;
    return tail;
  }

  /** Writes bytes as they are. */
  public SqlBuffer raw(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  /** Writes text as it is, without quotes or escapes. */
  public SqlBuffer raw(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes one ASCII character as it is. */
  public SqlBuffer raw(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Writes {@code NULL}, in rows for LOAD DATA {@code \N}. */
  public SqlBuffer nul() {
    return raw(loads ? LOADED_NULL : NULL);
  }

  /** Writes the quote around a literal; rows for LOAD DATA have none. */
  public SqlBuffer quote() {
    return loads ? this : raw('\'');
  }

  /** Writes a decimal number. */
  public SqlBuffer number(long value) {
    if (value == Long.MIN_VALUE) {
      return raw("-9223372036854775808");
    }

    ensure(20);
    long rest = value;
    if (rest < 0) {
      bytes[length++] = '-';
      rest = -rest;
    }

    int digits = digits(rest);
    int at = length + digits;
    length = at;
    do {
      long quotient = rest / 10;
      bytes[--at] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    } while (rest != 0);

    return this;
  }

  /** Writes a non-negative number with leading zeros up to that many digits. */
  public SqlBuffer padded(int value, int digits) {
    ensure(digits);
    int rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }

    length += digits;
    return this;
  }

  /**
   * Writes a string literal.
   *
   * @throws BadValueException when the text has half a surrogate pair, which UTF-8 cannot hold
   */
  public SqlBuffer quoted(String text) {
    quote();
    quotedPart(text);
    return quote();
  }

  private void quotedPart(String text) {
    int count = text.length();
    int i = plain(text, 0);
    while (i < count) {
      char c = text.charAt(i);
      ensure(4);
      if (c < 0x80) {
        escaped(c);
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | (c >> 6));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        if (c == BYTE_ORDER_MARK && loads) {
          bytes[length++] = '\\';
        }

        bytes[length++] = (byte) (0xE0 | (c >> 12));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else {
        supplementary(text, i);
        i++;
      }

      i = plain(text, i + 1);
    }
  }

  /** Writes characters that need one byte and no escape; gives the index of the first other one. */
  private int plain(String text, int from) {
    int count = text.length();
    ensure(count - from);
    byte[] to = bytes;
    boolean[] special = escaped;
    int shift = length - from;
    int i = from;
    while (i < count) {
      char c = text.charAt(i);
      if (c >= 0x80 || special[c]) {
        break;
      }

      to[shift + i] = (byte) c;
      i++;
    }

    length += i - from;
    return i;
  }

  private void escaped(char c) {
    bytes[length++] = (byte) (c == '\'' ? c : '\\');
    bytes[length++] =
        switch (c) {
          case 0 -> '0';
          case '\t' -> 't';
          case '\n' -> 'n';
          case '\r' -> 'r';
          default -> (byte) c;
        };
  }

  private void supplementary(String text, int at) {
    int point = text.codePointAt(at);
    if (point < 0x10000) {
      throw new BadValueException("the text has half a surrogate pair at character " + at);
    }

    bytes[length++] = (byte) (0xF0 | (point >> 18));
    bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
    bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
    bytes[length++] = (byte) (0x80 | (point & 0x3F));
  }

  /** Writes a binary literal, {@code x'…'}. */
  public SqlBuffer hex(byte[] value) {
    ensure(2 * value.length + 3);
    bytes[length++] = 'x';
    bytes[length++] = '\'';
    for (byte b : value) {
      bytes[length++] = HEX[(b >> 4) & 0xF];
      bytes[length++] = HEX[b & 0xF];
    }

    bytes[length++] = '\'';
    return this;
  }

  private static int digits(long value) {
    int digits = 1;
    long limit = 10;
    while (digits < 19 && value >= limit) {
      digits++;
      limit *= 10;
    }

    return digits;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
    }
  }

  /** The bytes written so far, copied. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** The text written so far. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
