package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Progress of the snapshot; written by its threads, read by anyone. */
public final class SnapshotMetrics {
  private final LongAdder rows = new LongAdder();
  private final AtomicInteger done = new AtomicInteger();
  private final Map<TableId, Long> estimates = new ConcurrentHashMap<>();

  void estimated(Map<TableId, Long> rowsByTable) {
    estimates.putAll(rowsByTable);
  }

  void rows(long count) {
    rows.add(count);
  }

  void tableDone() {
    done.incrementAndGet();
  }

  /** Rows handed over since the start. */
  public long rowCount() {
    return rows.sum();
  }

  /** Tables that are complete. */
  public int doneTables() {
    return done.get();
  }

  /** Tables that are or were to be dumped. */
  public int totalTables() {
    return estimates.size();
  }

  /** The server's estimate of their rows. */
  public long estimatedRows() {
    return estimates.values().stream().mapToLong(n -> Math.max(n, 0)).sum();
  }
}
