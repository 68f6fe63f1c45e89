package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.isRow;
import static io.dmconnect.source.testing.Upstream.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.MysqlRelease;
import io.dmconnect.source.testing.Replica;
import io.dmconnect.source.testing.Upstream;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XA transactions: their changes count when and where they are committed. */
class XaIT {
  private static LocalStack stack;

  private Upstream upstream;
  private Sql sql;

  @BeforeAll
  static void startServers() {
    stack =
        LocalStack.builder()
            .mysql()
            .mysql("mysql57", MysqlRelease.MYSQL_5_7)
            .mariaDb("mariadb")
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

  private List<SourceRecord> streaming(String server) throws InterruptedException {
    upstream = new Upstream(stack.database(server));
    sql = upstream.sql();
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
    return upstream.startStreaming();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mysql57", "mariadb"})
  void changesCountWhenTheyAreCommitted(String server) throws Exception {
    List<SourceRecord> records = streaming(server);

    sql.run("XA START 'one'", "INSERT INTO t VALUES (1), (2)", "XA END 'one'", "XA PREPARE 'one'");
    try (Sql other = stack.database(server).sql(Upstream.SCHEMA)) {
      other.run(
          "INSERT INTO beat VALUES (1)",
          "XA START 'two'",
          "INSERT INTO t VALUES (99)",
          "XA END 'two'",
          "XA PREPARE 'two'",
          "XA ROLLBACK 'two'");
      records.addAll(upstream.driver().until(isRow("c", 1)));
      assertThat(records).noneMatch(r -> r.topic().equals(topic("t")) && isRow("c", 2).test(r));
    }
    sql.run("XA COMMIT 'one'", "INSERT INTO beat VALUES (2)");
    List<SourceRecord> committed = upstream.driver().until(beat(2));
    sql.run(
        "XA START 'three'",
        "UPDATE t SET id = 3 WHERE id = 1",
        "XA END 'three'",
        "XA COMMIT 'three' ONE PHASE",
        "INSERT INTO beat VALUES (3)");
    committed.addAll(upstream.driver().until(beat(3)));
    records.addAll(committed);

    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
    assertThat(committed).anyMatch(isRow("c", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mysql57", "mariadb"})
  void aRestartBetweenPrepareAndCommitReadsTheChangesAgain(String server) throws Exception {
    List<SourceRecord> records = streaming(server);
    sql.run("XA START 'x'");
    upstream.fill("t", 1000, 500);
    sql.run("XA END 'x'", "XA PREPARE 'x'");
    try (Sql other = stack.database(server).sql(Upstream.SCHEMA)) {
      other.run("INSERT INTO beat VALUES (1)");
    }
    records.addAll(upstream.driver().until(beat(1)));
    upstream.driver().commit(records);
    upstream.driver().kill();
    sql.run("XA COMMIT 'x'", "INSERT INTO beat VALUES (2)");

    List<SourceRecord> rest = upstream.driver().start().until(beat(2));
    for (int cut : new int[] {1, 250, 500}) {
      upstream.driver().commit(records);
      upstream.driver().commit(rest.subList(0, cut));
      upstream.driver().kill();
      List<SourceRecord> again = upstream.driver().start().until(beat(2));
      assertThat(again).as("after %d", cut).hasSize(rest.size() - cut);
    }
    records.addAll(rest);

    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mysql57", "mariadb"})
  void longTransactionsAreReadFromTheBinlogAgain(String server) throws Exception {
    List<SourceRecord> records = streaming(server);
    sql.run("CREATE TABLE big (id INT PRIMARY KEY, v LONGTEXT)");
    sql.run("XA START 'long'");
    for (int i = 0; i < 6; i++) {
      sql.run("INSERT INTO big VALUES (" + i + ", REPEAT('" + i + "', 600000))");
    }
    sql.run("XA END 'long'", "XA PREPARE 'long'");
    sql.run("XA COMMIT 'long'", "INSERT INTO beat VALUES (1)");
    records.addAll(upstream.driver().until(beat(1)));

    assertThat(new Replica(topic("big")).apply(records).rows()).isEqualTo(upstream.rows("big"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void whatWasPreparedBeforeTheStreamBeganIsRefused(String server) throws Exception {
    upstream = new Upstream(stack.database(server));
    sql = upstream.sql();
    sql.run(
        "CREATE TABLE t (id INT PRIMARY KEY)",
        "XA START 'early'",
        "INSERT INTO t VALUES (1)",
        "XA END 'early'",
        "XA PREPARE 'early'");
    try (Sql other = stack.database(server).sql(Upstream.SCHEMA)) {
      other.run("CREATE TABLE beat (id INT PRIMARY KEY)");
      upstream.driver().start(Map.of("do-tables", "src.beat"));
      upstream.driver().until(r -> r.topic().equals(topic("beat")));
      other.run("INSERT INTO beat VALUES (1)");
      upstream.driver().until(beat(1));
    }
    sql.run("XA COMMIT 'early'");

    assertThat(upstream.driver().untilFailure())
        .hasMessageContaining("DM-10406")
        .hasMessageContaining("XA COMMIT")
        .hasMessageContaining("XA RECOVER");
  }

  private static Predicate<SourceRecord> beat(int id) {
    return isRow("c", id).and(r -> r.topic().equals(topic("beat")));
  }
}
