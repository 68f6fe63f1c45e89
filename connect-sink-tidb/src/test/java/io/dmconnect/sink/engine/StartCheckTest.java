package io.dmconnect.sink.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.sink.progress.PartitionProgress;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.progress.SlotProgress;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartCheckTest {
  private static StartCheck check() {
    return new StartCheck(
        new TopicPartition("t", 0),
        5,
        new PartitionProgress(1, List.of(slot(0, 5, "five"), slot(1, 9, "nine")), -1));
  }

  private static SlotProgress slot(int number, long offset, String fingerprint) {
    return new SlotProgress(number, offset, new RecordMark(fingerprint, null), null);
  }

  @Test
  void passesTheTopicThatWasApplied() {
    StartCheck check = check();
    check.check(5, () -> "five");
    check.check(6, () -> "six");
    check.check(9, () -> "nine");
    assertThat(check.isOver()).isTrue();
  }

  @Test
  void passesATopicWhoseAppliedRecordExpired() {
    assertThatCode(() -> check().check(6, () -> "six")).doesNotThrowAnyException();
  }

  @Test
  void refusesAGap() {
    assertThatThrownBy(() -> check().check(7, () -> "seven")).hasMessageContaining("at offset 7");
  }

  @Test
  void refusesAnEarlierRecord() {
    assertThatThrownBy(() -> check().check(0, () -> "zero")).hasMessageContaining("DM-20006");
  }

  @Test
  void refusesAnotherRecordInThePlaceOfAnyAppliedOne() {
    assertThatThrownBy(() -> check().check(5, () -> "V")).hasMessageContaining("five then, V now");
    StartCheck check = check();
    check.check(5, () -> "five");
    assertThatThrownBy(() -> check.check(9, () -> "IX")).hasMessageContaining("nine then");
  }
}
