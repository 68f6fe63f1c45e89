package io.dmconnect.sink.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.sink.testing.TestDdl;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownTableTest {
  @Test
  void anOffsetThatAFormerReleaseKeptDoesNotTellThatTheTableBeganEmpty() {
    for (long offset : List.of(0L, 7L)) {
      KnownTable known = KnownTable.unpack(TestDdl.keyed(), offset);
      assertThat(known.since()).isEqualTo(offset);
      assertThat(known.isEmptyAt(offset)).isFalse();
    }
  }

  @Test
  void whatIsKnownIsKeptInOneNumber() {
    KnownTable began = KnownTable.emptyAt(TestDdl.keyed(), 0);
    List<KnownTable> all =
        List.of(
            KnownTable.NOTHING,
            began,
            began.changedAt(TestDdl.keyed("a"), 5),
            KnownTable.goneAt(7),
            KnownTable.emptyAt(TestDdl.keyed(), 7).perhapsWithRows(null));
    for (KnownTable known : all) {
      assertThat(KnownTable.unpack(known.schema(), known.packed())).isEqualTo(known);
    }
  }
}
