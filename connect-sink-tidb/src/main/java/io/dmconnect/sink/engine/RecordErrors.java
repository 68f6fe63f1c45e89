package io.dmconnect.sink.engine;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ErrorClass;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a record that cannot be applied: reported when the user wants that and it is the
 * row's own fault, else its partition is held back or the task fails. Thread-safe.
 */
final class RecordErrors {
  private static final Logger LOG = LoggerFactory.getLogger(RecordErrors.class);

  private final ErrantRecordReporter reporter;
  private final boolean isolateTable;

  /** The reporter may be null. */
  RecordErrors(ErrantRecordReporter reporter, boolean isolateTable) {
    this.reporter = reporter;
    this.isolateTable = isolateTable;
  }

  /** Whether rows that are at fault themselves are reported. */
  boolean reports() {
    return reporter != null;
  }

  /**
   * A record could not be made a change. Returns when it was reported or its partition is held
   * back.
   *
   * @throws DmException when the task has to fail
   */
  void refused(PartitionState partition, SinkRecord record, DmException why) {
    if (reporter != null && why.code().errorClass() == ErrorClass.DATA) {
      report(record, why);
    } else {
      failed(partition, record, why);
    }
  }

  /**
   * A record could not be carried out.
   *
   * @throws DmException when the task has to fail
   */
  void failed(PartitionState partition, SinkRecord record, DmException why) {
    DmException located = locate(record, why);
    if (!isolateTable || why.code().errorClass() == ErrorClass.CONFIG) {
      throw located;
    }

    hold(partition, located);
  }

  /** Holds a partition back. */
  void hold(PartitionState partition, DmException why) {
    partition.fail(why);
    LOG.error(
        "Partition {} is held back and will be tried again, other tables go on: {}",
        partition.topicPartition(),
        why.getMessage(),
        why);
  }

  /** Reports a record; returns when that is durable. */
  void report(SinkRecord record, Exception why) {
    LOG.warn(
        "Record at {}-{} offset {} goes to the errant record reporter: {}",
        record.originalTopic(),
        record.originalKafkaPartition(),
        record.originalKafkaOffset(),
        why.getMessage());
    Future<Void> durable = reporter.report(record, why);
    try {
      durable.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Stopped while reporting a record", e);
    } catch (ExecutionException e) {
      throw new ConnectException("Reporting a record failed", e.getCause());
    }
  }

  private static DmException locate(SinkRecord record, DmException why) {
    return new DmException(
        why.code(),
        "Record at topic "
            + record.originalTopic()
            + ", partition "
            + record.originalKafkaPartition()
            + ", offset "
            + record.originalKafkaOffset()
            + ": "
            + why.problem(),
        why);
  }
}
