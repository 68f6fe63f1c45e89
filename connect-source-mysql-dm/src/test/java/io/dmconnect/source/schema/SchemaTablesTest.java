package io.dmconnect.source.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.RecentVersions;
import io.dmconnect.source.offset.SchemaVersion;
import io.dmconnect.source.offset.SchemaVersions;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class SchemaTablesTest {
  private static final String LONG_NAME = "t".repeat(58);

  private final SourcePartitions partitions = new SourcePartitions("s1");
  private final Map<Map<String, ?>, Map<String, Object>> committed = new HashMap<>();
  private SchemaTables listed = restarted(RecentVersions.NONE);

  private SchemaTables restarted(RecentVersions recent) {
    OffsetReader reader = committed::get;
    return new SchemaTables(partitions, recent.over(reader), recent, "h");
  }

  private void commit(List<SourceRecord> records) {
    for (SourceRecord record : records) {
      committed.put(record.sourcePartition(), new LinkedHashMap<>(record.sourceOffset()));
    }
  }

  private static Transaction at(long offset) {
    return new Transaction("binlog.000001", offset, null, 0);
  }

  private void streamIsCommittedAt(long offset) {
    committed.put(
        partitions.stream(), StreamOffset.at(new BinlogPosition("binlog.000001", offset, null)));
  }

  private static List<TableId> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> new TableId("db", "t" + i)).toList();
  }

  @Test
  void namesAreThereAfterARestart() {
    commit(listed.add(List.of(new TableId("db", "a"), new TableId("db", "b,`c"))));
    commit(listed.add(List.of(new TableId("other", "a"))));

    assertThat(restarted(RecentVersions.NONE).of("db"))
        .containsExactlyInAnyOrder(new TableId("db", "a"), new TableId("db", "b,`c"));
  }

  @Test
  void aKnownNameMakesNoRecord() {
    commit(listed.add(numbered(3)));

    assertThat(listed.add(numbered(2))).isEmpty();
    assertThat(restarted(RecentVersions.NONE).present(numbered(3))).isEmpty();
    assertThat(listed.add(numbered(4))).hasSize(1);
  }

  @Test
  void aNameThatOnlyTheStreamsOffsetTellsIsKnownAndStillWritten() {
    TableId made = new TableId("d.b", "t`1");
    UncommittedVersions uncommitted = new UncommittedVersions(true, RecentVersions.NONE);
    uncommitted.add(made, new SchemaVersion(at(100), "{}"));
    SchemaTables restarted = restarted(uncommitted.current());

    assertThat(restarted.of("d.b")).containsExactly(made);
    assertThat(restarted.add(List.of(made))).hasSize(1);
  }

  @Test
  void manyNamesAreInSeveralOffsets() {
    List<TableId> tables = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      tables.add(new TableId("db", LONG_NAME + i));
    }
    List<SourceRecord> records = listed.add(tables);
    commit(records);

    assertThat(records).hasSize(3);
    assertThat(records)
        .allMatch(record -> record.sourceOffset().toString().length() < 2 * TableList.PART_LENGTH);
    assertThat(restarted(RecentVersions.NONE).of("db")).containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void aLostPartDoesNotHideThoseBehindIt() {
    List<TableId> tables = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      tables.add(new TableId("db", LONG_NAME + i));
    }
    commit(listed.add(tables));
    committed.remove(partitions.schema("db", 1));
    SchemaTables restarted = restarted(RecentVersions.NONE);
    int left = restarted.of("db").size();
    commit(restarted.present(tables));

    assertThat(left).isBetween(2000, 4000);
    assertThat(restarted(RecentVersions.NONE).of("db")).hasSize(5000);
  }

  @Test
  void endedTablesAreLeftOutOnlyWhenTheStreamCannotComeToThemAgain() {
    commit(listed.add(numbered(100)));
    for (int i = 0; i < 80; i++) {
      listed.ended(new TableId("db", "t" + i), at(100 + i));
    }
    commit(listed.add(List.of(new TableId("db", "without position"))));
    assertThat(restarted(RecentVersions.NONE).of("db")).hasSize(101);

    streamIsCommittedAt(170);
    commit(listed.add(List.of(new TableId("db", "t3"), new TableId("db", "one more"))));

    assertThat(restarted(RecentVersions.NONE).of("db"))
        .hasSize(102 - 69)
        .contains(new TableId("db", "t3"), new TableId("db", "t70"))
        .doesNotContain(new TableId("db", "t69"));
  }

  @Test
  void whatEndedInEarlierRunsIsLeftOutToo() {
    commit(listed.add(numbered(100)));
    for (TableId ended : numbered(80)) {
      committed.put(
          partitions.table(ended),
          SchemaVersions.NONE.with(new SchemaVersion(at(100), null)).toMap());
    }
    streamIsCommittedAt(170);
    SchemaTables restarted = restarted(RecentVersions.NONE);
    commit(restarted.present(List.of(new TableId("db", "t90"))));

    commit(restarted.add(List.of(new TableId("db", "new"))));

    assertThat(restarted(RecentVersions.NONE).of("db")).hasSize(21);
  }
}
