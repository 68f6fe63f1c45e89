package io.dmconnect.sink.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A worker's context that remembers what it was asked. */
public final class FakeContext implements SinkTaskContext {
  private final Map<TopicPartition, Long> rewound = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private final Set<TopicPartition> assigned = new HashSet<>();
  private ErrantRecordReporter reporter;
  private boolean commitRequested;
  private Supplier<PluginMetrics> metrics =
      () -> {
        throw new NoSuchMethodError("as on a worker before 4.1");
      };

  /** What the worker answers to a task that asks for its metrics. */
  public void metrics(Supplier<PluginMetrics> answer) {
    metrics = answer;
  }

  /** Partitions the consumer has. */
  public void assign(Set<TopicPartition> partitions) {
    assigned.addAll(partitions);
  }

  /** Makes the reporter available. */
  public void reporter(ErrantRecordReporter errantRecordReporter) {
    reporter = errantRecordReporter;
  }

  /** Where the task went back to. */
  public Map<TopicPartition, Long> rewound() {
    return rewound;
  }

  /** What is paused. */
  public Set<TopicPartition> paused() {
    return paused;
  }

  /** Whether a commit was asked for. */
  public boolean commitRequested() {
    return commitRequested;
  }

  @Override
  public Map<String, String> configs() {
    return Map.of();
  }

  @Override
  public void offset(Map<TopicPartition, Long> offsets) {
    rewound.putAll(offsets);
  }

  @Override
  public void offset(TopicPartition partition, long offset) {
    rewound.put(partition, offset);
  }

  @Override
  public void timeout(long timeoutMs) {}

  @Override
  public Set<TopicPartition> assignment() {
    return assigned;
  }

  @Override
  public void pause(TopicPartition... partitions) {
    paused.addAll(Set.of(partitions));
  }

  @Override
  public void resume(TopicPartition... partitions) {
    paused.removeAll(Set.of(partitions));
  }

  @Override
  public void requestCommit() {
    commitRequested = true;
  }

  @Override
  public ErrantRecordReporter errantRecordReporter() {
    return reporter;
  }

  @Override
  public PluginMetrics pluginMetrics() {
    return metrics.get();
  }
}
