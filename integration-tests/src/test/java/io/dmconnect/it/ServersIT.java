package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.it.harness.TypeTables;
import io.dmconnect.local.LocalStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MySQL 5.7 and MariaDB as upstream: every type, schema changes, a restart in the middle. */
@ExtendWith(TestStack.class)
class ServersIT {
  private final LocalStack stack;

  ServersIT(LocalStack stack) {
    this.stack = stack;
  }

  private Pipeline pipeline(String server) {
    Pipeline pipeline = new Pipeline(stack, stack.database(server), server);
    pipeline.mysql().run("SET sql_mode = ''", "SET time_zone = '+00:00'");
    return pipeline;
  }

  @ParameterizedTest
  @ValueSource(strings = {TestStack.MYSQL_5_7, TestStack.MARIADB})
  void everyTypeIsEqualOnBothEndsFromTheSnapshotAndTheBinlog(String server) {
    try (Pipeline pipeline = pipeline(server)) {
      for (TypeTables table : TypeTables.all()) {
        pipeline.mysql().run(table.create()).run(table.inserts(0));
      }
      pipeline.start();
      for (TypeTables table : TypeTables.all()) {
        pipeline.awaitEqual(table.name());
        pipeline.mysql().run(table.inserts(1000));
      }
      for (TypeTables table : TypeTables.all()) {
        pipeline.awaitEqual(table.name());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TestStack.MYSQL_5_7, TestStack.MARIADB})
  void schemaChangesAndARestartInTheMiddle(String server) {
    try (Pipeline pipeline = pipeline(server)) {
      pipeline
          .mysql()
          .run(
              "CREATE TABLE t (id INT PRIMARY KEY, a INT, b VARCHAR(20))",
              "CREATE TABLE k (a INT, b VARCHAR(10))",
              "INSERT INTO t VALUES (1, 1, 'x'), (2, 2, 'y')",
              "INSERT INTO k VALUES (1, 'x'), (1, 'x'), (NULL, NULL)");
      pipeline.start().awaitEqual("t", "k");
      pipeline
          .mysql()
          .run(
              "ALTER TABLE t ADD COLUMN c VARCHAR(10) NOT NULL DEFAULT 'c' AFTER id",
              "INSERT INTO t VALUES (3, 'three', 3, 'z')");
      pipeline.restartSource(
          () ->
              pipeline
                  .mysql()
                  .run(
                      "UPDATE t SET id = id + 10 WHERE id > 1",
                      "ALTER TABLE t MODIFY a BIGINT, ADD UNIQUE KEY ua (a), ADD COLUMN d"
                          + " DATETIME(3)",
                      "INSERT INTO t VALUES (4, 'four', 4000000000, NULL, '2024-02-29 12:00:00.5')",
                      "DELETE FROM k WHERE a = 1 LIMIT 1",
                      "CREATE TABLE n LIKE t",
                      "INSERT INTO n SELECT * FROM t"));
      pipeline
          .mysql()
          .run(
              "RENAME TABLE n TO m",
              "TRUNCATE TABLE t",
              "INSERT INTO t VALUES (5, 'five', 5, '5', NULL)",
              "ALTER TABLE m DROP COLUMN b, CHANGE d e DATETIME(6) NULL",
              "UPDATE m SET e = '2024-02-29 12:00:00.123456' WHERE id = 4");
      pipeline.awaitEqual("t", "k", "m");
    }
  }

  @Test
  void typesThatOnlyMariaDbHasBecomeText() {
    try (Pipeline pipeline = pipeline(TestStack.MARIADB)) {
      String values =
          "'123e4567-e89b-12d3-a456-426655440000', '192.0.2.33', '2001:db8::ff00:42:8329',"
              + " '{\"a\": [1, 2.50, \"x\"]}', NEXTVAL(s))";
      pipeline
          .mysql()
          .run(
              "CREATE SEQUENCE s",
              "CREATE TABLE t (id INT PRIMARY KEY, u UUID, i4 INET4, i6 INET6, j JSON, n BIGINT)",
              "INSERT INTO t VALUES (1, " + values,
              "INSERT INTO t (id) VALUES (2)");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "SET STATEMENT lock_wait_timeout = 9 FOR ALTER TABLE t ADD COLUMN u2 UUID",
              "INSERT INTO t SELECT id + 10, u, i4, i6, j, NEXTVAL(s), u FROM t",
              "UPDATE t SET i6 = '::1', u2 = u WHERE id = 1");
      pipeline.awaitEqual("t");
      assertThat(
              pipeline.tidb().value("SELECT i6 FROM `" + pipeline.database() + "`.t WHERE id = 11"))
          .isEqualTo("2001:db8::ff00:42:8329");
    }
  }
}
