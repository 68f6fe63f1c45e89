package io.dmconnect.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.process.Workspace;
import io.dmconnect.local.server.Mysql;
import io.dmconnect.local.server.MysqlRelease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MysqlIT {
  private final ArtifactStore store = ArtifactStore.standard(what -> {});

  @ParameterizedTest
  @EnumSource
  void writesARowBasedBinaryLogWithGtids(MysqlRelease release) {
    try (Workspace workspace = Workspace.create()) {
      Mysql mysql = new Mysql(workspace, store, "mysql", release, 7, List.of());
      mysql.start();
      try (Sql sql = mysql.sql()) {
        assertThat(sql.rows("SELECT @@log_bin, @@binlog_format, @@gtid_mode, @@server_id"))
            .containsExactly(List.of("1", "ROW", "ON", "7"));
      }
    }
  }

  @Test
  void keepsCommittedRowsWhenKilledAndStartedAgain() {
    try (Workspace workspace = Workspace.create()) {
      Mysql mysql = new Mysql(workspace, store, "mysql", MysqlRelease.MYSQL_8_0, 1, List.of());
      mysql.start();
      try (Sql sql = mysql.sql()) {
        sql.run("CREATE DATABASE d", "CREATE TABLE d.t (a INT PRIMARY KEY)");
        sql.run("INSERT INTO d.t VALUES (5)");
      }

      mysql.kill9();
      assertThat(mysql.running()).isFalse();
      mysql.start();

      try (Sql sql = mysql.sql("d")) {
        assertThat(sql.column("SELECT a FROM t")).containsExactly("5");
      }
    }
  }

  @Test
  void aTransactionThatLosesADeadlockRunsAgain() {
    try (Workspace workspace = Workspace.create()) {
      Mysql mysql = new Mysql(workspace, store, "mysql", MysqlRelease.MYSQL_8_0, 1, List.of());
      mysql.start();
      try (Sql winner = mysql.sql();
          Sql loser = mysql.sql();
          Sql watch = mysql.sql()) {
        winner.run(
            "CREATE DATABASE d",
            "CREATE TABLE d.t (a INT PRIMARY KEY, n INT NOT NULL)",
            "INSERT INTO d.t VALUES (1, 0), (2, 0)",
            "BEGIN",
            "INSERT INTO d.t VALUES (3, 0), (4, 0), (5, 0)",
            "UPDATE d.t SET n = n + 1 WHERE a = 1");
        CompletableFuture<Sql> lost =
            CompletableFuture.supplyAsync(
                () ->
                    loser.transaction(
                        "UPDATE d.t SET n = n + 10 WHERE a = 2",
                        "UPDATE d.t SET n = n + 10 WHERE a = 1"));
        Await.until(
            "the second transaction to wait",
            Duration.ofSeconds(30),
            () -> watch.number("SELECT COUNT(*) FROM performance_schema.data_lock_waits") == 1);
        winner.run("UPDATE d.t SET n = n + 1 WHERE a = 2", "COMMIT");
        lost.join();

        assertThat(watch.column("SELECT n FROM d.t WHERE a < 3 ORDER BY a"))
            .containsExactly("11", "11");
      }
    }
  }

  @Test
  void givesEveryServerItsOwnUuid() {
    try (Workspace workspace = Workspace.create()) {
      Mysql one = new Mysql(workspace, store, "one", MysqlRelease.MYSQL_8_0, 1, List.of());
      Mysql two = new Mysql(workspace, store, "two", MysqlRelease.MYSQL_8_0, 2, List.of());
      one.launch();
      two.launch();
      one.awaitReady();
      two.awaitReady();
      try (Sql first = one.sql();
          Sql second = two.sql()) {
        assertThat(first.value("SELECT @@server_uuid"))
            .isNotEqualTo(second.value("SELECT @@server_uuid"));
      }
    }
  }
}
