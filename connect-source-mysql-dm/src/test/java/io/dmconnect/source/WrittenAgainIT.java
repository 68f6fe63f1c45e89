package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.ddl;
import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.testing.Records;
import io.dmconnect.source.testing.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ids of the schema changes that a task writes again after a kill, on a server where nothing
 * happens meanwhile: a reader passes over an id it has had.
 */
class WrittenAgainIT extends TaskOnMysql {
  private List<SourceRecord> dump(Map<String, String> config) throws InterruptedException {
    List<SourceRecord> records = driver.start(config).until(r -> done(r, "src.t"));
    driver.kill();
    return records;
  }

  private static List<SourceRecord> changes(List<SourceRecord> records) {
    return records.stream().filter(Records::isDdlRecord).toList();
  }

  private static List<String> ids(List<SourceRecord> records) {
    return changes(records).stream().map(r -> ddl(r).getString("id")).toList();
  }

  /** The ids by the partition of the topic that has them. */
  private static Map<Integer, List<String>> idsByPartition(List<SourceRecord> records) {
    Map<Integer, List<String>> ids = new TreeMap<>();
    for (SourceRecord record : changes(records)) {
      ids.merge(
          record.kafkaPartition(),
          List.of(ddl(record).getString("id")),
          (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    }
    return ids;
  }

  @Test
  void aSnapshotWithoutKeyThatBeginsAgainIsAnotherOne() throws Exception {
    sql.run("CREATE TABLE t (v INT)", "INSERT INTO t VALUES (1), (1)");

    assertThat(ids(dump(Map.of()))).hasSize(1).doesNotContainAnyElementsOf(ids(dump(Map.of())));
  }

  @Test
  void aSnapshotWithKeyThatBeginsAgainIsTheSame() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");

    assertThat(ids(dump(Map.of()))).hasSize(1).isEqualTo(ids(dump(Map.of())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock_free", "lock"})
  void whatASnapshotWithoutKeyTakesBackAndWritesAnewAreOthersEachTime(String consistency)
      throws Exception {
    Map<String, String> config = Map.of("snapshot.consistency", consistency);
    sql.run("CREATE TABLE t (v INT)", "INSERT INTO t VALUES (1), (1)");
    List<SourceRecord> first = dump(config);
    driver.commit(first.subList(0, 2));
    List<SourceRecord> second = dump(config);
    driver.commit(second.subList(0, 3));
    List<SourceRecord> third = dump(config);

    List<String> all = new ArrayList<>(ids(first));
    all.addAll(ids(second));
    all.addAll(ids(third));

    assertThat(all).hasSize(5).doesNotHaveDuplicates();
    assertThat(ddl(second.get(0)).getString("kind")).isEqualTo("DROP_TABLE");
  }

  @Test
  void aSnapshotWithoutKeyWhoseBeginningIsCommittedKeepsItsIdUntilItIsTakenBack() throws Exception {
    sql.run("CREATE TABLE t (v INT)", "INSERT INTO t VALUES (1), (1)");
    driver.commit(dump(Map.of()).subList(0, 2));
    List<SourceRecord> written = dump(Map.of());
    driver.commit(written.subList(0, 1));
    List<String> second = ids(written);

    List<String> third = ids(dump(Map.of()));

    assertThat(third).hasSize(3).startsWith(second.get(1)).doesNotContain(second.get(0));
    assertThat(third.get(1)).contains(":snapshot-again:");
  }

  @Test
  void whatASnapshotWithKeyTakesBackAndWritesAnewAreOthersEachTime() throws Exception {
    List<String> all = new ArrayList<>(ids(beginAndChange(Map.of())));
    List<SourceRecord> second = dump(Map.of());
    all.addAll(ids(second));
    all.addAll(ids(dump(Map.of())));

    assertThat(all).hasSize(5).doesNotHaveDuplicates();
    assertThat(changes(second))
        .extracting(r -> ddl(r).getString("kind"))
        .containsExactly("DROP_TABLE", "CREATE_TABLE");
  }

  @Test
  void aSnapshotWithKeyThatTookOneBackGoesOnWithItsId() throws Exception {
    beginAndChange(SPREAD);
    List<SourceRecord> second = dump(SPREAD);
    driver.commit(second.subList(0, 4));

    assertThat(idsByPartition(dump(SPREAD)))
        .isEqualTo(idsByPartition(changes(second).subList(3, 6)));
  }

  @Test
  void aDropThatIsInSomePartitionsOnlyIsRepeatedWithItsIdBeforeAnotherDropAndCreate()
      throws Exception {
    beginAndChange(SPREAD);
    List<SourceRecord> second = dump(SPREAD);
    driver.commit(second.subList(0, 1));

    Map<Integer, List<String>> third = idsByPartition(dump(SPREAD));

    List<String> before = idsByPartition(second).get(0);
    assertThat(third).containsOnlyKeys(0, 1, 2);
    assertThat(third.values())
        .allMatch(ids -> ids.size() == 3)
        .allMatch(ids -> ids.get(0).equals(before.get(0)))
        .allMatch(ids -> ids.get(1).contains(":snapshot-again:"))
        .noneMatch(ids -> ids.subList(1, 3).stream().anyMatch(before::contains));
  }

  @Test
  void aTableThatIsGoneIsTakenBackWithAnotherIdEachTime() throws Exception {
    sql.run("CREATE TABLE beat (id INT PRIMARY KEY)", "CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.fill("t", 1, 10);
    List<SourceRecord> first =
        driver.start().untilAll(List.of(r -> done(r, "src.t"), r -> done(r, "src.beat")));
    driver.kill();
    driver.commit(first.stream().filter(r -> r.topic().equals(Upstream.topic("beat"))).toList());
    driver.commit(first.stream().filter(isRow("r", 5).or(isRow("r", 6))).toList());
    sql.run("DROP TABLE t", "INSERT INTO beat VALUES (7)");

    Map<Map<String, ?>, Map<String, ?>> before = driver.offsets();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      driver.restore(before);
      driver.committing();
      all.addAll(ids(driver.start().until(isRow("c", 7))));
      driver.kill();
    }

    assertThat(all.stream().filter(id -> id.contains(":snapshot-again:")))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  /** Begins to dump a table with key, which changes then; the offset of the end is lost. */
  private List<SourceRecord> beginAndChange(Map<String, String> config) throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1), (2, 2)");
    List<SourceRecord> first = dump(config);
    driver.commit(first.subList(0, first.size() - 1));
    sql.run("ALTER TABLE t MODIFY v VARCHAR(9)");
    return first;
  }

  @Test
  void theCreateOfASnapshotWithoutKeyIsRepeatedInAllPartitionsWithItsId() throws Exception {
    sql.run("CREATE TABLE t (v INT)", "INSERT INTO t VALUES (1), (1)");
    List<SourceRecord> first = dump(SPREAD);
    driver.commit(first.subList(0, 1));

    List<SourceRecord> again = dump(SPREAD);

    assertThat(idsByPartition(again)).containsOnlyKeys(0, 1, 2);
    assertThat(idsByPartition(again).values())
        .allMatch(ids -> ids.get(0).equals(ids(first).get(0)))
        .allMatch(ids -> ids.size() == 3);
  }

  @Test
  void theCreateOfASnapshotWithoutKeyWhoseOffsetHasNoTimeIsRepeatedWithoutIt() throws Exception {
    sql.run("CREATE TABLE t (v INT)", "INSERT INTO t VALUES (1), (1)");
    List<SourceRecord> first = dump(SPREAD);
    driver.commit(first.subList(0, 1));
    driver.alterSnapshot("src.t", "begun", 0L);

    List<SourceRecord> again = dump(SPREAD);

    String withoutTime = ids(first).get(0).replaceFirst(":[0-9]+:snapshot:", ":snapshot:");
    assertThat(idsByPartition(again)).containsOnlyKeys(0, 1, 2);
    assertThat(idsByPartition(again).values()).allMatch(ids -> ids.get(0).equals(withoutTime));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t ADD COLUMN v INT",
        "CREATE TABLE made (id INT PRIMARY KEY)",
        "TRUNCATE TABLE t",
        "DROP TABLE t",
        "RENAME TABLE t TO renamed"
      })
  void aStatementThatIsInSomePartitionsOnlyIsRepeatedInAllWithItsId(String statement)
      throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    driver.commit(upstream.startStreaming(SPREAD));
    sql.run(statement, "INSERT INTO beat VALUES (1)");
    List<SourceRecord> written = changes(driver.until(isRow("c", 1)));
    driver.kill();
    Map<Map<String, ?>, Map<String, ?>> before = driver.offsets();

    assertThat(written.size() % 3).isZero();
    for (int delivered = 0; delivered < written.size(); delivered++) {
      driver.restore(before);
      driver.commit(written.subList(0, delivered));
      driver.start(SPREAD);
      List<SourceRecord> again = changes(driver.until(isRow("c", 1)));
      driver.kill();

      assertThat(again)
          .as("after %d", delivered)
          .extracting(SourceRecord::topic)
          .containsExactlyElementsOf(written.stream().map(SourceRecord::topic).toList());
      assertThat(idsByPartition(again)).isEqualTo(idsByPartition(written));
    }
  }
}
