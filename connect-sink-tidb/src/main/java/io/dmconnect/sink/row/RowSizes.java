package io.dmconnect.sink.row;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.stream.IntStream;

/** Estimates the memory of rows. */
final class RowSizes {
  private static final int BYTES_PER_ROW = 64;
  private static final int BYTES_PER_CELL = 24;
  private static final int BYTES_PER_ELEMENT = 20;

  /** The columns whose cells have no fixed size. */
  static int[] sizedColumns(RowCells cells) {
    return IntStream.range(0, cells.size())
        .filter(
            column ->
                switch (cells.schema(column).type()) {
                  case STRING, BYTES, ARRAY, STRUCT -> true;
                  default -> false;
                })
        .toArray();
  }

  static int bytes(RowCells cells, int[] sized, Object row) {
    int bytes = BYTES_PER_ROW + BYTES_PER_CELL * cells.size();
    for (int column : sized) {
      Object value = cells.raw(row, column);
      if (value instanceof String text) {
        bytes += text.length();
      } else if (value instanceof byte[] array) {
        bytes += array.length;
      } else if (value instanceof ByteBuffer buffer) {
        bytes += buffer.remaining();
      } else if (value instanceof Collection<?> elements) {
        bytes += BYTES_PER_ELEMENT * elements.size();
      }
    }

    return bytes;
  }

  private RowSizes() {}
}
