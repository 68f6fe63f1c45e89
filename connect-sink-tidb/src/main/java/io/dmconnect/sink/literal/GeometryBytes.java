package io.dmconnect.sink.literal;

import io.dmconnect.model.event.EventFields;
import io.dmconnect.model.event.RecordParts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Geometries as MySQL stores them, for a target that keeps them as bytes: four bytes of SRID,
 * little-endian, and the WKB (MySQL manual, "Internal Geometry Storage Format").
 */
final class GeometryBytes {
  private static final int WKB_POINT = 1;
  private static final int POINT_BYTES = 1 + Integer.BYTES + 2 * Double.BYTES;

  /** The bytes of a struct of a semantic geometry type. */
  static byte[] of(Object geometry) {
    Object wkb = RecordParts.get(geometry, EventFields.WKB);
    byte[] body = wkb == null ? point(geometry) : CellWriters.bytes(wkb);
    return ByteBuffer.allocate(Integer.BYTES + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) RecordParts.number(geometry, EventFields.SRID, 0))
        .put(body)
        .array();
  }

  private static byte[] point(Object geometry) {
    if (!(RecordParts.get(geometry, EventFields.X) instanceof Number x)
        || !(RecordParts.get(geometry, EventFields.Y) instanceof Number y)) {
      throw new BadValueException("the geometry has neither wkb nor x and y");
    }

    return ByteBuffer.allocate(POINT_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 1)
        .putInt(WKB_POINT)
        .putDouble(x.doubleValue())
        .putDouble(y.doubleValue())
        .array();
  }

  private GeometryBytes() {}
}
