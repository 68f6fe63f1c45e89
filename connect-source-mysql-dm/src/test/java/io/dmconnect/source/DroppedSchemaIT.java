package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.ddl;
import static io.dmconnect.source.testing.Records.isDdl;
import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.testing.Records;
import io.dmconnect.source.testing.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DROP DATABASE, which names no tables, when the task has not met the tables since it started. */
class DroppedSchemaIT extends TaskOnMysql {
  private static final Map<String, String> BOTH = Map.of("do-dbs", "src,gone");

  @BeforeEach
  void makeSchema() {
    sql.run(
        "DROP DATABASE IF EXISTS gone",
        "CREATE DATABASE gone",
        "CREATE TABLE gone.read_one (id INT PRIMARY KEY)",
        "INSERT INTO gone.read_one VALUES (1)",
        "CREATE TABLE gone.keyless (id INT)",
        "INSERT INTO gone.keyless VALUES (1), (1)");
  }

  /** Two tables come by their snapshot, one by its CREATE in the stream. */
  private List<SourceRecord> stream() throws InterruptedException {
    List<SourceRecord> records = upstream.startStreaming(BOTH);
    sql.run(
        "CREATE TABLE gone.made (id INT PRIMARY KEY)",
        "INSERT INTO gone.made VALUES (2)",
        "INSERT INTO beat VALUES (1)");
    records.addAll(driver.until(isRow("c", 1)));
    return records;
  }

  private List<SourceRecord> restartUntil(int beat) throws InterruptedException {
    sql.run("INSERT INTO beat VALUES (" + beat + ")");
    return driver.start(BOTH).until(isRow("c", beat));
  }

  private static List<String> drops(List<SourceRecord> records) {
    return records.stream().filter(isDdl("DROP_TABLE")).map(SourceRecord::topic).toList();
  }

  private static List<String> ids(List<SourceRecord> records) {
    return records.stream()
        .filter(isDdl("DROP_TABLE"))
        .map(record -> ddl(record).getString("id"))
        .toList();
  }

  @Test
  void droppedWhileTheTaskIsStoppedEndsEachOfItsTables() throws Exception {
    driver.commit(stream());
    driver.kill();
    sql.run("DROP DATABASE gone");

    List<SourceRecord> records = restartUntil(2);

    assertThat(drops(records))
        .containsExactly("s1.gone.keyless", "s1.gone.made", "s1.gone.read_one");
    driver.commit(records);
    driver.kill();
    assertThat(drops(restartUntil(3))).isEmpty();
  }

  @Test
  void droppedAndMadeAgainWhileTheTaskIsStopped() throws Exception {
    List<SourceRecord> records = stream();
    driver.commit(records);
    driver.kill();
    sql.run(
        "INSERT INTO gone.keyless VALUES (3)",
        "DROP DATABASE gone",
        "CREATE DATABASE gone",
        "CREATE TABLE gone.made (id INT PRIMARY KEY, v INT)",
        "INSERT INTO gone.made VALUES (7, 7)",
        "CREATE TABLE gone.other (id INT PRIMARY KEY)",
        "INSERT INTO gone.other VALUES (8)");

    List<SourceRecord> rest = restartUntil(2);
    records.addAll(rest);

    assertThat(drops(rest)).containsExactly("s1.gone.keyless", "s1.gone.made", "s1.gone.read_one");
    assertThat(rest.stream().filter(Records::isDdlRecord).map(Records::ddlText))
        .containsSubsequence("s1.gone.made DROP_TABLE made", "s1.gone.made CREATE_TABLE made");
    assertThat(new Replica("s1.gone.made").apply(records).rows()).containsExactly("[7, 7]");
    assertThat(new Replica("s1.gone.other").apply(records).rows()).containsExactly("[8]");
    assertThat(new Replica("s1.gone.read_one").apply(records).rows()).isEmpty();
    assertThat(new Replica("s1.gone.keyless").apply(records).rows()).isEmpty();
  }

