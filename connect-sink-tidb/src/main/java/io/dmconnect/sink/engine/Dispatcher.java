package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.progress.ProgressStore;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.progress.SlotProgress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts rows into the chunks of their slots and hands full ones to the writers. Used by the task's
 * thread only.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final EngineSettings settings;
  private final RecordDecoder decoder;
  private final ProgressStore store;
  private final WriterPool writers;
  private final RecordErrors errors;
  private final PartitionListener listener;
  private final Set<SlotState> filling = new LinkedHashSet<>();

  Dispatcher(
      EngineSettings settings,
      RecordDecoder decoder,
      ProgressStore store,
      WriterPool writers,
      RecordErrors errors,
      PartitionListener listener) {
    this.settings = settings;
    this.decoder = decoder;
    this.store = store;
    this.writers = writers;
    this.errors = errors;
    this.listener = listener;
  }

  /**
   * Handles one record.
   *
   * @return what the record has to wait for; null when it is handled
   */
  Barrier dispatch(PartitionState partition, SinkRecord record) {
    long offset = record.originalKafkaOffset();
    if (!continues(partition, record, offset)) {
      return Barrier.startOver(record);
    }

    if (partition.takeFirst()) {
      tellOrigin(partition, record);
    }

    if (partition.isHandled(offset)) {
      return null;
    }

    if (partition.isAllDurable(offset)) {
      partition.handled(record);
      return null;
    }

    try {
      Decoded decoded = decoder.decode(record, partition.seen());
      if (decoded instanceof Decoded.Row row) {
        if (changesLayout(partition, row.layout())) {
          return Barrier.layoutChange(record);
        }

        add(partition, row, record, offset);
      } else if (decoded instanceof Decoded.Ddl ddl) {
        return Barrier.ddl(record, ddl);
      }
    } catch (DmException e) {
      errors.refused(partition, record, e);
      if (partition.isFailed()) {
        return null;
      }
    }

    partition.handled(record);
    return null;
  }

  private void tellOrigin(PartitionState partition, SinkRecord record) {
    RecordDecoder.Origin origin = decoder.origin(record);
    if (origin != null) {
      listener.seen(partition.topicPartition(), origin.source(), origin.table());
    }
  }

  /** Partitions came from other tasks. */
  void partitionsTakenOver() {
    decoder.partitionsTakenOver();
  }

  /** Target tables changed that another task or partition changed. */
  void targetsChanged(Set<TableId> targets) {
    decoder.targetsChanged(targets);
  }

  /**
   * Makes sure that the topic is the one that was applied.
   *
   * @return false when it is not, and is to be applied from its first record on
   */
  private boolean continues(PartitionState partition, SinkRecord record, long offset) {
    StartCheck check = partition.startCheck();
    if (check == null) {
      return true;
    }

    try {
      check.check(offset, () -> decoder.fingerprint(record));
    } catch (DmException e) {
      if (!settings.applyRecreatedTopic()) {
        throw e;
      }

      LOG.warn("Applying all records of {}: {}", partition.topicPartition(), e.getMessage());
      return false;
    }

    if (check.isOver()) {
      partition.endStartCheck();
    }

    return true;
  }

  /**
   * Whether a row is spread over slots in another way than the rows before it, some of which are
   * still on their way: then rows of one key could overtake each other.
   */
  private boolean changesLayout(PartitionState partition, SlotLayout layout) {
    SlotLayout current = partition.layout();
    if (layout.equals(current)) {
      return false;
    }

    if (current != null && !partition.isIdle()) {
      return true;
    }

    if (partition.layout(layout) && current == null) {
      doubt(partition, layout);
    }

    return false;
  }

  /** Starts over from what is durable for certain; from there on rows are applied idempotently. */
  private void doubt(PartitionState partition, SlotLayout layout) {
    SlotProgress from = partition.resumedFrom();
    String range =
        partition.topicPartition()
            + " from offset "
            + from.offset()
            + " to "
            + partition.furthest();
    if (layout.keyless()) {
      throw keylessReplay("Rows of " + range);
    }

    LOG.info("Rows of {} are applied in safe mode: they were spread in another way before", range);
    store.reset(
        partition.topicPartition(),
        partition.epoch(),
        new SlotProgress(0, from.offset(), from.mark(), layout.signature()),
        partition.furthest());
    partition.doubt();
  }

  private static DmException keylessReplay(String what) {
    return new DmException(
        SinkError.KEYLESS_REPLAY,
        what + " may have been written already, and the table has no key");
  }

  private void add(PartitionState partition, Decoded.Row row, SinkRecord record, long offset) {
    SourcePosition source = row.source();
    if (source != null) {
      partition.seen(source);
    }

    SlotState slot = partition.slots()[row.layout().slot(row.keyHash(), settings.writers())];
    if (offset <= slot.durableBefore()) {
      return;
    }

    boolean inDoubt = partition.isInDoubt(offset);
    if (inDoubt && row.layout().keyless()) {
      throw keylessReplay("The row");
    }

    Chunk chunk = slot.building();
    if (chunk == null) {
      chunk = slot.begin(row.layout(), offset, settings.keepRecords());
      chunk.since(source == null ? 0 : source.millis());
      filling.add(slot);
    }

    chunk.add(
        inDoubt ? decoder.idempotent(row.change()) : row.change(),
        row.bytes(),
        record,
        settings.keepRecords());
    if (chunk.rows().size() >= settings.batchRows() || chunk.bytes() >= settings.batchBytes()) {
      filling.remove(slot);
      chunk.seal(offset, mark(partition, record));
      writers.offer(slot.submit());
    }
  }

  /** What is known of a record that is handled next or was handled last. */
  RecordMark mark(PartitionState partition, SinkRecord record) {
    SourcePosition seen = partition.seen();
    return new RecordMark(decoder.fingerprint(record), seen == null ? null : seen.text());
  }

  /** Hands over what was filled since the last call. */
  void flush() {
    List<PartitionState> unmoved = new ArrayList<>();
    for (SlotState slot : filling) {
      PartitionState partition = slot.partition();
      slot.building().seal(partition.position(), mark(partition, partition.last()));
      writers.offer(slot.submit());
      if (partition.takeUnmoved()) {
        unmoved.add(partition);
      }
    }

    filling.clear();
    // From the first transaction on every slot has a mark to recognise the topic by.
    unmoved.forEach(this::advanceIdleSlots);
    writers.flush();
  }

  /**
   * Moves the stored progress of slots that had no rows lately, so that a restart does not go back
   * further than the records that are kept.
   */
  void advanceIdleSlots(Collection<PartitionState> partitions) {
    for (PartitionState partition : partitions) {
      if (partition.layout() != null && partition.barrier() == null && !partition.isFailed()) {
        advanceIdleSlots(partition);
      }
    }

    writers.flush();
  }

  private void advanceIdleSlots(PartitionState partition) {
    for (SlotState slot : partition.slots()) {
      if (slot.isIdle() && slot.stored() < partition.position()) {
        slot.begin(partition.layout(), partition.position() + 1, false)
            .seal(partition.position(), mark(partition, partition.last()));
        writers.offer(slot.submit());
      }
    }
  }

  /**
   * Moves the stored progress of all slots to the record before a schema change, which is about to
   * begin: after it no row before it is read again, since it may not fit the changed table.
   *
   * @return whether that is on its way; false when nothing is left to do
   */
  boolean catchesUp(PartitionState partition) {
    if (partition.layout() == null || partition.isFailed()) {
      return false;
    }

    advanceIdleSlots(partition);
    writers.flush();
    return !partition.isIdle();
  }

  void forget(PartitionState partition) {
    filling.removeIf(slot -> slot.partition() == partition);
  }

  /** Tells the decoder of a schema change that was carried out. */
  void schemaChanged(Barrier barrier, Set<TableId> targets) {
    decoder.schemaChanged(barrier.record(), barrier.ddl().event(), targets);
  }
}
