package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.sink.testing.FakeContext;
import java.util.Map;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskMetricsTest {
  private final Metrics registry = new Metrics();

  @AfterEach
  void close() {
    registry.close();
  }

  private void register() {
    FakeContext context = new FakeContext();
    context.metrics(() -> new PluginMetricsImpl(registry, Map.of("connector", "c", "task", "0")));
    TaskMetrics.register(context, null);
  }

  private long registered() {
    return registry.metrics().keySet().stream()
        .filter(metric -> metric.name().equals("rows-written-total"))
        .count();
  }

  @Test
  void aTaskStartsWithoutMetricsWhileAFormerOneHasThem() {
    register();
    register();

    assertThat(registered()).isEqualTo(1);
  }
}