  @Test
  void tablesThatOnlyExistedMeanwhileStopNothing() throws Exception {
    driver.commit(stream());
    driver.kill();
    sql.run(
        "DROP TABLE gone.read_one",
        "CREATE TABLE gone.brief (id INT PRIMARY KEY)",
        "RENAME TABLE gone.keyless TO gone.moved",
        "DROP DATABASE gone",
        "CREATE DATABASE gone",
        "CREATE TABLE gone.brief (id INT PRIMARY KEY, w INT)",
        "DROP DATABASE gone");

    List<SourceRecord> records = restartUntil(2);

    assertThat(drops(records))
        .containsExactly(
            "s1.gone.read_one", "s1.gone.brief", "s1.gone.made", "s1.gone.moved", "s1.gone.brief");
  }

  @Test
  void aTableDroppedWhileTheTaskIsStoppedIsNamedByItsStatement() throws Exception {
    driver.commit(stream());
    driver.kill();
    sql.run("DROP TABLE gone.made, gone.keyless");

    assertThat(drops(restartUntil(2))).containsExactly("s1.gone.made", "s1.gone.keyless");
  }

  @Test
  void tablesThatNoEventHasNamedSinceTheStartAreEnded() throws Exception {
    driver.commit(stream());
    driver.kill();
    driver.commit(restartUntil(2));

    sql.run("DROP DATABASE gone", "INSERT INTO beat VALUES (3)");

    assertThat(drops(driver.until(isRow("c", 3))))
        .containsExactly("s1.gone.keyless", "s1.gone.made", "s1.gone.read_one");
  }

  @Test
  void aTableWhoseNameIsNotCommittedYetIsToldByTheStreamsOffset() throws Exception {
    driver.commit(upstream.startStreaming(BOTH));
    driver.withoutLists();
    sql.run("CREATE TABLE gone.made (id INT PRIMARY KEY)", "INSERT INTO beat VALUES (1)");
    driver.commit(driver.until(isRow("c", 1)));
    driver.kill();
    sql.run("DROP DATABASE gone");

    assertThat(drops(restartUntil(2)))
        .containsExactly("s1.gone.keyless", "s1.gone.made", "s1.gone.read_one");
  }

  @Test
  void readAgainTheStatementHasTheSameIdsWhateverWasCommitted() throws Exception {
    driver.commit(stream());
    driver.kill();
    sql.run("DROP DATABASE gone");
    List<SourceRecord> first = restartUntil(2);
    driver.kill();
    Map<Map<String, ?>, Map<String, ?>> before = driver.offsets();

    for (SourceRecord one : first.stream().filter(isDdl("DROP_TABLE")).toList()) {
      driver.restore(before);
      driver.commit(List.of(one));
      List<SourceRecord> again = restartUntil(2000 + ids(List.of(one)).get(0).length());
      driver.kill();
      assertThat(ids(again)).isEqualTo(ids(first));
    }
    assertThat(new ArrayList<>(ids(first))).allMatch(id -> id.endsWith("`"));
  }

  @Test
  void aTableCutOffInsideItsSnapshotIsTakenBack() throws Exception {
    sql.run("CREATE TABLE gone.big (id INT PRIMARY KEY)");
    upstream.fill("gone.big", 1, 6000);
    driver.commit(upstream.startStreaming());
    driver.kill();
    Map<String, String> slow =
        Map.of(
            "do-dbs",
            "src,gone",
            "snapshot.max.threads",
            "1",
            "snapshot.chunk.rows",
            "50",
            "max.batch.size",
            "200",
            "max.queue.size.in.bytes",
            "1048576");
    List<SourceRecord> records = driver.start(slow).until(isRow("r", 100));
    driver.commit(records);
    driver.kill();
    sql.run("DROP DATABASE gone");

    driver.committing();
    records.addAll(restartUntil(2));

    assertThat(new Replica("s1.gone.big").apply(records).rows()).isEmpty();
    assertThat(ids(records)).anyMatch(id -> id.contains("snapshot-again"));
  }
}
