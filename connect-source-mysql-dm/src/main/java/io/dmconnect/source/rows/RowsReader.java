package io.dmconnect.source.rows;

import io.dmconnect.source.record.RowStruct;
import io.dmconnect.source.value.BinlogBytes;
import io.dmconnect.source.value.ExactCells;

/** Steps through the rows of one event. Not safe for use by several threads. */
public final class RowsReader {
  private final TableBinding binding;
  private final RowsKind kind;
  private final BinlogBytes in;
  private final Object position;
  private final ExactCells exact = new ExactCells();
  private RowStruct before;
  private RowStruct after;

  RowsReader(TableBinding binding, RowsEvent event, Object position) {
    this.binding = binding;
    this.kind = event.kind();
    this.in = event.images();
    this.position = position;
  }

  /**
   * Decodes the next row.
   *
   * @return false when there are no more
   * @throws io.dmconnect.model.error.DmException when the row cannot be decoded
   */
  public boolean next() {
    if (!in.hasRemaining()) {
      return false;
    }
    before = kind == RowsKind.INSERT ? null : binding.image(in, exact, position);
    after = kind == RowsKind.DELETE ? null : binding.image(in, exact, position);
    return true;
  }

  /** The row before the change; null for inserts. */
  public RowStruct before() {
    return before;
  }

  /** The row after the change; null for deletes. */
  public RowStruct after() {
    return after;
  }
}
