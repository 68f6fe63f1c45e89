package io.dmconnect.sink.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourcePositionTest {
  private static SourcePosition at(String file, long pos, long millis, String gtid) {
    return new SourcePosition(file, pos, 0, true, millis, gtid);
  }

  @Test
  void knowsTheSameChangeAgain() {
    SourcePosition seen = at("binlog.000009", 400, 1000, "u:7");
    assertThat(seen.isRepeatOf(seen)).isTrue();
    assertThat(at("binlog.000009", 300, 1000, "u:7").isRepeatOf(seen)).isTrue();
    assertThat(at("binlog.000008", 900, 900, "u:5").isRepeatOf(seen)).isTrue();
  }

  @Test
  void takesWhatComesLaterInTheBinlogAsNew() {
    SourcePosition seen = at("binlog.000009", 400, 1000, null);
    assertThat(at("binlog.000009", 401, 1000, null).isRepeatOf(seen)).isFalse();
    assertThat(at("binlog.1000000", 4, 1000, null).isRepeatOf(at("binlog.999999", 9, 1000, null)))
        .isFalse();
  }

  @Test
  void takesTheInsertOfAKeyChangeAsNewAfterItsDelete() {
    SourcePosition delete = new SourcePosition("b.1", 4, 3, false, 1000, null);
    SourcePosition insert = new SourcePosition("b.1", 4, 3, true, 1000, null);
    assertThat(insert.isRepeatOf(delete)).isFalse();
    assertThat(delete.isRepeatOf(insert)).isTrue();
  }

  @Test
  void takesALaterCommitAsNewAlthoughTheBinlogStartedOver() {
    assertThat(at("b.1", 4, 2000, null).isRepeatOf(at("b.7", 4, 1000, null))).isFalse();
  }

  @Test
  void takesALaterTransactionAsNewAfterAFailOver() {
    assertThat(at("b.1", 4, 1000, "u:8").isRepeatOf(at("b.7", 4, 1000, "u:7"))).isFalse();
    assertThat(at("b.1", 4, 1000, "0-1-8").isRepeatOf(at("b.7", 4, 1000, "0-1-7"))).isFalse();
    assertThat(at("b.1", 4, 1000, "v:1").isRepeatOf(at("b.7", 4, 1000, "u:7"))).isFalse();
  }

  @Test
  void isReadBackFromItsText() {
    SourcePosition position = new SourcePosition("b.1", 4, 3, false, 1000, "u:7");
    assertThat(SourcePosition.parse(position.text())).isEqualTo(position);
    assertThat(SourcePosition.parse(null)).isNull();
    assertThat(SourcePosition.parse("nonsense")).isNull();
  }
}
