package io.dmconnect.source.value;

/** Prints UUIDs and internet addresses as MariaDB does. */
final class AddressText {
  private static final String HEX = "0123456789abcdef";

  /** {@code xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}. */
  static String uuid(byte[] stored) {
    StringBuilder text = new StringBuilder(36);
    for (int i = 0; i < 16; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        text.append('-');
      }
      hex(text, stored[i]);
    }
    return text.toString();
  }

  /** Four decimal bytes. */
  static String inet4(byte[] address, int off) {
    StringBuilder text = new StringBuilder(15);
    for (int i = off; i < off + 4; i++) {
      text.append(i > off ? "." : "").append(address[i] & 0xff);
    }
    return text.toString();
  }

  /**
   * RFC 5952 with MariaDB's choices ({@code plugin/type_inet/sql_type_inet.cc}): the first longest
   * run of zero groups is {@code ::}, also a single one; an embedded IPv4 address is dotted.
   */
  static String inet6(byte[] address) {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
    }
    int gap = -1;
    int gapLength = 0;
    for (int i = 0; i < 8; i++) {
      int length = zeros(groups, i);
      if (length > gapLength) {
        gap = i;
        gapLength = length;
      }
    }
    boolean dotted = gap == 0 && (gapLength == 6 || (gapLength == 5 && groups[5] == 0xffff));
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; ) {
      if (i == gap) {
        text.append(i == 0 ? "::" : ":");
        i += gapLength;
      } else if (dotted && i == 6) {
        return text.append(inet4(address, 12)).toString();
      } else {
        text.append(Integer.toHexString(groups[i])).append(i < 7 ? ":" : "");
        i++;
      }
    }
    return text.toString();
  }

  private static int zeros(int[] groups, int from) {
    int length = 0;
    while (from + length < groups.length && groups[from + length] == 0) {
      length++;
    }
    return length;
  }

  private static void hex(StringBuilder text, byte b) {
    text.append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
  }

  private AddressText() {}
}
