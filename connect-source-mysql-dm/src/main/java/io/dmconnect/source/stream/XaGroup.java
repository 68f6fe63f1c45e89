package io.dmconnect.source.stream;

import io.dmconnect.source.binlog.RawEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The table maps and rows of captured tables of one XA transaction up to its XA PREPARE: whether
 * they count is known only behind that. A long one is not kept, but read from the binlog again.
 */
final class XaGroup {
  private static final long MOST_BYTES = 2L << 20;

  private List<RawEvent> events = new ArrayList<>();
  private long bytes;
  private boolean captured;

  /** Notes that there are rows of a captured table; gives whether the event is to be read. */
  boolean wantsRows() {
    captured = true;
    return events != null;
  }

  void add(RawEvent event) {
    if (events == null) {
      return;
    }
    events.add(event);
    bytes += event.body().length;
    if (bytes > MOST_BYTES) {
      events = null;
      bytes = 0;
    }
  }

  /** Whether there are rows of captured tables. */
  boolean isCaptured() {
    return captured;
  }

  /** The events; null when they were too many to keep. */
  List<RawEvent> events() {
    return events;
  }

  long bytes() {
    return bytes;
  }
}
