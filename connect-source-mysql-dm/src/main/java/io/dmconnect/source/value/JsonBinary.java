package io.dmconnect.source.value;

import java.util.Arrays;
import java.util.Base64;

/**
 * Prints MySQL's binary JSON as the server does ({@code sql-common/json_binary.h} for the format,
 * {@code json_dom.cc}, {@code wrapper_to_string}, for the text). Offsets inside a container count
 * from the byte after its type.
 */
final class JsonBinary {
  private static final int SMALL_OBJECT = 0x00;
  private static final int LARGE_OBJECT = 0x01;
  private static final int SMALL_ARRAY = 0x02;
  private static final int LARGE_ARRAY = 0x03;
  private static final int LITERAL = 0x04;
  private static final int INT16 = 0x05;
  private static final int UINT16 = 0x06;
  private static final int INT32 = 0x07;
  private static final int UINT32 = 0x08;
  private static final int INT64 = 0x09;
  private static final int UINT64 = 0x0a;
  private static final int DOUBLE = 0x0b;
  private static final int STRING = 0x0c;
  private static final int OPAQUE = 0x0f;

  private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\n'});

  private final byte[] buf;
  private final int end;
  private final JsonText out;
  private final boolean oldJson;

  private JsonBinary(byte[] buf, int end, JsonText out, boolean oldJson) {
    this.buf = buf;
    this.end = end;
    this.out = out;
    this.oldJson = oldJson;
  }

  /**
   * The text of one document.
   *
   * @param off the document's first byte, its type
   * @param len its length; an empty document is {@code null}, as MySQL reads it
   * @param oldJson whether to print as {@link JsonStyle#MYSQL_5_7} does
   */
  static String toText(byte[] buf, int off, int len, boolean oldJson) {
    if (len == 0) {
      return "null";
    }
    JsonText out = new JsonText(len * 2);
    new JsonBinary(buf, off + len, out, oldJson).value(buf[off], off + 1);
    return out.toString();
  }

  private void value(int type, int off) {
    switch (type) {
      case SMALL_OBJECT -> container(off, true, false);
      case LARGE_OBJECT -> container(off, true, true);
      case SMALL_ARRAY -> container(off, false, false);
      case LARGE_ARRAY -> container(off, false, true);
      case INT32 -> out.ascii(Integer.toString(reader(off).int32()));
      case UINT32 -> out.ascii(Long.toString(reader(off).uint32()));
      case INT64 -> out.ascii(Long.toString(reader(off).int64()));
      case UINT64 -> out.ascii(Long.toUnsignedString(reader(off).int64()));
      case DOUBLE -> number(Double.longBitsToDouble(reader(off).int64()));
      case STRING -> string(off);
      case OPAQUE -> opaque(off);
      case LITERAL -> literal(reader(off).uint8());
      case INT16 -> out.ascii(Integer.toString((short) reader(off).uint16()));
      case UINT16 -> out.ascii(Integer.toString(reader(off).uint16()));
      default -> throw new IllegalArgumentException("Unknown type " + type + " in binary JSON");
    }
  }

  private void number(double value) {
    String text = DoubleText.json(value);
    boolean integral = text.endsWith(".0");
    out.ascii(integral && oldJson ? text.substring(0, text.length() - 2) : text);
  }

  private void literal(int value) {
    switch (value) {
      case 0 -> out.ascii("null");
      case 1 -> out.ascii("true");
      case 2 -> out.ascii("false");
      default -> throw new IllegalArgumentException("Unknown literal " + value + " in binary JSON");
    }
  }

  private void container(int start, boolean object, boolean large) {
    int offsetSize = large ? 4 : 2;
    int count = offset(start, large);
    int keyEntries = start + 2 * offsetSize;
    int keyEntrySize = offsetSize + 2;
    int valueEntries = keyEntries + (object ? count * keyEntrySize : 0);
    out.ascii(object ? '{' : '[');
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.ascii(", ");
      }
      if (object) {
        int entry = keyEntries + i * keyEntrySize;
        int length = reader(entry + offsetSize).uint16();
        quoted(start + offset(entry, large), length);
        out.ascii(": ");
      }
      element(start, valueEntries + i * (1 + offsetSize), large);
    }
    out.ascii(object ? '}' : ']');
  }

  private void element(int start, int entry, boolean large) {
    int type = buf[entry];
    boolean inlined =
        switch (type) {
          case LITERAL, INT16, UINT16 -> true;
          case INT32, UINT32 -> large;
          default -> false;
        };
    value(type, inlined ? entry + 1 : start + offset(entry + 1, large));
  }

  private int offset(int at, boolean large) {
    return large ? reader(at).int32() : reader(at).uint16();
  }

  private void string(int off) {
    BinlogBytes in = reader(off);
    int length = variableLength(in);
    quoted(in.position(), length);
  }

  private void quoted(int off, int length) {
    checkInside(off, length);
    out.quoted(buf, off, length);
  }

  private void opaque(int off) {
    BinlogBytes in = reader(off);
    int fieldType = in.uint8();
    int length = variableLength(in);
    int start = in.position();
    checkInside(start, length);
    switch (fieldType) {
      case BinlogType.NEWDECIMAL ->
          out.ascii(
              PackedDecimal.decode(buf, start + 2, buf[start], buf[start + 1]).toPlainString());
      case BinlogType.DATE, BinlogType.DATETIME, BinlogType.TIMESTAMP, BinlogType.TIME -> {
        out.ascii('"');
        out.ascii(temporal(fieldType, in.int64()));
        out.ascii('"');
      }
      default -> {
        byte[] data = Arrays.copyOfRange(buf, start, start + length);
        out.ascii("\"base64:type" + fieldType + ":");
        // MySQL breaks base64 into lines, and escapes the breaks like every control character
        out.ascii(LINES.encodeToString(data).replace("\n", "\\n"));
        out.ascii('"');
      }
    }
  }

  /** MySQL source, {@code mysys/my_time.cc}, {@code TIME_from_longlong_*_packed}. */
  private static String temporal(int fieldType, long packed) {
    long magnitude = Math.abs(packed);
    int micros = (int) (magnitude & 0xffffff);
    long whole = magnitude >> 24;
    int minute = (int) (whole >> 6) & 63;
    int second = (int) whole & 63;
    if (fieldType == BinlogType.TIME) {
      int hour = (int) (whole >> 12) & 0x3ff;
      return (packed < 0 ? "-" : "") + Calendars.timeText(hour, minute, second, micros, 6);
    }
    int yearMonth = (int) (whole >> 22);
    String date = Calendars.dateText(yearMonth / 13, yearMonth % 13, (int) (whole >> 17) & 31);
    if (fieldType == BinlogType.DATE) {
      return date;
    }
    int hour = (int) (whole >> 12) & 31;
    return date + " " + Calendars.timeText(hour, minute, second, micros, 6);
  }

  /** Seven bits a byte, least significant first, the high bit says that more follow. */
  private static int variableLength(BinlogBytes in) {
    long length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = in.uint8();
      length |= (b & 0x7fL) << shift;
      if (b < 0x80) {
        return (int) length;
      }
    }
    throw new IllegalArgumentException("A length in binary JSON has more than five bytes");
  }

  private BinlogBytes reader(int off) {
    return new BinlogBytes(buf, off, end);
  }

  private void checkInside(int off, int length) {
    if (length < 0 || off + length > end) {
      throw new IndexOutOfBoundsException("Binary JSON ends inside a value");
    }
  }
}
