package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isDdl;
import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.local.server.MysqlRelease;
import io.dmconnect.source.testing.Replica;
import io.dmconnect.source.testing.TaskDriver;
import io.dmconnect.source.testing.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What breaks while the task streams, on servers with and without GTIDs. */
class StreamFaultsIT {
  private static final String SCHEMA = "src";
  private static final int NO_SUCH_THREAD = 1094;
  private static LocalStack stack;

  private Sql sql;
  private TaskDriver driver;

  @BeforeAll
  static void startServers() {
    stack =
        LocalStack.builder()
            .mysql()
            .mysql(
                "positions",
                MysqlRelease.MYSQL_8_0,
                "--gtid-mode=OFF",
                "--enforce-gtid-consistency=OFF")
            .start();
  }

  @AfterAll
  static void stopServers() {
    stack.close();
  }

  private void use(String server) {
    DatabaseServer database = stack.database(server);
    database.sql().run("DROP DATABASE IF EXISTS " + SCHEMA, "CREATE DATABASE " + SCHEMA).close();
    sql = database.sql(SCHEMA);
    Map<String, String> props = new HashMap<>();
    props.put("database.hostname", database.host());
    props.put("database.port", Integer.toString(database.port()));
    props.put("database.user", database.user());
    props.put("topic.prefix", "s1");
    props.put("do-dbs", SCHEMA);
    driver = new TaskDriver(props);
  }

  @BeforeEach
  void nothingOpen() {
    sql = null;
    driver = null;
  }

