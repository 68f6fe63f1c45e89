package io.dmconnect.sink.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.RowFit;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.testing.TestDdl;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassedOverNotesTest {
  private static final TableId TABLE = new TableId("shop", "orders_1");
  private static final TableId MERGED = new TableId("shop", "orders");
  private static final MemberId MEMBER = new MemberId("src", TABLE);
  private static final ColumnType POINT = ColumnType.of("point");

  private final FakeTarget target = new FakeTarget();
  private final PassedOverNotes notes = new PassedOverNotes(target, target);

  @BeforeEach
  void merge() {
    target.merged(TestDdl.keyed());
  }

  private boolean decided(RowFit fit, TableSchema before, TableSchema after) {
    return decided(
        MEMBER,
        fit,
        DdlRequest.of("r", MEMBER, DdlKind.ALTER_TABLE, List.of("ALTER"), before, after));
  }

  private boolean decided(MemberId member, RowFit fit, DdlRequest request) {
    TopicPartition partition = new TopicPartition("src." + member.table(), 0);
    return notes.decided(
        new MemberDesk.Place(partition, 1, member, MERGED, false, true), fit, request);
  }

  private PassedOver of(TableId table, TableSchema schema) {
    return new MemberColumns(target, target).of("src", table, MERGED, () -> schema);
  }

  private static TableSchema with(TableSchema schema, ColumnSchema column) {
    List<ColumnSchema> all = new ArrayList<>(schema.columns());
    all.removeIf(known -> known.name().equals(column.name()));
    all.add(column);
    return TableSchema.of(all, schema.indexes());
  }

  private static DdlRequest renamed(TableId from, TableId to) {
    return new DdlRequest(
        "r",
        new MemberId("src", from),
        DdlKind.RENAME_TABLE,
        List.of(),
        TestDdl.keyed("a"),
        TestDdl.keyed("a"),
        new TreeMap<>(),
        new TreeSet<>(),
        new MemberId("src", to));
  }

  @Test
  void aMemberThatFitsIsNotNoted() {
    assertThat(decided(RowFit.FITS, TestDdl.keyed(), TestDdl.keyed("a"))).isFalse();

    assertThat(of(TABLE, TestDdl.keyed("a"))).isEqualTo(PassedOver.NOTHING);
  }

  @Test
  void theSameDecisionIsNotedOnce() {
    assertThat(decided(RowFit.PASSED_OVER, TestDdl.keyed(), TestDdl.keyed("a"))).isTrue();
    assertThat(decided(RowFit.PASSED_OVER, TestDdl.keyed(), TestDdl.keyed("a"))).isFalse();
  }

  @Test
  void aFurtherChangeOfTheColumnKeepsItPassedOver() {
    decided(RowFit.PASSED_OVER, TestDdl.keyed(), TestDdl.keyed("a"));

    decided(RowFit.FITS, TestDdl.keyed("a"), TestDdl.keyed("b"));

    assertThat(of(TABLE, TestDdl.keyed("b")).leftOut()).containsExactly("b");
  }

  @Test
  void aColumnThatHasItsPlaceAgainIsForgottenAtTheNextChange() {
    decided(RowFit.PASSED_OVER, TestDdl.keyed(), TestDdl.keyed("a"));
    target.merged(TestDdl.keyed("a"));

    decided(RowFit.FITS, TestDdl.keyed("a"), TestDdl.keyed("a", "b"));
    target.merged(TestDdl.keyed());

    assertThat(of(TABLE, TestDdl.keyed("a")).leftOut()).isEmpty();
  }

  @Test
  void aRenamedTableKeepsWhatIsPassedOver() {
    TableId renamed = new TableId("shop", "orders_9");
    decided(RowFit.PASSED_OVER, TestDdl.keyed(), TestDdl.keyed("a"));
    decided(MEMBER, RowFit.FITS, renamed(TABLE, renamed));

    assertThat(of(renamed, TestDdl.keyed("a")).leftOut()).containsExactly("a");
  }

  @Test
  void aNameThatAnotherTableTakesOverLosesWhatWasNotedOfTheFormerOne() {
    TableId other = new TableId("shop", "orders_9");
    decided(RowFit.PASSED_OVER, TestDdl.keyed(), TestDdl.keyed("a"));

    decided(new MemberId("src", other), RowFit.FITS, renamed(other, TABLE));

    assertThat(of(TABLE, TestDdl.keyed("a"))).isEqualTo(PassedOver.NOTHING);
  }

  @Test
  void aTableThatIsTakenThoughItDiffersIsPassedOverWhereItDoes() {
    decided(RowFit.OUT, TestDdl.keyed(), TestDdl.keyed());

    decided(MEMBER, RowFit.PASSED_OVER, null);
    assertThat(of(TABLE, TestDdl.keyed("a")).leftOut()).as("still out").containsExactly("a");
    decided(MEMBER, RowFit.PASSED_OVER, DdlRequest.joins(MEMBER, TestDdl.keyed("a")));

    assertThat(of(TABLE, TestDdl.keyed("a", "b")).leftOut()).containsExactly("a");
  }

  @Test
  void aTypeThatTheTargetKeepsAsAnotherOneFits() {
    ColumnSchema point = ColumnSchema.of("p", POINT, true);
    target.merged(with(TestDdl.keyed(), ColumnSchema.of("p", ColumnType.of("longblob"), true)));

    decided(RowFit.PASSED_OVER, TestDdl.keyed(), with(TestDdl.keyed("a"), point));

    assertThat(of(TABLE, with(TestDdl.keyed("a"), point)).leftOut()).containsExactly("a");
  }

  @Test
  void aTableThatIsOutPassesOverWhateverTheMergedTableLoses() {
    decided(MEMBER, RowFit.OUT, null);

    assertThat(of(TABLE, TestDdl.keyed("a")).leftOut()).containsExactly("a");
    decided(MEMBER, RowFit.FITS, null);
    assertThat(of(TABLE, TestDdl.keyed("a"))).isEqualTo(PassedOver.NOTHING);
  }
}
