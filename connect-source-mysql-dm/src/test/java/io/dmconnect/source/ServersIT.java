package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.ddl;
import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isDdl;
import static io.dmconnect.source.testing.Records.isDdlRecord;
import static io.dmconnect.source.testing.Records.isRow;
import static io.dmconnect.source.testing.Upstream.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.MysqlRelease;
import io.dmconnect.source.testing.Records;
import io.dmconnect.source.testing.Replica;
import io.dmconnect.source.testing.Upstream;
import io.dmconnect.source.testing.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The task on MySQL 5.7, on MariaDB, and on a MariaDB whose GTIDs do not order transactions. */
class ServersIT {
  private static final String MYSQL = "mysql57";
  private static final String MARIADB = "mariadb";
  private static final String POSITIONS = "mariadb-positions";
  private static LocalStack stack;

  private Upstream upstream;

  @BeforeAll
  static void startServers() {
    stack =
        LocalStack.builder()
            .mysql(MYSQL, MysqlRelease.MYSQL_5_7)
            .mariaDb(MARIADB)
            .mariaDb(POSITIONS, "--gtid-strict-mode=0")
            .start();
  }

  @AfterAll
  static void stopServers() {
    stack.close();
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  private Sql use(String server) {
    upstream = new Upstream(stack.database(server));
    return upstream.sql();
  }

  @ParameterizedTest
  @ValueSource(strings = {MYSQL, MARIADB, POSITIONS})
  void carriesTheSnapshotTheStreamAndSchemaChanges(String server) throws Exception {
    Sql sql = use(server);
    sql.run(
        "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20))",
        "INSERT INTO t VALUES (1,'a'),(2,'b')");
    List<SourceRecord> records = upstream.startStreaming();
    upstream.driver().committed(records);

    sql.run(
        "UPDATE t SET v = 'c' WHERE id = 1",
        "DELETE FROM t WHERE id = 2",
        "ALTER TABLE t ADD COLUMN n INT NOT NULL DEFAULT 7 FIRST",
        "INSERT INTO t VALUES (8, 3, NULL)",
        "CREATE TABLE u LIKE t",
        "INSERT INTO u SELECT * FROM t",
        server.equals(MYSQL) ? "CREATE TABLE s LIKE t" : "CREATE TABLE s SELECT id, v FROM t",
        server.equals(MYSQL) ? "INSERT INTO s SELECT * FROM t" : "DO 1",
        "RENAME TABLE u TO w",
        "TRUNCATE TABLE t",
        "DROP TABLE s",
        "INSERT INTO t VALUES (9, 9, 'z')");
    records.addAll(upstream.driver().until(isRow("c", 9)));

    assertThat(records.stream().filter(Records::isDdlRecord).map(Records::ddlText).skip(2))
        .containsExactly(
            "s1.src.t ALTER_TABLE t",
            "s1.src.u CREATE_TABLE u",
            "s1.src.s CREATE_TABLE s",
            "s1.src.u RENAME_TABLE u w",
            "s1.src.w RENAME_TABLE u w",
            "s1.src.t TRUNCATE_TABLE t",
            "s1.src.s DROP_TABLE s");
    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
    assertThat(records.stream().filter(r -> r.topic().equals(topic("s")) && !isDdlRecord(r)))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {MYSQL, MARIADB, POSITIONS})
  void goesOnAtTheExactRowInTheMiddleOfATransaction(String server) throws Exception {
    Sql sql = use(server);
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (0)");
    List<SourceRecord> snapshot = upstream.driver().start().until(r -> done(r, "src.t"));
    upstream.driver().committed(snapshot);
    sql.run("BEGIN");
    upstream.fill("t", 1, 2000);
    sql.run("UPDATE t SET id = -id WHERE id > 1990", "INSERT INTO t VALUES (5000)", "COMMIT");
    List<SourceRecord> streamed = upstream.driver().until(isRow("c", 5000));

    for (int cut : new int[] {1, 777, 2000, 2019}) {
      upstream.driver().commit(snapshot);
      upstream.driver().commit(streamed.subList(0, cut));
      upstream.driver().kill();
      List<SourceRecord> rest = upstream.driver().start().until(isRow("c", 5000));

      // a key change is repeated as a whole when its last record was not committed
      int repeated = Records.op(streamed.get(cut - 1)).equals("d") ? 1 : 0;
      assertThat(rest).as("after %d", cut).hasSize(streamed.size() - cut + repeated);
      assertThat(rest.get(0).key()).isEqualTo(streamed.get(cut - repeated).key());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {MYSQL, MARIADB, POSITIONS})
  void changesDuringTheSnapshotComeOutExact(String server) throws Exception {
    Sql sql = use(server);
    sql.run("CREATE TABLE n (id INT)");
    upstream.fill("n", 1, 3000);
    sql.run(
        "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
        "CREATE TABLE k (v INT)",
        "INSERT INTO t (id) SELECT id FROM n",
        "INSERT INTO k SELECT id FROM n",
        "DROP TABLE n");

    List<SourceRecord> records = new ArrayList<>();
    try (Writer writer = new Writer(stack.database(server), Upstream.SCHEMA)) {
      upstream.driver().start(Map.of("snapshot.chunk.rows", "100"));
      records.addAll(upstream.driver().until(r -> done(r, "src.t")));
      writer.await(100);
    }
    sql.run("INSERT INTO t VALUES (-1, -1)");
    records.addAll(upstream.driver().until(isRow("c", -1)));

    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
    assertThat(new Replica(topic("k")).apply(records).rows()).isEqualTo(upstream.rows("k"));
  }

  @ParameterizedTest
  @ValueSource(strings = {MYSQL, MARIADB, POSITIONS})
  void aBrokenConnectionLosesAndRepeatsNothing(String server) throws Exception {
    Sql sql = use(server);
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (0)");
    List<SourceRecord> records = upstream.driver().start().until(r -> done(r, "src.t"));

    for (int i = 1; i <= 5; i++) {
      upstream.fill("t", i * 1000, 500);
      for (List<String> row : sql.rows("SHOW PROCESSLIST")) {
        if (row.get(4).startsWith("Binlog Dump")) {
          sql.run("KILL " + row.get(0));
        }
      }
      sql.run("INSERT INTO t VALUES (" + -i + ")");
      records.addAll(upstream.driver().until(isRow("c", -i)));
    }

    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
    assertThat(records).hasSize(2 + 5 * 501);
  }

  @Test
  void jsonNumbersOfMySql57AreTheSameInSnapshotAndStream() throws Exception {
    Sql sql = use(MYSQL);
    String values = " VALUES (%d, '[1.0, 1e20, 0.1, 1e300, -0.0, 123456789012345680000]')";
    sql.run(
        "CREATE TABLE t (id INT PRIMARY KEY, j JSON)", "INSERT INTO t" + String.format(values, 1));
    List<SourceRecord> records = upstream.driver().start().until(isRow("r", 1));
    sql.run("INSERT INTO t" + String.format(values, 2));
    records.addAll(upstream.driver().until(isRow("c", 2)));

    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
  }

  @Test
  void typesOfMariaDbAreTheSameInSnapshotAndStream() throws Exception {
    Sql sql = use(MARIADB);
    String values =
        " VALUES (%d, '123e4567-e89b-12d3-a456-426655440000', '192.0.2.33',"
            + " '2001:db8::ff00:42:8329', '{\"a\": 1}', '12:34:56.5', '2024-02-29 01:02:03',"
            + " '2024-02-29')";
    sql.run(
        "CREATE TABLE t (id INT PRIMARY KEY, u UUID, i4 INET4, i6 INET6, j JSON, ti TIME(1),"
            + " dt DATETIME, d DATE)",
        "INSERT INTO t" + String.format(values, 1));
    List<SourceRecord> records = upstream.driver().start().until(isRow("r", 1));
    sql.run("INSERT INTO t" + String.format(values, 2));
    records.addAll(upstream.driver().until(isRow("c", 2)));

    Struct snapshot = ((Struct) records.get(records.size() - 2).value()).getStruct("after");
    Struct streamed = ((Struct) records.get(records.size() - 1).value()).getStruct("after");
    assertThat(streamed.schema()).isEqualTo(snapshot.schema());
    for (int i = 1; i < snapshot.schema().fields().size(); i++) {
      String name = snapshot.schema().fields().get(i).name();
      assertThat(streamed.get(name)).as(name).isEqualTo(snapshot.get(name)).isNotNull();
    }
    assertThat(streamed.getString("i6")).isEqualTo("2001:db8::ff00:42:8329");
    assertThat(streamed.getString("j")).isEqualTo("{\"a\": 1}");
  }

  @Test
  void compressedEventsOfMariaDbAreRead() throws Exception {
    Sql sql = use(MARIADB);
    sql.run("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(300))", "INSERT INTO t VALUES (0, '')");
    List<SourceRecord> records = upstream.driver().start().until(isRow("r", 0));
    sql.run("SET GLOBAL log_bin_compress_min_len = 10", "SET GLOBAL log_bin_compress = ON");
    try {
      sql.run(
          "INSERT INTO t VALUES (1, REPEAT('a', 300)), (2, REPEAT('b', 300))",
          "UPDATE t SET v = CONCAT(v, '') , id = id + 10 WHERE id > 0",
          "DELETE FROM t WHERE id IN (0, 11, 12)",
          "ALTER TABLE t ADD COLUMN n INT DEFAULT 5 COMMENT 'long enough to be compressed'",
          "INSERT INTO t VALUES (3, REPEAT('c', 200), 1)");
      records.addAll(upstream.driver().until(isRow("c", 3)));
    } finally {
      sql.run("SET GLOBAL log_bin_compress = OFF");
    }

    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
  }

  @Test
  void sequencesAndSettingsOfOneStatementStopNothing() throws Exception {
    Sql sql = use(MARIADB);
    sql.run(
        "CREATE SEQUENCE before_it",
        "CREATE TABLE t (id INT PRIMARY KEY)",
        "INSERT INTO t VALUES (0)");
    List<SourceRecord> records = upstream.startStreaming();
    sql.run(
        "SELECT NEXTVAL(before_it)",
        "CREATE SEQUENCE s START WITH 5",
        "SELECT SETVAL(s, 900)",
        "INSERT INTO t VALUES (NEXTVAL(s))",
        "DELETE FROM t",
        "SET STATEMENT lock_wait_timeout = 5 FOR ALTER TABLE t ADD COLUMN v INT",
        "SET STATEMENT max_statement_time = 100 FOR INSERT INTO t VALUES (2, 2)",
        "ALTER SEQUENCE s RESTART 3",
        "DROP SEQUENCE before_it",
        "CREATE OR REPLACE TABLE t (id INT PRIMARY KEY, w INT)",
        "INSERT INTO t VALUES (3, 3)");
    records.addAll(upstream.driver().until(isRow("c", 3)));

    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
    assertThat(
            records.stream().filter(isDdl("ALTER_TABLE")).map(r -> ddl(r).getArray("statements")))
        .containsExactly(List.of("ALTER TABLE t ADD COLUMN v INT"));
  }
}
