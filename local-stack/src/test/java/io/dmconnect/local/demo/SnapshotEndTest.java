package io.dmconnect.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.demo.TopicProgress.Counts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotEndTest {
  private static final String TOPIC = "mysql-1.shop.orders_1";
  private final SnapshotEnd end = new SnapshotEnd(2);

  @Test
  void isNotReachedBeforeEverySourceStreams() {
    assertThat(end.reached(List.of(), counts(100, 100))).isFalse();
    assertThat(end.reached(List.of(5L, 7L), counts(100, 100))).isFalse();
    assertThat(end.reached(List.of(6L, 7L), counts(100, 100))).isFalse();
    assertThat(end.reached(List.of(6L, 8L), counts(100, 100))).isTrue();
  }

  @Test
  void isReachedWhenWhatWasWrittenByThenIsApplied() {
    end.reached(List.of(5L, 7L), counts(100, 10));

    assertThat(end.reached(List.of(6L, 8L), counts(120, 50))).isFalse();
    assertThat(end.reached(List.of(9L, 9L), counts(170, 119))).isFalse();
    assertThat(end.reached(List.of(9L, 9L), counts(180, 120))).isTrue();
  }

  @Test
  void aSourceThatHasNotWrittenYetDoesNotStream() {
    end.reached(List.of(0L, 0L), counts(100, 100));

    assertThat(end.reached(List.of(5L, 5L), counts(100, 100))).isFalse();
    assertThat(end.reached(List.of(6L, 6L), counts(100, 100))).isTrue();
  }

  private static Map<String, Counts> counts(long produced, long applied) {
    return Map.of(TOPIC, new Counts(produced, applied));
  }
}
