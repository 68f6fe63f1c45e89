package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isRow;
import static io.dmconnect.source.testing.Upstream.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.local.server.MysqlRelease;
import io.dmconnect.source.testing.Replica;
import io.dmconnect.source.testing.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream goes on by GTID on a replica, whose files and offsets are others. */
class FailoverIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static LocalStack stack;

  private Upstream upstream;

  @BeforeAll
  static void startServers() {
    stack =
        LocalStack.builder()
            .mysql("mysql", MysqlRelease.MYSQL_8_0)
            .mysql("mysql-replica", MysqlRelease.MYSQL_8_0, "--log-replica-updates=ON")
            .mariaDb("mariadb")
            .mariaDb("mariadb-replica")
            .start();
    for (String server : new String[] {"mysql", "mariadb"}) {
      DatabaseServer replica = stack.database(server + "-replica");
      // other files and offsets than on the primary
      replica.sql().run("FLUSH BINARY LOGS", "FLUSH BINARY LOGS").close();
      String primary =
          "MASTER_HOST='127.0.0.1', MASTER_PORT="
              + stack.database(server).port()
              + ", MASTER_USER='root', ";
      if (server.equals("mysql")) {
        replica
            .sql()
            .run(
                "CHANGE MASTER TO " + primary + "MASTER_AUTO_POSITION=1, GET_MASTER_PUBLIC_KEY=1",
                "START REPLICA")
            .close();
      } else {
        replica
            .sql()
            .run(
                "SET GLOBAL gtid_slave_pos = ''",
                "CHANGE MASTER TO " + primary + "MASTER_USE_GTID=slave_pos, MASTER_SSL=0",
                "START SLAVE")
            .close();
      }
    }
  }

  @AfterAll
  static void stopServers() {
    stack.close();
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void aTransactionThatWasCutGoesOnAtItsRowOnTheReplica(String server) throws Exception {
    upstream = new Upstream(stack.database(server));
    Sql sql = upstream.sql();
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (0)");
    List<SourceRecord> records = upstream.driver().start().until(r -> done(r, "src.t"));
    upstream.driver().committed(records);
    upstream.fill("t", 1, 1000);
    List<SourceRecord> streamed = upstream.driver().until(isRow("c", 1000));
    upstream.driver().commit(streamed.subList(0, 400));
    records.addAll(streamed.subList(0, 400));
    upstream.driver().kill();
    sql.run(
        "XA START 'x'",
        "INSERT INTO t VALUES (-1)",
        "XA END 'x'",
        "XA PREPARE 'x'",
        "XA COMMIT 'x'",
        "ALTER TABLE t ADD COLUMN v INT",
        "INSERT INTO t VALUES (-2, 2)");
    DatabaseServer replica = stack.database(server + "-replica");
    awaitRow(replica, -2);

    upstream.driver().start(on(replica));
    List<SourceRecord> rest = new ArrayList<>(upstream.driver().until(isRow("c", -2)));

    assertThat(rest).hasSize(600 + 1 + 2 + 1);
    records.addAll(rest);
    assertThat(new Replica(topic("t")).apply(records).rows()).hasSize(1003);
  }

  @Test
  void aTransactionThatWasPreparedBeforeIsFoundOnTheReplicaByItsGtid() throws Exception {
    upstream = new Upstream(stack.database("mysql"));
    Sql sql = upstream.sql();
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (0)");
    List<SourceRecord> records = upstream.driver().start().until(r -> done(r, "src.t"));
    sql.run("XA START 'y'", "INSERT INTO t VALUES (-5)", "XA END 'y'", "XA PREPARE 'y'");
    try (Sql other = stack.database("mysql").sql(Upstream.SCHEMA)) {
      other.run("INSERT INTO t VALUES (50)");
    }
    records.addAll(upstream.driver().until(isRow("c", 50)));
    upstream.driver().commit(records);
    upstream.driver().kill();
    sql.run("XA COMMIT 'y'", "INSERT INTO t VALUES (60)");
    DatabaseServer replica = stack.database("mysql-replica");
    awaitRow(replica, 60);

    upstream.driver().start(on(replica));
    records.addAll(upstream.driver().until(isRow("c", 60)));

    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
  }

  private static Map<String, String> on(DatabaseServer server) {
    return Map.of("database.port", Integer.toString(server.port()), "database.server.id", "99");
  }

  private static void awaitRow(DatabaseServer replica, int id) {
    try (Sql there = replica.sql()) {
      Await.until(
          "the replica to have the row " + id,
          LIMIT,
          () ->
              there.number(
                          "SELECT COUNT(*) FROM information_schema.TABLES"
                              + " WHERE TABLE_SCHEMA = 'src'")
                      > 0
                  && there.number("SELECT COUNT(*) FROM src.t WHERE id = " + id) > 0);
    }
  }
}
