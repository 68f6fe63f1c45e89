package io.dmconnect.sink.write;

import io.dmconnect.model.TableId;
import java.util.HashMap;
import java.util.Map;

/**
 * The tables whose rows are written the slow way for some batches, because the fast way has just
 * failed; for twice as many when it fails again within as many. Not thread-safe.
 */
final class Caution {
  private static final int FEWEST = 64;
  private static final int MOST = 4096;

  private final Map<TableId, Span> spans = new HashMap<>();

  /**
   * A span of batches.
   *
   * @param length how many batches are written with care, and how many are watched after them
   * @param written how many were written
   */
  private record Span(int length, int written) {

    boolean isCareful() {
      return written < length;
    }

    boolean isOver() {
      return written >= 2 * length;
    }
  }

  /** Whether a table's rows are written with care. */
  boolean applies(TableId table) {
    Span span = spans.get(table);
    return span != null && span.isCareful();
  }

  /** The fast way has failed for a table. */
  void begin(TableId table) {
    Span last = spans.get(table);
    int length = last == null ? FEWEST : Math.min(MOST, 2 * last.length());
    spans.put(table, new Span(length, 0));
  }

  /** A batch was written. */
  void batchWritten() {
    spans.replaceAll((table, span) -> new Span(span.length(), span.written() + 1));
    spans.values().removeIf(Span::isOver);
  }
}
