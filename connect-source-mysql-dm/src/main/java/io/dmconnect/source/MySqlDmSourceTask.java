package io.dmconnect.source;

import io.dmconnect.model.error.DmException;
import io.dmconnect.source.config.SourceConfig;
import io.dmconnect.source.coordination.SourceCoordination;
import io.dmconnect.source.coordination.SourceProgress;
import io.dmconnect.source.engine.EngineThreads;
import io.dmconnect.source.engine.SourceEngine;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.queue.RecordBatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.TransactionContext;

/** The one task of the connector: gives Connect what the engine reads. */
public final class MySqlDmSourceTask extends SourceTask {
  private static final String EXACTLY_ONCE = "exactly.once.support";
  private static final String REQUIRED = "required";
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);

  private volatile SourceEngine engine;
  private TaskMetrics metrics;
  private SourceCoordination coordination;
  private TransactionContext transactions;

  /** For Connect. */
  public MySqlDmSourceTask() {}

  @Override
  public String version() {
    return Version.text();
  }

  @Override
  public void start(Map<String, String> props) {
    SourceConfig config = new SourceConfig(props);
    transactions = transactions(props);
    SourceEngine started =
        new SourceEngine(
            config,
            OffsetReader.of(context.offsetStorageReader()),
            version(),
            Clock.systemUTC(),
            System::nanoTime,
            transactions != null);
    engine = started;
    coordination =
        SourceCoordination.start(
            config,
            () -> progress(started),
            EngineThreads.of("dm-source-" + config.name() + "-shards"));
    metrics = TaskMetrics.register(context, config.name(), started, Clock.systemUTC());
    started.start();
  }

  /**
   * Null when it is not known that the worker writes transactions: it tells so only a task that
   * sets their boundaries. A standalone worker ignores that they are required (KIP-618).
   */
  private TransactionContext transactions(Map<String, String> props) {
    TransactionContext known = context.transactionContext();
    boolean wouldBeTold =
        is(props, TRANSACTION_BOUNDARY_CONFIG, TransactionBoundary.CONNECTOR.toString());
    if (known == null && wouldBeTold && is(props, EXACTLY_ONCE, REQUIRED)) {
      throw new DmException(
          SourceError.NO_TRANSACTIONS,
          EXACTLY_ONCE
              + " is "
              + REQUIRED
              + ", but this worker writes records without transactions");
    }
    return known;
  }

  private static boolean is(Map<String, String> props, String key, String value) {
    return value.equalsIgnoreCase(String.valueOf(props.get(key)).strip());
  }

  private static SourceProgress progress(SourceEngine engine) {
    return new SourceProgress(
        engine.snapshotMetrics().rowCount(),
        engine.snapshotMetrics().doneTables(),
        engine.snapshotMetrics().totalTables(),
        engine.streamMetrics().rowCount(),
        engine.streamMetrics().position(),
        engine.streamMetrics().lastEventSeconds());
  }

  /** Null when nothing came within half a second. */
  @Override
  public List<SourceRecord> poll() throws InterruptedException {
    List<RecordBatch> batches = engine.poll(LONGEST_POLL);
    if (batches.isEmpty()) {
      return null;
    }
    if (transactions != null) {
      markBoundaries(batches);
    }
    if (batches.size() == 1) {
      return batches.get(0).records();
    }
    int size = 0;
    for (RecordBatch batch : batches) {
      size += batch.records().size();
    }
    List<SourceRecord> records = new ArrayList<>(size);
    for (RecordBatch batch : batches) {
      records.addAll(batch.records());
    }
    return records;
  }

  /** One MySQL transaction is one Kafka transaction when {@code transaction.boundary=connector}. */
  private void markBoundaries(List<RecordBatch> batches) {
    for (RecordBatch batch : batches) {
      if (batch.endsTransaction()) {
        transactions.commitTransaction(batch.records().get(batch.records().size() - 1));
      }
    }
  }

  @Override
  public void commitRecord(SourceRecord record, RecordMetadata metadata) {
    engine.delivered(record);
  }

  @Override
  public void commit() {
    engine.committed();
  }

  @Override
  public void stop() {
    if (engine != null) {
      engine.close();
    }
    if (coordination != null) {
      coordination.close();
    }
    if (metrics != null) {
      metrics.close();
    }
  }
}
