package io.dmconnect.sink.write;

import io.dmconnect.model.TableId;
import java.util.HashMap;
import java.util.Map;

/**
 * The tables whose rows are written the slow way for some batches, because the fast way has just
 * failed; each time for twice as many. Not thread-safe.
 */
final class Caution {
  private static final int FEWEST = 64;
  private static final int MOST = 4096;

  private final Map<TableId, Span> spans = new HashMap<>();

  /**
   * A span of batches.
   *
   * @param length how many batches it has
   * @param left how many of them are to come
   */
  private record Span(int length, int left) {

    Span afterBatch() {
      return new Span(length, Math.max(0, left - 1));
    }
  }

  /** Whether a table's rows are written with care. */
  boolean applies(TableId table) {
    Span span = spans.get(table);
    return span != null && span.left() > 0;
  }

  /** The fast way has failed for a table. */
  void begin(TableId table) {
    Span last = spans.get(table);
    int length = last == null ? FEWEST : Math.min(MOST, 2 * last.length());
    spans.put(table, new Span(length, length));
  }

  /** A batch was written. */
  void batchWritten() {
    spans.replaceAll((table, span) -> span.afterBatch());
  }
}
