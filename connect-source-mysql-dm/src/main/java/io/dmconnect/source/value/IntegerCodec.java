package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;

/** TINYINT to INT and, signed, BIGINT: int16, int32 or int64 as the value range demands. */
final class IntegerCodec extends ColumnCodec {

  /** The five storage sizes. */
  enum Width {
    TINY(BinlogType.TINY, 1),
    SMALL(BinlogType.SHORT, 2),
    MEDIUM(BinlogType.INT24, 3),
    INT(BinlogType.LONG, 4),
    BIG(BinlogType.LONGLONG, 8);

    private final int type;
    private final int bytes;

    Width(int type, int bytes) {
      this.type = type;
      this.bytes = bytes;
    }
  }

  private final Width width;
  private final int connectBits;

  IntegerCodec(ColumnSchema column, Width width) {
    super(column);
    this.width = width;
    this.connectBits = connectBits(width, column.type().unsigned());
  }

  /** The width of the Connect type that holds every value of the column. */
  private static int connectBits(Width width, boolean unsigned) {
    return switch (width) {
      case TINY -> 16;
      case SMALL -> unsigned ? 32 : 16;
      case MEDIUM -> 32;
      case INT -> unsigned ? 64 : 32;
      case BIG -> 64;
    };
  }

  @Override
  public int bind(int type, int meta) {
    return type == width.type ? width.bytes : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return box(TextNumbers.integer(buf, off, len));
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int bytes, ExactCells exact) {
    boolean unsigned = column().type().unsigned();
    return switch (bytes) {
      case 1 -> box(unsigned ? in.uint8() : in.int8());
      case 2 -> box(unsigned ? in.uint16() : (short) in.uint16());
      case 3 -> box(unsigned ? in.uint24() : in.uint24() << 8 >> 8);
      case 4 -> box(unsigned ? in.uint32() : in.int32());
      default -> in.int64();
    };
  }

  private Object box(long value) {
    return switch (connectBits) {
      case 16 -> (short) value;
      case 32 -> (int) value;
      default -> value;
    };
  }
}
