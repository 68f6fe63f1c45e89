package io.dmconnect.source.value;

/** The length before a string or BLOB in a row image. */
final class LengthPrefix {

  /**
   * The number of bytes of the length.
   *
   * @param type a type code
   * @param meta its metadata
   * @return 1 to 4; -1 when values of the type have no such length
   */
  static int size(int type, int meta) {
    return switch (type) {
      case BinlogType.VARCHAR, BinlogType.VAR_STRING, BinlogType.STRING -> meta > 255 ? 2 : 1;
      case BinlogType.BLOB, BinlogType.JSON, BinlogType.GEOMETRY, BinlogType.VECTOR ->
          meta >= 1 && meta <= 4 ? meta : -1;
      default -> -1;
    };
  }

  /** Reads a length of that many bytes and checks that so many bytes follow. */
  static int read(BinlogBytes in, int size) {
    long length =
        switch (size) {
          case 1 -> in.uint8();
          case 2 -> in.uint16();
          case 3 -> in.uint24();
          default -> in.uint32();
        };
    if (length > in.end() - in.position()) {
      throw new IndexOutOfBoundsException("A cell of " + length + " bytes ends after its event");
    }
    return (int) length;
  }

  private LengthPrefix() {}
}
