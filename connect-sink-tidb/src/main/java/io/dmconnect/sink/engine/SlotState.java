package io.dmconnect.sink.engine;

import io.dmconnect.sink.progress.SlotProgress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where a slot stands. The task's thread fills and hands over its chunks, one writer's thread
 * completes them; each field has one writing thread at a time, and the queue between them orders
 * the writes.
 */
final class SlotState {
  private final PartitionState partition;
  private final int index;
  private long durableBefore;
  private Chunk building;
  private long submitted;
  private int writer = -1;
  private final AtomicLong completed = new AtomicLong();
  private volatile long durable;
  private volatile long stored;

  SlotState(PartitionState partition, SlotProgress progress) {
    this.partition = partition;
    this.index = progress.slot();
    this.durableBefore = progress.offset();
    this.durable = progress.offset();
    this.stored = progress.offset();
  }

  PartitionState partition() {
    return partition;
  }

  int index() {
    return index;
  }

  /** The offset up to which rows need no writing: they were durable before. */
  long durableBefore() {
    return durableBefore;
  }

  /** The offset that the progress store holds. */
  long stored() {
    return stored;
  }

  Chunk building() {
    return building;
  }

  /** Starts a chunk whose first record has that offset. */
  Chunk begin(SlotLayout layout, long offset, boolean keepRecords) {
    if (submitted == completed.get()) {
      durable = offset - 1;
    }

    building = new Chunk(this, layout, keepRecords);
    return building;
  }

  /** Takes the chunk that was being filled, to be handed over. */
  Chunk submit() {
    Chunk chunk = building;
    building = null;
    submitted++;
    return chunk;
  }

  /** The writer its chunks went to last; -1 when there was none yet. */
  int writer() {
    return writer;
  }

  void writer(int index) {
    writer = index;
  }

  /** Whether chunks before the one submitted last are on their way. */
  boolean hasOlderChunks() {
    return submitted - 1 != completed.get();
  }

  /** Whether nothing is on its way. */
  boolean isIdle() {
    return building == null && submitted == completed.get();
  }

  /** The offset up to which everything is durable, when the slot is not idle. */
  long durable() {
    return durable;
  }

  /** Called by the writer once chunks up to that offset are durable. */
  void complete(int chunks, long offset) {
    stored = offset;
    durable = offset;
    completed.addAndGet(chunks);
  }

  /** Called once the stored progress was set to that offset; the slot is idle. */
  void moveTo(long offset) {
    durableBefore = offset;
    stored = offset;
    durable = offset;
  }
}
