package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.SinkSchemas;
import io.dmconnect.sink.testing.SnapshotDdl;
import io.dmconnect.sink.testing.TaskDriver;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Schema changes of a source that was killed before it had sent them to all partitions. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class HalfSentChangesIT {
  private static final String SCHEMA = "sinktask_half_sent";
  private static final TableId T = new TableId(SCHEMA, "t");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @RegisterExtension final SinkSchemas target = new SinkSchemas(SCHEMA);

  private final TestTopic first = new TestTopic(T, TestDdl.keyed());
  private final TestTopic second = new TestTopic(T, TestDdl.keyed(), 1);
  private final TestTopic third = new TestTopic(T, TestDdl.keyed(), 2);

  private static void begin(int position, TestTopic... topics) {
    for (TestTopic topic : topics) {
      topic.ddl(SnapshotDdl.beginIn(3, T, position, TestDdl.keyed()));
    }
  }

  private static void takeBack(String place, TestTopic... topics) {
    for (TestTopic topic : topics) {
      topic.ddl(SnapshotDdl.takeBackIn(3, T, place, TestDdl.keyed()));
    }
  }

  private void assertAllOver() {
    assertThat(target.ledgerStates()).containsOnly("done");
    assertThat(target.arrivals()).isEmpty();
  }

  @Test
  void aSnapshotsBeginningInSomePartitionsIsPassedAndItsRowsGoWithTheNextOne() {
    begin(4, first, third);
    first.read(1, "deleted upstream meanwhile");
    begin(100, first, second, third);
    first.read(2, "b");
    second.read(3, "c");
    third.read(4, "d");
    target.deliver(first, second, third);

    assertThat(target.rows(T)).containsExactly("2,b", "3,c", "4,d");
    assertAllOver();
  }

  @Test
  void attemptsOfSeveralKillsArePassedOneAfterTheOtherByTasksOfTheirOwn() {
    begin(4, first);
    begin(50, first, second);
    begin(100, first, second, third);
    third.read(1, "a");
    try (TaskDriver one = target.driver();
        TaskDriver other = target.driver()) {
      one.open(first);
      other.open(second, third);
      other.put(List.copyOf(second.from(0)));
      other.put(List.copyOf(third.from(0)));
      one.put(first.from(0));
      deliverBoth(one, other);
    }

    assertThat(target.rows(T)).containsExactly("1,a");
    assertAllOver();
  }

  private void deliverBoth(TaskDriver one, TaskDriver other) {
    Await.until(
        "all partitions to be at their ends",
        LIMIT,
        () -> {
          one.put(List.of());
          other.put(List.of());
          return isDurable(one, first) && isDurable(other, second) && isDurable(other, third);
        });
  }

  private static boolean isDurable(TaskDriver task, TestTopic topic) {
    return task.durable().containsKey(topic.partition())
        && task.durable().get(topic.partition()).offset() > topic.last().kafkaOffset();
  }

  @Test
  void aSnapshotsEndInSomePartitionsIsPassedAndRowsBehindItGoWithTheNextOne() {
    begin(4, first, second, third);
    second.read(1, "deleted upstream meanwhile");
    takeBack("4:1", first, third);
    takeBack("4:2", first, second, third);
    begin(100, first, second, third);
    second.read(2, "b");
    target.deliver(first, second, third);

    assertThat(target.rows(T)).containsExactly("2,b");
    assertAllOver();
  }
}
