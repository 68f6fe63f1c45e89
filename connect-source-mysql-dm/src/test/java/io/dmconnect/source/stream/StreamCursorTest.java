package io.dmconnect.source.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.offset.PreparedTransactions;
import io.dmconnect.source.offset.RecentVersions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StreamCursorTest {
  private static final String A = "aaaaaaaa-0000-0000-0000-000000000001";
  private static final BinlogPosition START =
      new BinlogPosition("binlog.000001", 100, GtidSet.parse(A + ":1-5"));

  private static StreamCursor cursor(StreamOffset start) {
    return cursor(start, () -> true);
  }

  private static StreamCursor cursor(StreamOffset start, StreamCursor.Settled settled) {
    return new StreamCursor(start, new UncommittedVersions(true, RecentVersions.NONE), settled);
  }

  @Test
  void whileOffsetsOfReadTablesAreNotCommittedATransactionIsReadAgainAsAWhole() throws Exception {
    AtomicBoolean settled = new AtomicBoolean();
    StreamCursor cursor = cursor(StreamOffset.at(START), settled::get);
    cursor.begin(100, A, 6, 1);
    settled.set(true);

    assertThat(cursor.offset(2).row()).isZero();
    assertThat(cursor.offset(2).gtid()).isNull();

    cursor.end(200);
    cursor.begin(200, A, 7, 1);
    assertThat(cursor.offset(2).row()).isEqualTo(2);
  }

  @Test
  void theOffsetAfterATransactionHasItsGtidAndNoRows() throws Exception {
    StreamCursor cursor = cursor(StreamOffset.at(START));
    cursor.begin(100, A, 6, 1);
    cursor.counted();

    StreamOffset after = cursor.offsetAfterEnd(200);
    cursor.end(200);

    assertThat(after.position().gtids()).hasToString(A + ":1-6");
    assertThat(after.position()).isEqualTo(cursor.position());
    assertThat(after.row()).isZero();
  }

  @Test
  void theOffsetInsideATransactionIsItsStart() throws Exception {
    StreamCursor cursor = cursor(StreamOffset.at(START));
    cursor.begin(100, A, 6, 1);

    assertThat(cursor.offset(3).position()).isEqualTo(START);
    assertThat(cursor.offset(3)).containsEntry("gtid", A + ":6").containsEntry("row", 3L);
  }

  @Test
  void onlyTheTransactionOfTheOffsetIsSkippedInto() throws Exception {
    StreamCursor cursor =
        cursor(
            new StreamOffset(
                START, A + ":6", 2, PreparedTransactions.NONE, 0, RecentVersions.NONE));
    String other = "bbbbbbbb-0000-0000-0000-000000000002";
    cursor.begin(100, other, 1, 1);
    assertThat(cursor.isRepeated()).isFalse();
    cursor.counted();
    cursor.end(150);

    cursor.begin(150, A, 6, 1);
    assertThat(cursor.isRepeated()).isTrue();
    cursor.counted();
    assertThat(cursor.isRepeated()).isTrue();
    cursor.counted();
    assertThat(cursor.isRepeated()).isFalse();
  }

  @Test
  void aLostConnectionGoesOnAfterWhatWasHandedOver() throws Exception {
    StreamCursor cursor = cursor(StreamOffset.at(START));
    cursor.begin(100, A, 6, 1);
    cursor.counted();
    cursor.counted();

    cursor.rewind();
    assertThat(cursor.position()).isEqualTo(START);
    cursor.begin(100, A, 6, 1);
    cursor.counted();
    cursor.counted();
    assertThat(cursor.isRepeated()).isFalse();
  }

  @Test
  void aConnectionLostAgainBeforeTheSamePlaceStillSkips() throws Exception {
    StreamCursor cursor =
        cursor(
            new StreamOffset(
                START, A + ":6", 5, PreparedTransactions.NONE, 0, RecentVersions.NONE));
    cursor.begin(100, A, 6, 1);
    cursor.counted();

    cursor.rewind();
    cursor.rewind();
    cursor.begin(100, A, 6, 1);
    for (int i = 0; i < 5; i++) {
      assertThat(cursor.isRepeated()).isTrue();
      cursor.counted();
    }
    assertThat(cursor.isRepeated()).isFalse();
  }

  @Test
  void whatIsReadAgainIsNoProgress() throws Exception {
    StreamCursor cursor = cursor(StreamOffset.at(START));
    cursor.begin(100, A, 6, 1);
    cursor.counted();
    long once = cursor.progress();

    cursor.rewind();
    cursor.onFile("binlog.000001", 4);
    cursor.begin(100, A, 6, 1);
    cursor.counted();
    assertThat(cursor.progress()).isEqualTo(once);
    cursor.counted();
    assertThat(cursor.progress()).isGreaterThan(once);
    cursor.end(200);
    assertThat(cursor.progress()).isGreaterThan(once + 1);
  }

  @Test
  void withoutGtidsTheTransactionIsToldByItsPlace() throws Exception {
    BinlogPosition place = new BinlogPosition("binlog.000001", 100, null);
    StreamCursor cursor =
        cursor(new StreamOffset(place, null, 1, PreparedTransactions.NONE, 0, RecentVersions.NONE));

    cursor.begin(100, null, 0, 1);

    assertThat(cursor.isRepeated()).isTrue();
    assertThat(cursor.offsetAfterEnd(120)).doesNotContainKey("gtids");
  }
}
