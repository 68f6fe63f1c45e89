package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.ddl;
import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isDdl;
import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.testing.Records;
import io.dmconnect.source.testing.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schema changes of a table with several partitions, of which the first has each before others. */
class FirstPartitionIT extends TaskOnMysql {
  /** Topic and partition of the schema changes among records. */
  private static List<String> places(List<SourceRecord> records) {
    return records.stream()
        .filter(Records::isDdlRecord)
        .map(record -> record.topic() + '-' + record.kafkaPartition())
        .toList();
  }

  private static String place(String table, int partition) {
    return Upstream.topic(table) + '-' + partition;
  }

  /** Takes a change of table t step by step: what is given out before each delivery. */
  private List<SourceRecord> inTwoSteps(Predicate<SourceRecord> change, String table)
      throws InterruptedException {
    List<SourceRecord> first = driver.until(change);
    assertThat(places(first)).containsExactly(place(table, 0));
    assertThat(places(driver.next())).isEmpty();
    driver.deliver(first);
    List<SourceRecord> all = new ArrayList<>(first);
    all.addAll(driver.until(change));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock_free", "lock"})
  void aSnapshotsBeginningIsInTheFirstPartitionBeforeItLeavesForTheOthers(String consistency)
      throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.fill("t", 1, 20);
    driver
        .withoutDelivery()
        .start(Map.of("topic.partitions", "3", "snapshot.consistency", consistency));
    List<SourceRecord> records = inTwoSteps(isDdl("CREATE_TABLE"), "t");

    assertThat(places(records)).containsExactly(place("t", 0), place("t", 1), place("t", 2));
    assertThat(records.subList(0, 2))
        .allMatch(r -> "CREATE".equals(r.sourceOffset().get("pending")));
    assertThat(records.get(2).sourceOffset()).doesNotContainKey("pending");
    assertThat(records.get(0).sourceOffset()).isEqualTo(records.get(1).sourceOffset());
  }

  @Test
  void aTableWithoutKeyIsReadBehindItsBeginningInTheFirstPartition() throws Exception {
    sql.run("CREATE TABLE t (v INT)", "INSERT INTO t VALUES (1), (1)");
    driver.withoutDelivery().start(SPREAD);
    List<SourceRecord> records = inTwoSteps(isDdl("CREATE_TABLE"), "t");

    assertThat(records).hasSize(5);
    assertThat(records.get(4)).matches(record -> done(record, "src.t"));
  }

  @Test
  void severalTablesAreBegunWithoutWaitingForEachOther() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "CREATE TABLE u (id INT PRIMARY KEY)");
    driver.withoutDelivery().start(SPREAD);
    List<SourceRecord> first =
        driver.untilAll(
            List.of(
                r -> r.topic().equals(Upstream.topic("t")),
                r -> r.topic().equals(Upstream.topic("u"))));
    assertThat(places(first)).containsExactlyInAnyOrder(place("t", 0), place("u", 0));

    driver.deliver(first.stream().filter(r -> r.topic().equals(Upstream.topic("u"))).toList());
    assertThat(places(driver.until(r -> done(r, "src.u"))))
        .containsExactly(place("u", 1), place("u", 2));
  }

  @Test
  void whatTakesASnapshotBackIsInTheFirstPartitionBeforeItLeavesForTheOthers() throws Exception {
    sql.run("CREATE TABLE t (v INT)", "INSERT INTO t VALUES (1), (1)");
    List<SourceRecord> begun = driver.start(SPREAD).until(r -> done(r, "src.t"));
    driver.kill();
    driver.commit(begun.subList(0, begun.size() - 1));
    driver.withoutDelivery().start(SPREAD);
    List<SourceRecord> dropped = inTwoSteps(isDdl("DROP_TABLE"), "t");
    dropped.addAll(driver.until(isDdl("CREATE_TABLE")));

    assertThat(dropped)
        .extracting(record -> ddl(record).getString("kind") + ' ' + record.kafkaPartition())
        .containsExactly("DROP_TABLE 0", "DROP_TABLE 1", "DROP_TABLE 2", "CREATE_TABLE 0");
  }

  @Test
  void aDumpWhoseWorkerTellsOfDeliveriesOnlyBehindALaterBatchGoesOn() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    driver.withoutDelivery().start(SPREAD);
    List<SourceRecord> records = driver.until(r -> r.topic().equals("__dm-heartbeat.s1"));
    SourceRecord carrier = records.get(records.size() - 1);
    assertThat(places(records)).containsExactly(place("t", 0));
    assertThat(carrier.sourcePartition()).isEqualTo(records.get(0).sourcePartition());
    assertThat(carrier.sourceOffset()).isEqualTo(records.get(0).sourceOffset());

    driver.deliver(records);
    assertThat(places(driver.until(r -> done(r, "src.t"))))
        .containsExactly(place("t", 1), place("t", 2));
  }

  @Test
  void aStreamedChangeIsInTheFirstPartitionBeforeItLeavesForTheOthers() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.startStreaming(SPREAD);
    driver.withoutDelivery();
    sql.run("ALTER TABLE t ADD COLUMN v INT", "INSERT INTO t VALUES (1, 1)");
    List<SourceRecord> records = inTwoSteps(isDdl("ALTER_TABLE"), "t");
    assertThat(places(records)).containsExactly(place("t", 0), place("t", 1), place("t", 2));

    driver.deliver(records);
    assertThat(driver.until(isRow("c", 1))).anyMatch(r -> r.topic().equals("s1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aRenameIsInTheFirstPartitionsOfBothTopicsOneAfterTheOther(int partitions) throws Exception {
    sql.run("CREATE TABLE b (id INT PRIMARY KEY)");
    driver.committed(upstream.startStreaming(Map.of("topic.partitions", "" + partitions)));
    driver.withoutDelivery();
    sql.run("RENAME TABLE b TO a");
    List<SourceRecord> newName = driver.until(isDdl("RENAME_TABLE"));
    assertThat(places(newName)).containsExactly(place("a", 0));
    assertThat(places(driver.next())).isEmpty();
    driver.deliver(newName);
    List<SourceRecord> oldName = driver.until(isDdl("RENAME_TABLE"));
    assertThat(places(oldName)).containsExactly(place("b", 0));
    driver.deliver(oldName);

    List<SourceRecord> rest = driver.until(r -> partitions == 1 || isDdl("RENAME_TABLE").test(r));
    assertThat(places(rest)).hasSize(2 * (partitions - 1)).doesNotHaveDuplicates();
  }
}
