package io.dmconnect.sink.engine;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.progress.PartitionProgress;
import io.dmconnect.sink.progress.SlotProgress;
import io.dmconnect.sink.write.FencedException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Where a partition stands. Used by the task's thread, but for the volatile flags. */
final class PartitionState {
  private final TopicPartition topicPartition;
  private final long epoch;
  private final SlotState[] slots;
  private final PartitionProgress atOpen;
  private final Deque<SinkRecord> heldBack = new ArrayDeque<>();
  private StartCheck startCheck;
  private SlotLayout layout;
  private long allDurable;
  private long furthest;
  private long inDoubtTo;
  private SinkRecord last;
  private long position;
  private SourcePosition seen;
  private Barrier barrier;
  private boolean unmoved;
  private boolean seenAny;
  private volatile boolean closed;
  private volatile boolean failed;
  private volatile DmException failure;
  private volatile FencedException fenced;
  private long fencedSince;

  PartitionState(TopicPartition topicPartition, PartitionProgress progress) {
    this.topicPartition = topicPartition;
    this.epoch = progress.epoch();
    this.atOpen = progress;
    this.slots = new SlotState[progress.slots().size()];
    for (SlotProgress slot : progress.slots()) {
      slots[slot.slot()] = new SlotState(this, slot);
    }

    SlotProgress start = start(progress);
    position = start.offset() - 1;
    furthest = Math.max(progress.max(), progress.inDoubtTo());
    inDoubtTo = progress.inDoubtTo();
    allDurable = start.offset();
    seen = SourcePosition.parse(start.mark().sourcePosition());
    unmoved = progress.min() == SlotProgress.NONE;
    startCheck = new StartCheck(topicPartition, start.offset(), progress);
  }

  /** The slot up to whose offset everything is durable: reading goes on from there. */
  private static SlotProgress start(PartitionProgress progress) {
    SlotProgress first = progress.slots().get(0);
    return SlotLayout.SINGLE.equals(first.layout())
        ? first
        : progress.slots().stream()
            .min(Comparator.comparingLong(SlotProgress::offset))
            .orElseThrow();
  }

  TopicPartition topicPartition() {
    return topicPartition;
  }

  long epoch() {
    return epoch;
  }

  SlotState[] slots() {
    return slots;
  }

  /** The offset of the record to read first. */
  long firstOffset() {
    return Math.max(position + 1, 0);
  }

  /** The check to make on the next record; null when none is due. */
  StartCheck startCheck() {
    return startCheck;
  }

  void endStartCheck() {
    startCheck = null;
  }

  /** Forgets the progress and what was held back: the topic starts anew. */
  void restart() {
    position = SlotProgress.NONE;
    allDurable = SlotProgress.NONE;
    furthest = SlotProgress.NONE;
    unmoved = true;
    inDoubtTo = SlotProgress.NONE;
    seen = null;
    last = null;
    startCheck = null;
    heldBack.clear();
    for (SlotState slot : slots) {
      slot.moveTo(SlotProgress.NONE);
    }
  }

  /** Whether some slots were never moved; true once. */
  boolean takeUnmoved() {
    boolean was = unmoved;
    unmoved = false;
    return was;
  }

  /** The offset of the last record that was handled: handed over, skipped, or carried out. */
  long position() {
    return position;
  }

  /** The last record that was handled; null when there was none yet. */
  SinkRecord last() {
    return last;
  }

  void handled(SinkRecord record) {
    position = record.originalKafkaOffset();
    last = record;
  }

  /** Whether the record was handled before its partition was taken over, or by this owner. */
  boolean isHandled(long offset) {
    return offset <= position;
  }

  /** Whether a record is the first one since the partition was taken over; true once. */
  boolean takeFirst() {
    boolean first = !seenAny;
    seenAny = true;
    return first;
  }

  /** How far the source's changes were taken; null when unknown. */
  SourcePosition seen() {
    return seen;
  }

  void seen(SourcePosition newest) {
    seen = newest;
  }

  SlotLayout layout() {
    return layout;
  }

  /** Whether its rows go to a table without a key. */
  boolean isKeyless() {
    return layout != null && layout.keyless();
  }

  /**
   * States how rows are spread from now on.
   *
   * @return whether the stored progress means something else for it: some of the rows behind the
   *     slowest slot are durable, and nobody knows which
   */
  boolean layout(SlotLayout current) {
    layout = current;
    boolean same =
        (current.single() && SlotLayout.SINGLE.equals(atOpen.slots().get(0).layout()))
            || atOpen.slots().stream().allMatch(slot -> fits(slot.layout(), current));
    return !same && resumedFrom().offset() < furthest;
  }

  /** A slot without a layout was not moved since all slots were at one offset. */
  private static boolean fits(String stored, SlotLayout current) {
    return stored == null || stored.equals(current.signature());
  }

  /** The progress from which everything is read again. */
  SlotProgress resumedFrom() {
    return start(atOpen);
  }

  /** The largest offset of which anything was durable when the partition was taken over. */
  long furthest() {
    return furthest;
  }

  /** All slots start from {@link #resumedFrom}; what follows may be durable already. */
  void doubt() {
    inDoubtTo = furthest;
    for (SlotState slot : slots) {
      slot.moveTo(resumedFrom().offset());
    }
  }

  /** Whether a row that its slot does not know of may be durable already. */
  boolean isInDoubt(long offset) {
    return offset <= inDoubtTo;
  }

  /** Whether everything up to that offset was durable when the partition was taken over. */
  boolean isAllDurable(long offset) {
    return offset <= allDurable;
  }

  Deque<SinkRecord> heldBack() {
    return heldBack;
  }

  /** The schema change that holds the partition back; null when none does. */
  Barrier barrier() {
    return barrier;
  }

  void barrier(Barrier next) {
    barrier = next;
  }

  boolean isIdle() {
    for (SlotState slot : slots) {
      if (!slot.isIdle()) {
        return false;
      }
    }

    return true;
  }

  /** The offset up to which everything is durable. */
  long durable() {
    long durable = position;
    for (SlotState slot : slots) {
      if (!slot.isIdle()) {
        durable = Math.min(durable, slot.durable());
      }
    }

    return durable;
  }

  /** Whether this owner gave the partition up: its chunks are dropped. */
  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  /** Whether an error holds the partition back: its chunks are dropped. */
  boolean isFailed() {
    return failed;
  }

  void fail(DmException why) {
    failure = why;
    failed = true;
  }

  /** The error that holds the partition back; null when none does. */
  DmException failure() {
    return failure;
  }

  /** Another owner took the partition over: its chunks are dropped until it is given up. */
  void fence(FencedException why) {
    fenced = why;
    failed = true;
  }

  /** Who took the partition over; null when nobody did. */
  FencedException fenced() {
    return fenced;
  }

  /**
   * For how long that is known to the task's thread, nanoseconds; 0 when this call is the first.
   */
  long fencedFor(long nowNanos) {
    if (fencedSince == 0) {
      fencedSince = nowNanos == 0 ? 1 : nowNanos;
    }

    return nowNanos - fencedSince;
  }
}
