package io.dmconnect.source;

import io.dmconnect.source.engine.SourceEngine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task's metrics (KIP-877); absent on workers older than 4.1. */
final class TaskMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);
  private static final int MILLIS = 1_000;

  private final Runnable remove;

  private TaskMetrics(Runnable remove) {
    this.remove = remove;
  }

  static TaskMetrics register(
      SourceTaskContext context, String source, SourceEngine engine, Clock clock) {
    try {
      return register(context.pluginMetrics(), source, engine, clock);
    } catch (NoSuchMethodError | NoClassDefFoundError | AbstractMethodError e) {
      LOG.info("This worker has no plugin metrics, they come with Kafka Connect 4.1");
      return new TaskMetrics(() -> {});
    }
  }

  private static TaskMetrics register(
      PluginMetrics metrics, String source, SourceEngine engine, Clock clock) {
    List<MetricName> names = new ArrayList<>();
    if (metrics == null) {
      return new TaskMetrics(() -> {});
    }
    LinkedHashMap<String, String> tags = new LinkedHashMap<>();
    tags.put("source", source);
    try {
      gauges(clock)
          .forEach(
              (name, gauge) -> {
                MetricName metric = metrics.metricName(name, gauge.description, tags);
                metrics.addMetric(
                    metric, (Gauge<Long>) (c, now) -> gauge.value.applyAsLong(engine));
                names.add(metric);
              });
    } catch (IllegalArgumentException e) {
      LOG.warn("This task has no metrics: a former one has not ended yet", e);
    }
    return new TaskMetrics(() -> names.forEach(metrics::removeMetric));
  }

  private record Described(String description, ToLongFunction<SourceEngine> value) {}

  private static Map<String, Described> gauges(Clock clock) {
    Map<String, Described> gauges = new LinkedHashMap<>();
    gauges.put(
        "snapshot-rows-total",
        new Described("Rows the snapshot has read", e -> e.snapshotMetrics().rowCount()));
    gauges.put(
        "snapshot-rows-estimated",
        new Described(
            "The server's estimate of the rows to read", e -> e.snapshotMetrics().estimatedRows()));
    gauges.put(
        "snapshot-tables-done",
        new Described("Tables that are complete", e -> e.snapshotMetrics().doneTables()));
    gauges.put(
        "snapshot-tables-total",
        new Described("Tables to read", e -> e.snapshotMetrics().totalTables()));
    gauges.put(
        "binlog-rows-total",
        new Described("Row changes read from the binlog", e -> e.streamMetrics().rowCount()));
    gauges.put(
        "binlog-transactions-total",
        new Described("Transactions read", e -> e.streamMetrics().transactionCount()));
    gauges.put(
        "binlog-schema-changes-total",
        new Described("Schema changes read", e -> e.streamMetrics().schemaChangeCount()));
    gauges.put(
        "binlog-bytes-total",
        new Described("Bytes of events read", e -> e.streamMetrics().byteCount()));
    gauges.put(
        "last-event-age-ms",
        new Described(
            "Age of the last event read; -1 before the first", e -> lastEventAge(e, clock)));
    gauges.put(
        "queue-bytes",
        new Described("Heap held by records on their way", SourceEngine::waitingBytes));
    return gauges;
  }

  private static long lastEventAge(SourceEngine engine, Clock clock) {
    long seconds = engine.streamMetrics().lastEventSeconds();
    return seconds == 0 ? -1 : Math.max(0, clock.millis() - seconds * MILLIS);
  }

  void close() {
    remove.run();
  }
}
