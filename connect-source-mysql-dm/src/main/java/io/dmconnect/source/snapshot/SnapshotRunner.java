package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.queue.RecordBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dumps every captured table that needs it, several at once, until none is left: also those that
 * are created or renamed meanwhile.
 */
public final class SnapshotRunner {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotRunner.class);

  /** About how much heap a record with names of tables holds, at most. */
  private static final long LIST_BYTES = 256 << 10;

  private final SnapshotContext context;
  private final Predicate<TableId> captured;
  private final Function<TableId, SnapshotOffset> progress;
  private final boolean onlyBegun;
  private final BiPredicate<TableId, SnapshotOffset> ended;
  private final ThreadFactory threads;

  /**
   * A runner.
   *
   * @param context what the dumps share
   * @param captured whether a table is captured
   * @param progress how far a table's dump went; null for one that was not begun
   * @param onlyBegun whether tables whose dump was not begun are left to {@link #read}
   * @param ended whether the table that was dumped is gone since: what has its name is another one
   * @param threads makes the dumps' threads
   */
  public SnapshotRunner(
      SnapshotContext context,
      Predicate<TableId> captured,
      Function<TableId, SnapshotOffset> progress,
      boolean onlyBegun,
      BiPredicate<TableId, SnapshotOffset> ended,
      ThreadFactory threads) {
    this.context = context;
    this.captured = captured;
    this.progress = progress;
    this.onlyBegun = onlyBegun;
    this.ended = ended;
    this.threads = threads;
  }

  /**
   * Dumps.
   *
   * @return the offset of every dumped table, those of earlier runs included
   */
  public Map<TableId, SnapshotOffset> run() throws InterruptedException {
    Map<TableId, SnapshotOffset> done = new TreeMap<>();
    withThreads(
        pool -> {
          List<TableId> round = next(done);
          while (!round.isEmpty()) {
            dump(pool, round, done);
            round = next(done);
          }
        });
    return done;
  }

  private interface Dumps {
    void run(ExecutorService pool) throws InterruptedException;
  }

  private void withThreads(Dumps dumps) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(context.settings().threads(), threads);
    try {
      dumps.run(pool);
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Dumps tables that no dump was begun of, as they are now.
   *
   * @return the offset of each
   */
  public Map<TableId, SnapshotOffset> read(Collection<TableId> tables) throws InterruptedException {
    Map<TableId, SnapshotOffset> done = new TreeMap<>();
    handOver(context, context.listed().add(tables));
    Map<TableId, Long> estimates = new TreeMap<>(tables());
    estimates.keySet().retainAll(tables);
    context.metrics().estimated(estimates);
    withThreads(pool -> dump(pool, List.copyOf(estimates.keySet()), done));
    for (TableId table : tables) {
      if (!done.containsKey(table)) {
        done.put(table, new TableDump(table, context, null).run(null));
      }
    }
    return done;
  }

  /** The tables that are there, not dumped, and not left to be read later. */
  private List<TableId> next(Map<TableId, SnapshotOffset> done) throws InterruptedException {
    Map<TableId, Long> estimates = new TreeMap<>();
    Map<TableId, Long> catalog = tables();
    handOver(context, context.listed().present(catalog.keySet()));
    for (Map.Entry<TableId, Long> table : catalog.entrySet()) {
      TableId id = table.getKey();
      if (done.containsKey(id)) {
        continue;
      }
      SnapshotOffset before = usable(id);
      if (before != null && before.done()) {
        done.put(id, before);
      } else if (before != null || !onlyBegun) {
        estimates.put(id, table.getValue());
      }
    }
    context.metrics().estimated(estimates);
    return new ArrayList<>(estimates.keySet());
  }

  private static void handOver(SnapshotContext context, List<SourceRecord> records)
      throws InterruptedException {
    if (!records.isEmpty()) {
      context.queue().put(new RecordBatch(records, records.size() * LIST_BYTES, true));
    }
  }

  private SnapshotOffset usable(TableId table) {
    SnapshotOffset before = progress.apply(table);
    boolean gone = before != null && before.schema() == null;
    return gone || (before != null && ended.test(table, before)) ? null : before;
  }

  /**
   * Dumps one table as it is now, on this thread.
   *
   * @param before the dump whose rows are to be taken back, or that is to be gone on with when it
   *     is not done; null when there is none
   */
  public static SnapshotOffset dump(SnapshotContext context, TableId table, SnapshotOffset before)
      throws InterruptedException {
    handOver(context, context.listed().add(List.of(table)));
    return new TableDump(table, context, null).run(before);
  }

  /** The captured tables that the server has, with its estimates of their rows. */
  public Map<TableId, Long> tables() {
    try {
      return context.patient().ask(connection -> TableCatalog.tables(connection, captured));
    } catch (SQLException e) {
      throw new DmException(
          SourceError.SNAPSHOT_FAILED, "The list of tables cannot be read: " + e.getMessage(), e);
    }
  }

  private void dump(ExecutorService pool, List<TableId> tables, Map<TableId, SnapshotOffset> done)
      throws InterruptedException {
    LOG.info("Snapshot of {} tables begins", tables.size());
    CompletionService<Map.Entry<TableId, SnapshotOffset>> results =
        new ExecutorCompletionService<>(pool);
    Map<TableId, SnapshotOffset> begun = new TreeMap<>();
    for (TableId table : tables) {
      SnapshotOffset before = usable(table);
      if (before != null && !before.done()) {
        begun.put(table, before);
      }
    }
    try (LockedViews views = views(tables, begun)) {
      for (TableId table : tables) {
        results.submit(
            () -> Map.entry(table, new TableDump(table, context, views).run(begun.get(table))));
      }
      for (int i = 0; i < tables.size(); i++) {
        Map.Entry<TableId, SnapshotOffset> result = take(results);
        done.put(result.getKey(), result.getValue());
      }
    }
  }

  /** Views of the tables that are not begun; null when they are to be read without a lock. */
  private LockedViews views(List<TableId> tables, Map<TableId, SnapshotOffset> begun) {
    List<TableId> fresh = tables.stream().filter(table -> !begun.containsKey(table)).toList();
    return switch (context.settings().consistency()) {
      case LOCK_FREE -> null;
      case LOCK -> fresh.isEmpty() ? null : LockedViews.open(context, fresh);
    };
  }

  private static Map.Entry<TableId, SnapshotOffset> take(
      CompletionService<Map.Entry<TableId, SnapshotOffset>> results) throws InterruptedException {
    try {
      return results.take().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new DmException(SourceError.INTERNAL, "A snapshot thread failed", e.getCause());
    }
  }
}
