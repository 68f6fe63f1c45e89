package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isRow;
import static io.dmconnect.source.testing.Upstream.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.source.testing.Replica;
import io.dmconnect.source.testing.Upstream;
import io.dmconnect.source.testing.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code snapshot.consistency=lock}: every table at one position. */
class LockedSnapshotIT {
  private static final Map<String, String> LOCK =
      Map.of("snapshot.consistency", "lock", "snapshot.chunk.rows", "100");
  private static LocalStack stack;

  private Upstream upstream;
  private Sql sql;

  @BeforeAll
  static void startServers() {
    stack = LocalStack.builder().mysql().mariaDb("mariadb").start();
  }

  @AfterAll
  static void stopServers() {
    stack.close();
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  private void use(String server) {
    upstream = new Upstream(stack.database(server));
    sql = upstream.sql();
    sql.run("CREATE TABLE n (id INT)");
    upstream.fill("n", 1, 4000);
    sql.run(
        "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
        "CREATE TABLE k (v INT)",
        "INSERT INTO t (id) SELECT id FROM n",
        "INSERT INTO k SELECT id FROM n",
        "DROP TABLE n");
  }

  private static Map<String, String> config(DatabaseServer server, String account) {
    if (account.equals("root")) {
      return LOCK;
    }
    String grants = account.equals("flush") ? "RELOAD" : "LOCK TABLES";
    server
        .sql()
        .run(
            "DROP USER IF EXISTS " + account,
            "CREATE USER " + account + " IDENTIFIED BY 'x'",
            "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT, "
                + grants
                + " ON *.* TO "
                + account)
        .close();
    return Map.of(
        "snapshot.consistency",
        "lock",
        "snapshot.chunk.rows",
        "100",
        "database.user",
        account,
        "database.password",
        "x");
  }

  @ParameterizedTest
  @CsvSource({"mysql,root", "mysql,flush", "mysql,locktables", "mariadb,root"})
  void allTablesAreReadAtOnePositionAndNoChangeIsInDoubt(String server, String account)
      throws Exception {
    use(server);
    List<SourceRecord> records = new ArrayList<>();
    try (Writer writer = new Writer(stack.database(server), Upstream.SCHEMA)) {
      writer.await(20);
      upstream.driver().start(config(stack.database(server), account));
      Set<Object> complete = new HashSet<>();
      while (complete.size() < 2) {
        List<SourceRecord> more = upstream.driver().next();
        more.stream()
            .filter(r -> Boolean.TRUE.equals(r.sourceOffset().get("done")))
            .forEach(r -> complete.add(r.sourcePartition()));
        records.addAll(more);
      }
      writer.await(200);
    }
    sql.run("INSERT INTO t VALUES (-1, -1)");
    records.addAll(upstream.driver().until(isRow("c", -1)));

    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
    assertThat(new Replica(topic("k")).apply(records).rows()).isEqualTo(upstream.rows("k"));
    assertThat(records.stream().filter(LockedSnapshotIT::isSafeMode)).isEmpty();
    assertThat(
            records.stream()
                .filter(r -> Boolean.TRUE.equals(r.sourceOffset().get("done")))
                .map(r -> r.sourceOffset().get("pos") + " " + r.sourceOffset().get("until_pos"))
                .distinct())
        .hasSize(1);
  }

  @Test
  void whatARestartCutOffIsReadWithoutALock() throws Exception {
    use("mysql");
    List<SourceRecord> first =
        upstream.driver().start(LOCK).until(r -> done(r, "src.t")).subList(0, 1500);
    upstream.driver().commit(first);
    upstream.driver().kill();
    sql.run("UPDATE t SET v = 5 WHERE id < 1000", "DELETE FROM k WHERE v < 10");

    List<SourceRecord> records = new ArrayList<>(first);
    records.addAll(upstream.driver().start(LOCK).until(r -> done(r, "src.t")));
    sql.run("INSERT INTO t VALUES (-1, -1)");
    records.addAll(upstream.driver().until(isRow("c", -1)));

    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
    assertThat(new Replica(topic("k")).apply(records).rows()).isEqualTo(upstream.rows("k"));
  }

  @Test
  void anAccountThatMayNotLockIsToldSo() throws Exception {
    use("mysql");
    stack
        .mysql()
        .sql()
        .run(
            "DROP USER IF EXISTS reader",
            "CREATE USER reader IDENTIFIED BY 'x'",
            "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO reader")
        .close();

    upstream
        .driver()
        .start(
            Map.of(
                "snapshot.consistency",
                "lock",
                "database.user",
                "reader",
                "database.password",
                "x"));

    assertThat(upstream.driver().untilFailure())
        .hasMessageContaining("DM-10204")
        .hasMessageContaining("RELOAD");
  }

  private static boolean isSafeMode(SourceRecord record) {
    return record.value() instanceof Struct value
        && value.schema().field("source") != null
        && value.getStruct("source").schema().field("safe_mode") != null
        && Boolean.TRUE.equals(value.getStruct("source").getBoolean("safe_mode"));
  }
}
