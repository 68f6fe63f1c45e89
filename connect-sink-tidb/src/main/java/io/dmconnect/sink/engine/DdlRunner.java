package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.progress.RecordMark;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** Carries out schema changes off the task's thread. */
public interface DdlRunner {

  /**
   * Starts a schema change. When it is done, the progress of all slots of the partition is the
   * work's offset.
   *
   * @return completes with the target tables that changed; fails with a DmException. Cancelling it
   *     stops waiting, not a statement that runs
   */
  CompletableFuture<Set<TableId>> start(DdlWork work);

  /**
   * A schema change whose earlier rows are durable.
   *
   * @param partition the partition its record came from
   * @param epoch the partition's epoch
   * @param offset the record's offset
   * @param mark what is known of the record
   * @param source the id of the source it comes from
   * @param event the change
   */
  record DdlWork(
      TopicPartition partition,
      long epoch,
      long offset,
      RecordMark mark,
      String source,
      DdlEvent event) {

    /** The same record with what another change makes of it. */
    public DdlWork with(DdlEvent other) {
      return new DdlWork(partition, epoch, offset, mark, source, other);
    }
  }
}
