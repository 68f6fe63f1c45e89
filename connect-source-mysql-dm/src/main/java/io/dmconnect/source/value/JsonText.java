package io.dmconnect.source.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** JSON text under construction, as UTF-8 bytes. */
final class JsonText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

  private byte[] buf;
  private int length;

  JsonText(int capacity) {
    this.buf = new byte[Math.max(capacity, 32)];
  }

  void ascii(char c) {
    reserve(1);
    buf[length++] = (byte) c;
  }

  void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      buf[length++] = (byte) text.charAt(i);
    }
  }

  /**
   * A string in double quotes, escaped as MySQL does ({@code json_dom.cc}, {@code double_quote}):
   * quote, backslash and control characters only.
   */
  void quoted(byte[] text, int off, int len) {
    reserve(len + 2);
    buf[length++] = '"';
    int copied = off;
    int end = off + len;
    for (int i = off; i < end; i++) {
      byte b = text[i];
      if (b < 0 || (b >= 0x20 && b != '"' && b != '\\')) {
        continue;
      }
      raw(text, copied, i - copied);
      copied = i + 1;
      escaped(b);
    }
    raw(text, copied, end - copied);
    ascii('"');
  }

  private void escaped(byte b) {
    switch (b) {
      case '"', '\\' -> {
        ascii('\\');
        ascii((char) b);
      }
      case '\b' -> ascii("\\b");
      case '\t' -> ascii("\\t");
      case '\n' -> ascii("\\n");
      case '\f' -> ascii("\\f");
      case '\r' -> ascii("\\r");
      default -> {
        ascii("\\u00");
        ascii((char) HEX[b >> 4]);
        ascii((char) HEX[b & 15]);
      }
    }
  }

  private void raw(byte[] text, int off, int len) {
    reserve(len);
    System.arraycopy(text, off, buf, length, len);
    length += len;
  }

  private void reserve(int bytes) {
    if (buf.length - length < bytes) {
      buf = Arrays.copyOf(buf, Math.max(buf.length * 2, length + bytes));
    }
  }

  @Override
  public String toString() {
    return new String(buf, 0, length, UTF_8);
  }
}
