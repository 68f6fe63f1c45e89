package io.dmconnect.sink;

import io.dmconnect.sink.engine.SinkMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task's metrics (KIP-877); absent on workers older than 4.1. */
final class TaskMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);

  private record Described(String description, ToLongFunction<SinkMetrics> value) {}

  /** Registers them, unless a former task has them still; the worker removes them with the task. */
  static void register(SinkTaskContext context, SinkMetrics metrics) {
    try {
      PluginMetrics plugin = context.pluginMetrics();
      if (plugin != null) {
        gauges()
            .forEach(
                (name, gauge) ->
                    plugin.addMetric(
                        plugin.metricName(name, gauge.description, new LinkedHashMap<>()),
                        (Gauge<Long>) (config, now) -> gauge.value.applyAsLong(metrics)));
      }
    } catch (NoSuchMethodError | NoClassDefFoundError | AbstractMethodError e) {
      LOG.info("This worker has no plugin metrics, they come with Kafka Connect 4.1");
    } catch (IllegalArgumentException e) {
      LOG.warn("This task has no metrics: a former one has not ended yet", e);
    }
  }

  private static Map<String, Described> gauges() {
    Map<String, Described> gauges = new LinkedHashMap<>();
    gauges.put(
        "rows-written-total", new Described("Row changes that are durable", SinkMetrics::rows));
    gauges.put(
        "transactions-total",
        new Described("Transactions committed to the target", SinkMetrics::transactions));
    gauges.put(
        "transaction-time-ns-total",
        new Described("Time all writers spent in transactions", SinkMetrics::nanos));
    gauges.put(
        "retries-total",
        new Described("Times something was tried again on the target", SinkMetrics::retries));
    gauges.put(
        "queued-rows",
        new Described("Row changes taken from Kafka and not durable", SinkMetrics::queuedRows));
    gauges.put(
        "queued-bytes",
        new Described("About how much memory these hold", SinkMetrics::queuedBytes));
    gauges.put(
        "lag-ms",
        new Described(
            "Age of the oldest upstream change that was taken and is not durable; 0 when there is"
                + " none",
            SinkMetrics::lagMillis));
    gauges.put(
        "held-back-partitions",
        new Described(
            "Partitions that wait for a schema change or are held back by an error",
            SinkMetrics::heldBack));
    gauges.put(
        "schema-changes-total",
        new Described("Schema changes that were carried out", SinkMetrics::schemaChanges));
    return gauges;
  }

  private TaskMetrics() {}
}
