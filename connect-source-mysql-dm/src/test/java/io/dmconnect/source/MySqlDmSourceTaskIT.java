package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.ddl;
import static io.dmconnect.source.testing.Records.ddlText;
import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isDdl;
import static io.dmconnect.source.testing.Records.isDdlRecord;
import static io.dmconnect.source.testing.Records.isRow;
import static io.dmconnect.source.testing.Records.op;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.testing.Records;
import io.dmconnect.source.testing.Replica;
import io.dmconnect.source.testing.Upstream;
import io.dmconnect.source.testing.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The task alone against a real server. */
class MySqlDmSourceTaskIT extends TaskOnMysql {
  @Test
  void opensTheTopicOfAnEmptyTableWithItsDefinition() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");

    List<SourceRecord> records = driver.start().until(isDdl("CREATE_TABLE"));

    assertThat(records).hasSize(1);
    assertThat(ddl(records.get(0)).getBoolean("snapshot")).isTrue();
    assertThat(records.get(0).headers().lastWithName("dm.kind").value()).isEqualTo("ddl");
    assertThat(records.get(0).sourceOffset().get("done")).isEqualTo(true);
  }

  @Test
  void carriesTheSnapshotAndWhatFollows() throws Exception {
    sql.run(
        "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20))",
        "INSERT INTO t VALUES (1,'a'),(2,'b')");
    driver.start();
    List<SourceRecord> records = driver.until(isRow("r", 2));

    sql.run(
        "UPDATE t SET v = 'c' WHERE id = 1",
        "DELETE FROM t WHERE id = 2",
        "INSERT INTO t VALUES (3, NULL)");
    records.addAll(driver.until(isRow("c", 3)));

    assertThat(new Replica("s1.src.t").apply(records).rows()).isEqualTo(upstream.rows("t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a INT, b INT, PRIMARY KEY (a, b)",
        "a INT, b VARCHAR(20) COLLATE utf8mb4_general_ci, PRIMARY KEY (b, a)",
        "a DECIMAL(10,3), b INT, PRIMARY KEY (a)",
        "a DATETIME(3), b INT, PRIMARY KEY (a)",
        "a BINARY(4), b INT, PRIMARY KEY (a)",
        "a BIGINT UNSIGNED, b INT, PRIMARY KEY (a DESC)",
        "a VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_german1_ci, b INT, PRIMARY KEY (a)"
      })
  void walksAnyPrimaryKeyInChunks(String columns) throws Exception {
    sql.run(
        "CREATE TABLE t (" + columns + ")",
        "SET SESSION sql_mode = ''",
        "INSERT IGNORE INTO t (a, b) WITH RECURSIVE n AS (SELECT 0 x UNION ALL SELECT x + 1 FROM n"
            + " WHERE x < 99) SELECT 20200101000000 + x, x FROM n");
    sql.run("CREATE TABLE last (id INT PRIMARY KEY)", "INSERT INTO last VALUES (1)");

    driver.start(Map.of("snapshot.chunk.rows", "7", "snapshot.max.threads", "1"));
    List<SourceRecord> records = driver.until(r -> done(r, "src.t"));

    assertThat(records.stream().filter(r -> r.topic().equals("s1.src.t")).count())
        .isEqualTo(1 + sql.number("SELECT COUNT(*) FROM t"));
    assertThat(new Replica("s1.src.t").apply(records).rows())
        .hasSize((int) sql.number("SELECT COUNT(*) FROM t"));
  }

  @Test
  void goesOnAfterTheLastCommittedChunk() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.fill("t", 1, 100);
    driver.start(Map.of("snapshot.chunk.rows", "10"));
    List<SourceRecord> first = driver.until(r -> done(r, "src.t"));
    List<SourceRecord> committed = first.subList(0, 56);
    driver.commit(committed);
    driver.kill();

    driver.start(Map.of("snapshot.chunk.rows", "10"));
    List<SourceRecord> second = driver.until(r -> done(r, "src.t"));

    assertThat(second).hasSize(50);
    List<SourceRecord> all = new ArrayList<>(committed);
    all.addAll(second);
    assertThat(new Replica("s1.src.t").apply(all).rows()).isEqualTo(upstream.rows("t"));
  }

  @Test
  void goesOnAtTheExactRowInTheMiddleOfATransaction() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "CREATE TABLE u (id INT PRIMARY KEY)");
    List<SourceRecord> all = upstream.startStreaming();
    driver.committed(all);
    sql.run("BEGIN");
    upstream.fill("t", 1, 2000);
    sql.run("UPDATE t SET id = -id WHERE id > 1990", "INSERT INTO u VALUES (1)", "COMMIT");
    List<SourceRecord> streamed = driver.until(isRow("c", 1).and(r -> r.topic().endsWith("u")));

    for (int cut : new int[] {1, 777, 2000, 2001, 2002, 2019}) {
      driver.commit(all);
      driver.commit(streamed.subList(0, cut));
      driver.kill();
      driver.start();
      List<SourceRecord> rest = driver.until(isRow("c", 1).and(r -> r.topic().endsWith("u")));

      // a key change is repeated as a whole when its last record was not committed
      int repeated = op(streamed.get(cut - 1)).equals("d") ? 1 : 0;
      assertThat(rest).as("after %d", cut).hasSize(streamed.size() - cut + repeated);
      assertThat(rest.get(0).key()).isEqualTo(streamed.get(cut - repeated).key());
    }
  }

  @Test
  void onlyTheLastRecordOfAKeyChangeIsPastIt() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    driver.start().until(isRow("r", 1));

    sql.run("UPDATE t SET id = 2");
    List<SourceRecord> records = driver.until(isRow("c", 2));

    assertThat(records).extracting(Records::op).containsExactly("d", "c");
    assertThat(records.get(0).sourceOffset().get("row")).isEqualTo(0L);
    assertThat(records.get(1).sourceOffset().get("pos"))
        .isNotEqualTo(records.get(0).sourceOffset().get("pos"));
  }

  @Test
  void rowsWrittenDuringTheSnapshotComeOutExact() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "CREATE TABLE k (v INT)");
    upstream.fill("t (id)", 1, 5000);
    upstream.fill("k", 1, 3000);

    List<SourceRecord> records = new ArrayList<>();
    try (Writer writer = new Writer(upstream.server(), Upstream.SCHEMA)) {
      driver.start(Map.of("snapshot.chunk.rows", "100"));
      records.addAll(driver.until(r -> done(r, "src.t")));
      writer.await(200);
    }
    sql.run("INSERT INTO t VALUES (-1, -1)");
    records.addAll(driver.until(isRow("c", -1)));

    assertThat(new Replica("s1.src.t").apply(records).rows()).isEqualTo(upstream.rows("t"));
    assertThat(new Replica("s1.src.k").apply(records).rows()).isEqualTo(upstream.rows("k"));
  }

  @Test
  void schemaChangesGoToTheTopicsOfTheirTables() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    driver.committed(upstream.startStreaming());

    sql.run(
        "ALTER TABLE t ADD COLUMN v INT DEFAULT 7",
        "CREATE TABLE u LIKE t",
        "RENAME TABLE u TO w, t TO x",
        "TRUNCATE TABLE w",
        "CREATE TABLE s SELECT 1 AS one",
        "INSERT INTO x VALUES (1, 2)",
        "DROP DATABASE src");
    List<SourceRecord> records =
        driver.until(isDdl("DROP_TABLE").and(r -> r.topic().endsWith("x")));

    assertThat(records.stream().filter(r -> isDdlRecord(r)).map(Records::ddlText))
        .containsExactly(
            "s1.src.t ALTER_TABLE t",
            "s1.src.u CREATE_TABLE u",
            "s1.src.u RENAME_TABLE u w",
            "s1.src.w RENAME_TABLE u w",
            "s1.src.t RENAME_TABLE t x",
            "s1.src.x RENAME_TABLE t x",
            "s1.src.w TRUNCATE_TABLE w",
            "s1.src.s CREATE_TABLE s",
            "s1.src.beat DROP_TABLE beat",
            "s1.src.s DROP_TABLE s",
            "s1.src.w DROP_TABLE w",
            "s1.src.x DROP_TABLE x");
  }

  @Test
  void theSchemaValidAtTheResumePositionIsUsed() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    List<SourceRecord> snapshot = upstream.startStreaming();
    sql.run(
        "INSERT INTO t VALUES (1)",
        "ALTER TABLE t ADD COLUMN v INT FIRST",
        "INSERT INTO t VALUES (2, 2)");
    List<SourceRecord> streamed = driver.until(isRow("c", 2));
    driver.commit(snapshot);
    driver.commit(streamed.subList(0, 1));
    // Connect commits partitions on their own: the schema is ahead of the position
    driver.commit(List.of(streamed.get(1)));
    driver.kill();

    List<SourceRecord> rest = driver.start().until(isRow("c", 2));

    assertThat(rest).hasSize(streamed.size() - 1);
    assertThat(ddlText(rest.get(0))).isEqualTo("s1.src.t ALTER_TABLE t");
  }

  @Test
  void aRestartKnowsTheSchemaChangesSinceTheSnapshot() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    List<SourceRecord> records = upstream.startStreaming();
    driver.committed(records);
    sql.run(
        "ALTER TABLE t ADD COLUMN v INT",
        "CREATE TABLE u LIKE t",
        "RENAME TABLE u TO w",
        "INSERT INTO t VALUES (1, 1)");
    records.addAll(driver.until(isRow("c", 1)));
    driver.commit(records);
    driver.kill();

    driver.start();
    sql.run("INSERT INTO w VALUES (2, 2)", "INSERT INTO t VALUES (3, 3)");
    List<SourceRecord> rest = driver.until(isRow("c", 3));

    assertThat(rest).hasSize(2);
    records.addAll(rest);
    assertThat(new Replica("s1.src.t").apply(records).rows()).isEqualTo(upstream.rows("t"));
    assertThat(new Replica("s1.src.w").apply(records).rows()).isEqualTo(upstream.rows("w"));
  }

  @Test
  void tablesThatComeIntoTheSelectionAreDumpedBesideTheStream() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "CREATE TABLE late (id INT PRIMARY KEY)");
    driver.start(Map.of("ignore-tables", "src.late"));
    List<SourceRecord> records = driver.until(isDdl("CREATE_TABLE"));
    sql.run("INSERT INTO late VALUES (1)", "INSERT INTO t VALUES (1)");
    records.addAll(driver.until(isRow("c", 1).or(isRow("r", 1))));
    driver.commit(records);
    driver.kill();
    sql.run("INSERT INTO late VALUES (2)", "DELETE FROM late WHERE id = 1");

    driver.start();
    records.addAll(driver.until(r -> done(r, "src.late")));
    sql.run("INSERT INTO late VALUES (3)");
    records.addAll(driver.until(isRow("c", 3)));

    assertThat(new Replica("s1.src.late").apply(records).rows()).isEqualTo(upstream.rows("late"));
  }

  @Test
  void aTableThatLosesAColumnDuringItsSnapshotIsDumpedAgain() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)");
    upstream.fill("t (id)", 1, 50);
    driver.start(Map.of("snapshot.chunk.rows", "10"));
    List<SourceRecord> records = driver.until(r -> done(r, "src.t")).subList(0, 30);
    driver.commit(records);
    driver.kill();
    sql.run("ALTER TABLE t DROP COLUMN v");

    driver.start();
    List<SourceRecord> all = new ArrayList<>(records);
    all.addAll(driver.until(r -> done(r, "src.t")));

    assertThat(all.stream().filter(r -> isDdlRecord(r)).map(Records::ddlText))
        .containsExactly(
            "s1.src.t CREATE_TABLE t", "s1.src.t DROP_TABLE t", "s1.src.t CREATE_TABLE t");
    assertThat(new Replica("s1.src.t").apply(all).rows()).isEqualTo(upstream.rows("t"));
  }

  @Test
  void theStreamPassesASchemaChangeOnlyWhenItIsInTheTablesTopics() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.startStreaming();
    driver.withoutDelivery();

    sql.run("ALTER TABLE t ADD COLUMN v INT", "INSERT INTO t VALUES (1, 1)");
    List<SourceRecord> change = driver.until(isDdl("ALTER_TABLE"));
    List<SourceRecord> meanwhile = driver.next();
    driver.deliver(change);
    List<SourceRecord> after = driver.until(isRow("c", 1));

    assertThat(change).hasSize(1);
    assertThat(meanwhile).isEmpty();
    assertThat(after).extracting(SourceRecord::topic).containsExactly("s1", "s1.src.t");
  }

  @Test
  void compressedTransactionsAreRead() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.startStreaming();

    sql.run("SET SESSION binlog_transaction_compression = ON");
    upstream.fill("t", 1, 1000);
    List<SourceRecord> records = driver.until(isRow("c", 1000));

    assertThat(new Replica("s1.src.t").apply(records).rows()).isEqualTo(upstream.rows("t"));
  }

  @Test
  void refusesRowsChangedAsStatements() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.startStreaming();

    sql.run("SET SESSION binlog_format = STATEMENT", "INSERT INTO t VALUES (1)");

    assertThat(driver.untilFailure())
        .hasMessageContaining("DM-10401")
        .hasMessageContaining("INSERT INTO t VALUES (1)");
  }

  @Test
  void refusesIncompleteRowImages() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1)");
    driver.start().until(isRow("r", 1));

    sql.run("SET SESSION binlog_row_image = MINIMAL", "UPDATE t SET v = 2");

    assertThat(driver.untilFailure()).hasMessageContaining("DM-10301");
  }

  @Test
  void unrelatedStatementsStopNothing() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.startStreaming();

    sql.run(
        "CREATE VIEW v AS SELECT * FROM t",
        "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET @x = 1",
        "CREATE TEMPORARY TABLE tmp (id INT)",
        "CREATE DATABASE other",
        "CREATE TABLE other.t (id INT)",
        "INSERT INTO other.t VALUES (1)",
        "DROP DATABASE other",
        "ANALYZE TABLE t",
        "INSERT INTO t VALUES (1)");
    List<SourceRecord> records = driver.until(isRow("c", 1));

    assertThat(records).hasSize(1);
  }
}
