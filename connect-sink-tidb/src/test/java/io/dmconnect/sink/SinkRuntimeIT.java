package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TaskDriver;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a task leaves behind. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class SinkRuntimeIT {
  private static final String NAME = "sinktask_runtime";
  private static final long LIMIT_MILLIS = 20_000;

  @AfterEach
  void dropSchema() {
    new DevTiDb().run("DROP DATABASE IF EXISTS " + NAME + "_meta");
  }

  @Test
  void aTaskWhoseStartFailsAtItsEndLeavesNoThreadBehind() throws InterruptedException {
    TestTopic topic = new TestTopic(new TableId(NAME, "t"), TestDdl.keyed());
    String[] merge = {
      "shard-mode", "optimistic",
      "coordinator.zookeeper.connect", "127.0.0.1:1",
      "coordinator.task", NAME,
      "coordinator.expected-sources", "src"
    };
    try (TaskDriver task = new TaskDriver(NAME, merge)) {
      task.context()
          .metrics(
              () -> {
                throw new IllegalStateException("no metrics today");
              });

      assertThatThrownBy(() -> task.open(topic)).hasMessageContaining("no metrics today");
    }

    List<Thread> left =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().contains(NAME))
            .toList();
    for (Thread thread : left) {
      thread.join(LIMIT_MILLIS);
    }

    assertThat(left).noneMatch(Thread::isAlive);
  }
}