  @AfterEach
  void close() {
    driver.close();
    sql.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "positions"})
  void aBrokenConnectionLosesAndRepeatsNothing(String server) throws Exception {
    use(server);
    sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (0, 0)");
    List<SourceRecord> records = driver.start().until(r -> done(r, "src.t"));

    for (int i = 1; i <= 10; i++) {
      sql.run("INSERT INTO t VALUES (" + i + ", 0)");
      fill(i * 1000, 500);
      killBinlogConnections();
      sql.run("INSERT INTO t VALUES (" + -i + ", 0)");
      records.addAll(driver.until(isRow("c", -i)));
    }

    assertThat(new Replica("s1.src.t").apply(records).rows()).isEqualTo(rows("t"));
    assertThat(records).hasSize(2 + 10 * 502);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "positions"})
  void aRestartGoesOnAtTheExactRow(String server) throws Exception {
    use(server);
    sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (0, 0)");
    driver.committed(driver.start().until(r -> done(r, "src.t")));
    fill(1, 3000);
    List<SourceRecord> streamed = driver.until(isRow("c", 3000));
    driver.commit(streamed.subList(0, 1234));
    driver.kill();

    List<SourceRecord> rest = driver.start().until(isRow("c", 3000));

    assertThat(rest).hasSize(streamed.size() - 1234);
    assertThat(rest.get(0).key()).isEqualTo(streamed.get(1234).key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "positions"})
  void changesDuringTheSnapshotComeOutExact(String server) throws Exception {
    use(server);
    sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "CREATE TABLE k (v INT)");
    fill(1, 3000);
    sql.run("INSERT INTO k SELECT id FROM t");

    List<SourceRecord> records = new ArrayList<>();
    try (Writer writer = new Writer(stack.database(server), SCHEMA)) {
      driver.start(Map.of("snapshot.chunk.rows", "100"));
      records.addAll(driver.until(r -> done(r, "src.t")));
      writer.await(100);
    }
    sql.run("INSERT INTO t VALUES (-1, -1)");
    records.addAll(driver.until(isRow("c", -1)));

    assertThat(new Replica("s1.src.t").apply(records).rows()).isEqualTo(rows("t"));
    assertThat(new Replica("s1.src.k").apply(records).rows()).isEqualTo(rows("k"));
  }

  @Test
  void aTableWithoutKeyIsDumpedAgainWhenItsDumpWasCut() throws Exception {
    use("mysql");
    sql.run("CREATE TABLE k (v INT)", "INSERT INTO k VALUES (1), (1), (2)");
    List<SourceRecord> first = driver.start().until(r -> done(r, "src.k")).subList(0, 3);
    driver.commit(first);
    driver.kill();
    sql.run("DELETE FROM k WHERE v = 2");

    List<SourceRecord> records = new ArrayList<>(first);
    records.addAll(driver.start().until(r -> done(r, "src.k")));

    assertThat(new Replica("s1.src.k").apply(records).rows()).isEqualTo(rows("k"));
  }

  @Test
  void aPurgedBinlogIsToldWithWhatToDo() throws Exception {
    use("mysql");
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (0)");
    List<SourceRecord> records = driver.start().until(isRow("r", 0));
    sql.run("INSERT INTO t VALUES (1)");
    records.addAll(driver.until(isRow("c", 1)));
    driver.commit(records);
    driver.kill();
    sql.run("INSERT INTO t VALUES (2)", "FLUSH BINARY LOGS");
    String last = sql.rows("SHOW BINARY LOGS").stream().reduce((a, b) -> b).orElseThrow().get(0);
    sql.run("PURGE BINARY LOGS TO '" + last + "'");

    driver.start();

    assertThat(driver.untilFailure())
        .hasMessageContaining("DM-10104")
        .hasMessageContaining("offsets");
  }

  @Test
  void aPositionWithoutRecordsIsCarriedByAHeartbeat() throws Exception {
    use("mysql");
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (0)");
    List<SourceRecord> records =
        driver.start(Map.of("heartbeat.interval.ms", "1")).until(isRow("r", 0));
    sql.run("CREATE DATABASE IF NOT EXISTS other", "CREATE TABLE IF NOT EXISTS other.x (id INT)");
    driver.commit(records);

    List<SourceRecord> heartbeats = new ArrayList<>();
    while (heartbeats.isEmpty()) {
      sql.run("INSERT INTO other.x VALUES (1)");
      heartbeats.addAll(driver.next());
    }

    assertThat(heartbeats.get(0).topic()).isEqualTo("__dm-heartbeat.s1");
    assertThat(heartbeats.get(0).sourcePartition()).isEqualTo(Map.of("server", "s1"));
  }

  @Test
  @Timeout(60)
  void aServerThatDropsEachConnectionIsGivenUp() throws Exception {
    use("mysql");
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (0)");
    driver.start(Map.of("connect.retry.timeout.ms", "1000")).until(isRow("r", 0));
    sql.run("INSERT INTO t VALUES (1)");
    driver.until(isRow("c", 1));

    RuntimeException failure = null;
    while (failure == null) {
      killBinlogConnections();
      failure = driver.failure();
    }

    assertThat(failure).hasMessageContaining("DM-10101");
  }

  @Test
  @Timeout(120)
  void aServerWithoutFreeConnectionsIsTriedAgain() throws Exception {
    use("mysql");
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (0)");
    try (Full full = new Full(stack.database("mysql"))) {
      driver.start();
      full.awaitRefusal();
    }
    driver.until(isRow("r", 0));
    sql.run("INSERT INTO t VALUES (1)");
    driver.until(isRow("c", 1));

    try (Full full = new Full(stack.database("mysql"))) {
      sql.run("SET time_zone = 'SYSTEM'", "ALTER TABLE t ADD COLUMN v INT");
      full.awaitRefusal();
    }
    driver.until(isDdl("ALTER_TABLE"));

    try (Full full = new Full(stack.database("mysql"))) {
      killBinlogConnections();
      full.awaitRefusal();
    }
    sql.run("INSERT INTO t VALUES (2, 2)");
    assertThat(driver.until(isRow("c", 2))).isNotEmpty();
  }

  /** Takes all connections of a server that runs with a lower limit as long as this is open. */
  private final class Full implements AutoCloseable {
    private final Sql one;
    private final Sql other;
    private final long before;

    Full(DatabaseServer server) {
      one = server.sql();
      other = server.sql();
      before = refused();
      one.run("SET GLOBAL max_connections = 1");
    }

    private long refused() {
      String status = "SHOW GLOBAL STATUS LIKE 'Connection_errors_max_connections'";
      return Long.parseLong(one.rows(status).get(0).get(1));
    }

    void awaitRefusal() throws InterruptedException {
      while (refused() == before) {
        driver.next();
      }
    }

    @Override
    public void close() {
      one.run("SET GLOBAL max_connections = 151");
      one.close();
      other.close();
    }
  }

  private void killBinlogConnections() {
    for (List<String> row : sql.rows("SHOW PROCESSLIST")) {
      if (row.get(4).startsWith("Binlog Dump")) {
        try {
          sql.run("KILL " + row.get(0));
        } catch (Sql.SqlException e) {
          assertThat(e.errorCode()).as(e.getMessage()).isEqualTo(NO_SUCH_THREAD);
        }
      }
    }
  }

  private void fill(int from, int count) {
    sql.run(
        "SET SESSION cte_max_recursion_depth = 1000000",
        "INSERT INTO t (id) WITH RECURSIVE n AS (SELECT "
            + from
            + " x UNION ALL SELECT x + 1 FROM n WHERE x < "
            + (from + count - 1)
            + ") SELECT x FROM n");
  }

  private List<String> rows(String table) {
    List<String> rows = new ArrayList<>();
    sql.rows("SELECT * FROM " + table).forEach(row -> rows.add(row.toString()));
    Collections.sort(rows);
    return rows;
  }
}
