package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.server.MysqlRelease;
import io.dmconnect.source.testing.Replica;
import io.dmconnect.source.testing.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are gone before their snapshot is complete, and tasks that start after that. */
class VanishedTablesIT {
  private static final Map<String, String> ONE_BY_ONE =
      Map.of(
          "snapshot.max.threads", "1",
          "snapshot.chunk.rows", "50",
          "max.batch.size", "200",
          "max.queue.size.in.bytes", "1048576");
  private static LocalStack stack;

  private Upstream upstream;

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

  @AfterEach
  void close() {
    upstream.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "positions"})
  void aTableDroppedBeforeItsSnapshotStopsNoLaterTask(String server) throws Exception {
    upstream = new Upstream(stack.database(server));
    upstream
        .sql()
        .run("CREATE TABLE a (id INT PRIMARY KEY)", "CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.fill("a", 1, 6000);
    List<SourceRecord> records = upstream.driver().start(ONE_BY_ONE).until(isRow("r", 1));
    upstream
        .sql()
        .run("INSERT INTO t VALUES (-2)", "ALTER TABLE t ADD COLUMN w INT", "DROP TABLE t");
    records.addAll(upstream.driver().until(r -> done(r, "src.a")));
    upstream.driver().commit(records);
    upstream.driver().kill();
    upstream
        .sql()
        .run(
            "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
            "INSERT INTO t VALUES (-3, 3)",
            "DROP TABLE t",
            "INSERT INTO a VALUES (-1)");

    List<SourceRecord> streamed = upstream.driver().start(ONE_BY_ONE).until(isRow("c", -1));

    assertThat(streamed).noneMatch(isRow("c", -2)).anyMatch(isRow("c", -3));
    assertThat(new Replica(Upstream.topic("t")).apply(streamed).rows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "positions"})
  void whatIsInTheTopicOfATableDroppedInsideItsSnapshotIsTakenBackOnce(String server)
      throws Exception {
    upstream = new Upstream(stack.database(server));
    upstream
        .sql()
        .run("CREATE TABLE a (id INT PRIMARY KEY)", "CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.fill("t", 1, 6000);
    List<SourceRecord> records = upstream.driver().start(ONE_BY_ONE).until(isRow("r", 100));
    upstream.driver().commit(records);
    upstream.driver().kill();
    upstream.sql().run("INSERT INTO t VALUES (-2)", "DROP TABLE t", "INSERT INTO a VALUES (-1)");

    List<SourceRecord> topics = new ArrayList<>(records);
    topics.addAll(upstream.driver().committing().start(ONE_BY_ONE).until(isRow("c", -1)));

    assertThat(new Replica(Upstream.topic("t")).apply(records).rows()).isNotEmpty();
    assertThat(new Replica(Upstream.topic("t")).apply(topics).rows()).isEmpty();
    upstream
        .driver()
        .commit(topics.stream().filter(r -> r.sourcePartition().containsKey("snapshot")).toList());
    upstream.driver().kill();
    upstream.sql().run("INSERT INTO a VALUES (-4)");
    assertThat(upstream.driver().start(ONE_BY_ONE).until(isRow("c", -4)))
        .noneMatch(r -> r.topic().equals(Upstream.topic("t")));
  }
}
