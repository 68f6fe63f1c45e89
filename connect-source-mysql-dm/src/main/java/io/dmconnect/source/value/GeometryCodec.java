package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * GEOMETRY and its subtypes. Both physical forms are the four bytes of the SRID, little-endian, and
 * the WKB (MySQL manual, "Internal Geometry Storage Format"). SRID 0 is none.
 */
final class GeometryCodec extends ColumnCodec {
  private static final int SRID_BYTES = 4;
  private static final int POINT_BYTES = 21;

  private final Schema schema;
  private final boolean point;

  GeometryCodec(ColumnSchema column, Schema schema, boolean point) {
    super(column);
    this.schema = schema;
    this.point = point;
  }

  @Override
  public int bind(int type, int meta) {
    return type == BinlogType.GEOMETRY ? LengthPrefix.size(type, meta) : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return value(buf, off, len);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    int length = LengthPrefix.read(in, meta);
    return value(in.array(), in.advance(length), length);
  }

  private Struct value(byte[] buf, int off, int len) {
    if (len < SRID_BYTES + 5) {
      throw new IllegalArgumentException("A geometry of only " + len + " bytes");
    }
    int srid = new BinlogBytes(buf, off, off + len).int32();
    byte[] wkb = Arrays.copyOfRange(buf, off + SRID_BYTES, off + len);
    Struct value = new Struct(schema);
    if (point) {
      if (wkb.length != POINT_BYTES) {
        throw new IllegalArgumentException("A point of " + wkb.length + " bytes");
      }
      ByteBuffer coordinates =
          ByteBuffer.wrap(wkb).order(wkb[0] == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      value.put("x", coordinates.getDouble(5)).put("y", coordinates.getDouble(13));
    }
    return value.put("wkb", wkb).put("srid", srid == 0 ? null : srid);
  }
}
