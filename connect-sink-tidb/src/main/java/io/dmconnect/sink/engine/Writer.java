package io.dmconnect.sink.engine;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ErrorClass;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.write.BatchTarget;
import io.dmconnect.sink.write.FencedException;
import io.dmconnect.sink.write.SlotWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes chunks from one queue and writes them, several in one transaction. */
final class Writer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int BUSY_DIVISOR = 16;

  private final EngineSettings settings;
  private final WriterQueue queue;
  private final BatchTarget target;
  private final RecordErrors errors;
  private final Backlog backlog;
  private final AtomicReference<Throwable> failure;
  private final WriteMetrics metrics;

  Writer(
      EngineSettings settings,
      WriterQueue queue,
      BatchTarget target,
      RecordErrors errors,
      Backlog backlog,
      AtomicReference<Throwable> failure,
      WriteMetrics metrics) {
    this.settings = settings;
    this.queue = queue;
    this.target = target;
    this.errors = errors;
    this.backlog = backlog;
    this.failure = failure;
    this.metrics = metrics;
  }

  @Override
  public void run() {
    long linger = 0;
    try {
      while (failure.get() == null) {
        List<Chunk> batch = queue.take(settings.batchRows(), settings.batchBytes(), linger);
        if (batch == null) {
          return;
        }

        long rows = writeChunks(batch);
        linger =
            rows > settings.batchRows() / BUSY_DIVISOR
                ? TimeUnit.MILLISECONDS.toNanos(settings.lingerMillis())
                : 0;
      }
    } catch (InterruptedException e) {
      LOG.info("Stopped");
    } catch (Throwable e) {
      LOG.error("The writer gives up, the task will fail", e);
      failure.compareAndSet(null, e);
    }
  }

  private long writeChunks(List<Chunk> batch) throws InterruptedException {
    List<SlotBatch> slots = SlotBatch.group(batch);
    write(slots);
    long rows = 0;
    long bytes = 0;
    for (Chunk chunk : batch) {
      rows += chunk.rows().size();
      bytes += chunk.bytes();
    }

    backlog.remove(rows, bytes);
    return rows;
  }

  private void write(List<SlotBatch> candidates) throws InterruptedException {
    List<SlotBatch> wanted = candidates.stream().filter(SlotBatch::isWanted).toList();
    if (wanted.isEmpty()) {
      return;
    }

    try {
      long start = System.nanoTime();
      target.apply(wanted.stream().map(SlotBatch::toWrite).toList());
      metrics.written(wanted.stream().mapToLong(SlotBatch::size).sum(), System.nanoTime() - start);
      wanted.forEach(SlotBatch::complete);
    } catch (FencedException e) {
      forget(wanted, e);
      write(wanted);
    } catch (DmException e) {
      writeByPartition(wanted, e);
    }
  }

  /** What this task holds of a partition that another one took over is dropped. */
  private static void forget(List<SlotBatch> wanted, FencedException fenced) {
    for (SlotBatch slot : wanted) {
      PartitionState partition = slot.partition();
      boolean lost = partition.topicPartition().equals(fenced.partition());
      if (lost && !partition.isClosed() && partition.fenced() == null) {
        LOG.warn("{}", fenced.getMessage());
        partition.fence(fenced);
      }
    }
  }

  private void writeByPartition(List<SlotBatch> wanted, DmException why)
      throws InterruptedException {
    Map<PartitionState, List<SlotBatch>> byPartition = new LinkedHashMap<>();
    for (SlotBatch slot : wanted) {
      byPartition.computeIfAbsent(slot.partition(), p -> new ArrayList<>()).add(slot);
    }

    if (byPartition.size() > 1) {
      for (List<SlotBatch> ofPartition : byPartition.values()) {
        write(ofPartition);
      }
    } else if (wanted.size() > 1) {
      for (SlotBatch slot : wanted) {
        write(List.of(slot));
      }
    } else {
      SlotBatch slot = wanted.get(0);
      try {
        refused(slot, why);
      } catch (FencedException e) {
        forget(List.of(slot), e);
      }
    }
  }

  private void refused(SlotBatch slot, DmException why) throws InterruptedException {
    boolean ofValues = why.code().errorClass() == ErrorClass.DATA;
    if (ofValues && errors.reports()) {
      target.applySingly(slot.toWrite(), errors::report);
      slot.complete();
    } else if (ofValues && slot.isReducible()) {
      writeReduced(slot);
    } else {
      stop(slot, why);
    }
  }

  private void writeReduced(SlotBatch slot) throws InterruptedException {
    try {
      target.applySingly(slot.toWrite(), null);
      slot.complete();
    } catch (FencedException e) {
      throw e;
    } catch (DmException e) {
      stop(slot, e);
    }
  }

  private void stop(SlotBatch slot, DmException why) {
    if (!settings.isolateTable()
        || why.code().errorClass() == ErrorClass.CONFIG
        || why.code().errorClass() == ErrorClass.RETRIABLE) {
      throw why;
    }

    errors.hold(slot.partition(), why);
  }

  /** Chunks of one slot, joined. */
  private record SlotBatch(SlotState slot, List<Chunk> chunks) {

    /** Whether rows may be written without the values that the target refuses. */
    boolean isReducible() {
      return chunks.stream()
          .flatMap(chunk -> chunk.rows().stream())
          .anyMatch(RowChange::isReducible);
    }

    static List<SlotBatch> group(List<Chunk> batch) {
      Map<SlotState, SlotBatch> bySlot = new LinkedHashMap<>();
      for (Chunk chunk : batch) {
        bySlot
            .computeIfAbsent(chunk.slot(), s -> new SlotBatch(s, new ArrayList<>()))
            .chunks()
            .add(chunk);
      }

      return List.copyOf(bySlot.values());
    }

    PartitionState partition() {
      return slot.partition();
    }

    boolean isWanted() {
      return !partition().isClosed() && !partition().isFailed();
    }

    long size() {
      return chunks.stream().mapToLong(chunk -> chunk.rows().size()).sum();
    }

    SlotWrite toWrite() {
      Chunk last = chunks.get(chunks.size() - 1);
      List<RowChange> rows = last.rows();
      long[] offsets = last.offsets();
      List<SinkRecord> records = last.records();
      if (chunks.size() > 1) {
        rows = new ArrayList<>();
        records = new ArrayList<>();
        offsets = new long[(int) size()];
        for (Chunk chunk : chunks) {
          System.arraycopy(chunk.offsets(), 0, offsets, rows.size(), chunk.rows().size());
          rows.addAll(chunk.rows());
          records.addAll(chunk.records());
        }
      }

      long[] rowOffsets = offsets;
      return new SlotWrite(
          partition().topicPartition(),
          slot.index(),
          partition().epoch(),
          slot.stored(),
          last.to(),
          last.mark(),
          last.layout().signature(),
          rows,
          i -> rowOffsets[i],
          records);
    }

    void complete() {
      slot.complete(chunks.size(), chunks.get(chunks.size() - 1).to());
    }
  }
}
