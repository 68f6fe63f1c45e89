package io.dmconnect.source.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.dmconnect.model.schema.ColumnSchema;

/**
 * MariaDB's UUID, INET4 and INET6: the server's own text form. Row images hold their bytes as a
 * BINARY, in the order of the text.
 */
final class AddressCodec extends ColumnCodec {

  /** The three types. */
  enum Kind {
    UUID(16),
    INET4(4),
    INET6(16);

    private final int bytes;

    Kind(int bytes) {
      this.bytes = bytes;
    }
  }

  private final Kind kind;

  AddressCodec(ColumnSchema column, Kind kind) {
    super(column);
    this.kind = kind;
  }

  @Override
  public int bind(int type, int meta) {
    return type == BinlogType.STRING && meta == kind.bytes ? 1 : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return new String(buf, off, len, ISO_8859_1);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    int length = LengthPrefix.read(in, meta);
    if (length > kind.bytes) {
      throw new IllegalArgumentException(length + " bytes for " + kind);
    }
    byte[] value = new byte[kind.bytes];
    System.arraycopy(in.array(), in.advance(length), value, 0, length);
    return switch (kind) {
      case UUID -> AddressText.uuid(value);
      case INET4 -> AddressText.inet4(value, 0);
      case INET6 -> AddressText.inet6(value);
    };
  }
}
