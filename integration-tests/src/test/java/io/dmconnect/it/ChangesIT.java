package io.dmconnect.it;

import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows of every kind of table and every kind of change arrive as they are upstream. */
@ExtendWith(TestStack.class)
class ChangesIT {
  private final LocalStack stack;

  ChangesIT(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void insertsUpdatesAndDeletesAfterTheSnapshot() {
    try (Pipeline pipeline = new Pipeline(stack, "changes")) {
      pipeline
          .mysql()
          .run(
              "CREATE TABLE t (id BIGINT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40), n INT)",
              "INSERT INTO t (name, n) VALUES ('a', 1), ('b', 2), ('c', NULL)");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "INSERT INTO t (name, n) VALUES ('d', 4)",
              "UPDATE t SET n = n + 1, name = CONCAT(name, '''x') WHERE id <= 2",
              "DELETE FROM t WHERE id = 3");
      pipeline.awaitEqual("t");
    }
  }

  @Test
  void primaryKeyChangesAndChainsOfThem() {
    try (Pipeline pipeline = new Pipeline(stack, "keychange")) {
      pipeline
          .mysql()
          .run(
              "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(10))",
              "INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three')");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "UPDATE t SET id = id + 10 ORDER BY id DESC",
              "UPDATE t SET id = id - 9 ORDER BY id",
              "UPDATE t SET id = 100 WHERE v = 'one'");
      pipeline.awaitEqual("t");
    }
  }

  @Test
  void valuesOfUniqueKeysSwapBetweenRows() {
    try (Pipeline pipeline = new Pipeline(stack, "swap")) {
      pipeline
          .mysql()
          .run(
              "CREATE TABLE t (id INT PRIMARY KEY, u VARCHAR(10), w INT,"
                  + " UNIQUE KEY uk (u), UNIQUE KEY wk (w))",
              "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, NULL, NULL)");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "BEGIN",
              "UPDATE t SET u = 'tmp', w = -1 WHERE id = 1",
              "UPDATE t SET u = 'a', w = 1 WHERE id = 2",
              "UPDATE t SET u = 'b', w = 2 WHERE id = 1",
              "COMMIT",
              "DELETE FROM t WHERE id = 2",
              "INSERT INTO t VALUES (4, 'A', 1)",
              "UPDATE t SET u = 'c' WHERE id = 4",
              "UPDATE t SET u = 'a' WHERE id = 3");
      pipeline.awaitEqual("t");
    }
  }

  @Test
  void compositeStringAndBinaryPrimaryKeys() {
    try (Pipeline pipeline = new Pipeline(stack, "keys")) {
      pipeline
          .mysql()
          .run(
              "SET sql_mode = ''",
              "CREATE TABLE composite (a INT, b VARCHAR(20), c DATETIME(6), v INT,"
                  + " PRIMARY KEY (b, a, c))",
              "CREATE TABLE ci (k VARCHAR(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v INT)",
              "CREATE TABLE bin (k VARBINARY(20) PRIMARY KEY, v INT)",
              "INSERT INTO composite VALUES (1, 'x', '2024-01-01 00:00:00.000001', 1),"
                  + " (1, 'y''\\\\', '2024-01-01', 2), (2, '', '0000-00-00', 3)",
              "INSERT INTO ci VALUES ('Ä', 1), ('b', 2), ('', 3)",
              "INSERT INTO bin VALUES (x'00', 1), (x'0000', 2), (x'ff27', 3), ('', 4)");
      pipeline.start().awaitEqual("composite", "ci", "bin");
      pipeline
          .mysql()
          .run(
              "UPDATE composite SET v = v * 10",
              "DELETE FROM composite WHERE a = 2",
              "UPDATE ci SET k = 'B' WHERE k = 'b'",
              "UPDATE ci SET v = 9 WHERE k = 'a'",
              "DELETE FROM bin WHERE k = x'00'",
              "UPDATE bin SET v = 20 WHERE k = x'0000'");
      pipeline.awaitEqual("composite", "ci", "bin");
    }
  }

  @Test
  void tablesWithoutAnyKeyKeepTheirDuplicates() {
    try (Pipeline pipeline = new Pipeline(stack, "keyless")) {
      pipeline
          .mysql()
          .run(
              "CREATE TABLE t (a INT, b VARCHAR(10), f FLOAT)",
              "INSERT INTO t VALUES (1, 'x', 1.5), (1, 'x', 1.5), (NULL, NULL, NULL), (2, 'y', 0.1)");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "INSERT INTO t VALUES (1, 'x', 1.5)",
              "DELETE FROM t WHERE a = 1 LIMIT 1",
              "UPDATE t SET b = 'z' WHERE a IS NULL",
              "UPDATE t SET a = 3 WHERE f = 1.5 LIMIT 1");
      pipeline.awaitEqual("t");
    }
  }

  @Test
  void aTableWhoseOnlyKeyIsUniqueAndNullable() {
    try (Pipeline pipeline = new Pipeline(stack, "nullableuk")) {
      pipeline
          .mysql()
          .run(
              "CREATE TABLE t (u INT UNIQUE, v INT)",
              "INSERT INTO t VALUES (1, 1), (NULL, 2), (NULL, 2)");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "INSERT INTO t VALUES (NULL, 2), (2, 5)",
              "UPDATE t SET v = 7 WHERE u = 1",
              "DELETE FROM t WHERE v = 2 LIMIT 1");
      pipeline.awaitEqual("t");
    }
  }

  @Test
  void transactionsOfManyRowsAndTablesThatRollBack() {
    try (Pipeline pipeline = new Pipeline(stack, "transactions")) {
      pipeline
          .mysql()
          .run(
              "CREATE TABLE a (id INT PRIMARY KEY, v INT)",
              "CREATE TABLE b (id INT PRIMARY KEY, v INT)");
      pipeline.start().awaitEqual("a", "b");
      pipeline.mysql().run("SET SESSION cte_max_recursion_depth = 100000", "BEGIN");
      pipeline
          .mysql()
          .run(
              "INSERT INTO a WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s"
                  + " WHERE n < 20000) SELECT n, n * 7 % 13 FROM s",
              "INSERT INTO b SELECT id, v FROM a WHERE v = 5",
              "DELETE FROM a WHERE v = 6",
              "SAVEPOINT x",
              "DELETE FROM b",
              "ROLLBACK TO x",
              "COMMIT",
              "BEGIN",
              "DELETE FROM a",
              "ROLLBACK");
      pipeline.awaitEqual("a", "b");
    }
  }
}
