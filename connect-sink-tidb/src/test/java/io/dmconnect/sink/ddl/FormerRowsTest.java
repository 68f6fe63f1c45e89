package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.progress.KnownTable;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.testing.TestDdl;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FormerRowsTest {
  private static final TableId T = new TableId("db", "t");
  private static final long OFFSET = 7;
  private static final KnownTable BEGUN = KnownTable.emptyAt(TestDdl.keyed(), 3);

  private static DdlWork work(TestDdl change) {
    return new DdlWork(
        new TopicPartition("src." + T, 0), 1, OFFSET, RecordMark.UNKNOWN, "src", change.event());
  }

  private static DdlWork create(boolean snapshot) {
    TestDdl create = new TestDdl("c", DdlKind.CREATE_TABLE, T, "CREATE TABLE t (id INT)");
    TestDdl change = create.schemas(null, TestDdl.keyed());
    return work(snapshot ? change.snapshot() : change);
  }

  private static boolean isEmptyBehind(DdlWork work, FormerRows rows, KnownTable known) {
    return rows.after(work, known, known.isEmptyAt(known.since())).isEmptyAt(OFFSET);
  }

  private static boolean isEmptyBehindWithRows(DdlWork work, FormerRows rows, KnownTable known) {
    return rows.after(work, known, known.isEmptyAt(known.since() + 1)).isEmptyAt(OFFSET);
  }

  @Test
  void aTableHasNoRowsWhereItsSnapshotBegins() {
    assertThat(isEmptyBehind(create(true), FormerRows.STAY, KnownTable.NOTHING)).isTrue();
    assertThat(isEmptyBehind(create(true), FormerRows.PASSED, KnownTable.goneAt(5))).isTrue();
  }

  @Test
  void aTableHasNoRowsWhereItsSnapshotBeginsAnew() {
    assertThat(isEmptyBehindWithRows(create(true), FormerRows.REMOVED, BEGUN)).isTrue();
    assertThat(isEmptyBehind(create(true), FormerRows.STAY, BEGUN)).isTrue();
  }

  @Test
  void aTableMayHaveRowsWhenThereWereRecordsBeforeItsSnapshot() {
    assertThat(isEmptyBehindWithRows(create(true), FormerRows.STAY, KnownTable.NOTHING)).isFalse();
    assertThat(isEmptyBehindWithRows(create(true), FormerRows.STAY, BEGUN)).isFalse();
  }

  @Test
  void aSnapshotThatIsToldOnceMoreIsNoOtherBeginning() {
    KnownTable after = FormerRows.PASSED.after(create(true), BEGUN, true);
    assertThat(after.since()).isEqualTo(BEGUN.since());
    assertThat(after.isEmptyAt(OFFSET)).isFalse();
  }

  @Test
  void aTableMayHaveRowsAfterItsRecordsWereReadOnceMore() {
    KnownTable later = KnownTable.emptyAt(TestDdl.keyed(), OFFSET);
    TestDdl drop = new TestDdl("d", DdlKind.DROP_TABLE, T, "DROP TABLE t");
    KnownTable gone =
        FormerRows.PASSED.after(work(drop.schemas(TestDdl.keyed(), null)), later, true);
    assertThat(gone.schema()).isNull();
    assertThat(gone.isEmptyAt(OFFSET)).isFalse();
    assertThat(isEmptyBehind(create(true), FormerRows.PASSED, gone)).isFalse();
    assertThat(isEmptyBehind(create(true), FormerRows.STAY, gone)).isFalse();
  }

  @Test
  void aTableThatIsNotCapturedAnyMoreKeepsItsRows() {
    DdlWork deselected = work(TestDdl.deselect(T, TestDdl.keyed()));
    KnownTable after = FormerRows.STAY.after(deselected, BEGUN, true);
    assertThat(after.schema()).isEqualTo(TestDdl.keyed());
    assertThat(after.isEmptyAt(OFFSET)).isFalse();
  }

  @Test
  void aTableMayHaveRowsBehindAnyOtherChange() {
    assertThat(isEmptyBehind(create(false), FormerRows.STAY, KnownTable.NOTHING)).isFalse();
    TestDdl alter = new TestDdl("a", DdlKind.ALTER_TABLE, T, "ALTER TABLE t ADD COLUMN a INT");
    DdlWork added = work(alter.schemas(TestDdl.keyed(), TestDdl.keyed("a")));
    assertThat(isEmptyBehind(added, FormerRows.STAY, KnownTable.NOTHING)).isFalse();
    assertThat(isEmptyBehind(added, FormerRows.STAY, BEGUN)).isFalse();
  }

  @Test
  void aTableThatGotItsNameByARenameMayHaveRowsUntilTheyAreRemoved() {
    TableId old = new TableId("db", "u");
    TestDdl rename = new TestDdl("r", DdlKind.RENAME_TABLE, old, "RENAME TABLE u TO t");
    DdlWork renamed = work(rename.newTable(T).schemas(TestDdl.keyed(), TestDdl.keyed()));
    KnownTable after = FormerRows.STAY.after(renamed, KnownTable.NOTHING, true);
    assertThat(after.isEmptyAt(OFFSET)).isFalse();
    assertThat(isEmptyBehind(create(true), FormerRows.STAY, after)).isFalse();
    assertThat(isEmptyBehind(create(true), FormerRows.REMOVED, after)).isTrue();
  }
}
