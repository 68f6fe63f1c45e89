package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Schema changes reach the target in their place among the rows. */
@ExtendWith(TestStack.class)
class DdlIT {
  private final LocalStack stack;

  DdlIT(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void tablesThatAreCreatedTruncatedAndDroppedWhileStreaming() {
    try (Pipeline pipeline = new Pipeline(stack, "lifecycle")) {
      pipeline
          .mysql()
          .run("CREATE TABLE first (id INT PRIMARY KEY)", "INSERT INTO first VALUES (1)");
      pipeline.start().awaitEqual("first");
      pipeline
          .mysql()
          .run(
              "CREATE TABLE second (id INT PRIMARY KEY, v VARCHAR(5) DEFAULT 'd')",
              "INSERT INTO second (id) VALUES (1), (2)",
              "TRUNCATE TABLE first",
              "INSERT INTO first VALUES (7)",
              "CREATE TABLE third LIKE second",
              "INSERT INTO third VALUES (3, 'x')",
              "DROP TABLE second");
      pipeline.awaitEqual("first", "third");
      pipeline.awaitTarget(
          "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '"
              + pipeline.database()
              + "' AND TABLE_NAME = 'second'",
          "0");
    }
  }

  @Test
  void columnsAreAddedChangedAndDroppedBetweenRows() {
    try (Pipeline pipeline = new Pipeline(stack, "columns")) {
      pipeline
          .mysql()
          .run("CREATE TABLE t (id INT PRIMARY KEY, a INT)", "INSERT INTO t VALUES (1, 1)");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "ALTER TABLE t ADD COLUMN b VARCHAR(10) NOT NULL DEFAULT 'b' AFTER id",
              "INSERT INTO t VALUES (2, 'two', 2)",
              "ALTER TABLE t MODIFY a BIGINT, ADD COLUMN c DATETIME(3)",
              "INSERT INTO t VALUES (3, 'three', 3000000000, '2024-02-29 12:00:00.123')",
              "ALTER TABLE t RENAME COLUMN b TO name",
              "UPDATE t SET name = 'uno' WHERE id = 1",
              "ALTER TABLE t DROP COLUMN a",
              "INSERT INTO t VALUES (4, 'four', NULL)",
              "ALTER TABLE t CHANGE c d DATETIME(6) NULL",
              "INSERT INTO t VALUES (5, 'five', '2024-02-29 12:00:00.123456')");
      pipeline.awaitEqual("t");
    }
  }

  @Test
  void indexesAreAddedAndDropped() {
    try (Pipeline pipeline = new Pipeline(stack, "indexes")) {
      pipeline
          .mysql()
          .run(
              "CREATE TABLE t (id INT PRIMARY KEY, a INT, b VARCHAR(20))",
              "INSERT INTO t VALUES (1, 1, 'x')");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "CREATE UNIQUE INDEX ua ON t (a)",
              "ALTER TABLE t ADD INDEX ib (b(5)), ADD INDEX iab (a, b)",
              "DROP INDEX iab ON t",
              "ALTER TABLE t RENAME INDEX ib TO ic",
              "INSERT INTO t VALUES (2, 2, 'y')");
      pipeline.awaitEqual("t");
      pipeline.awaitTarget(
          "SELECT INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = '"
              + pipeline.database()
              + "' AND TABLE_NAME = 't' AND SEQ_IN_INDEX = 1 ORDER BY LOWER(INDEX_NAME)",
          "ic",
          "PRIMARY",
          "ua");
    }
  }

  @Test
  void tablesAreRenamedAndSwapped() {
    try (Pipeline pipeline = new Pipeline(stack, "renames")) {
      pipeline
          .mysql()
          .run(
              "CREATE TABLE a (id INT PRIMARY KEY, v VARCHAR(10))",
              "CREATE TABLE b (id INT PRIMARY KEY, v VARCHAR(10))",
              "INSERT INTO a VALUES (1, 'from a')",
              "INSERT INTO b VALUES (1, 'from b')");
      pipeline.start().awaitEqual("a", "b");
      pipeline
          .mysql()
          .run(
              "RENAME TABLE a TO swap, b TO a, swap TO b",
              "INSERT INTO a VALUES (2, 'into a')",
              "ALTER TABLE b RENAME TO c",
              "INSERT INTO c VALUES (2, 'into c')");
      pipeline.awaitEqual("a", "c");
      assertThat(
              pipeline.tidb().value("SELECT v FROM `" + pipeline.database() + "`.c WHERE id = 1"))
          .isEqualTo("from a");
    }
  }

  @Test
  void defaultsTakeTheTimeZoneAndTimeOfTheStatement() {
    try (Pipeline pipeline = new Pipeline(stack, "times")) {
      pipeline.mysql().run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "SET time_zone = '+09:00'",
              "SET timestamp = 1700000000",
              "ALTER TABLE t ADD COLUMN at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP",
              "SET time_zone = '+00:00'",
              "SET timestamp = DEFAULT");
      pipeline.awaitEqual("t");
    }
  }

  @Test
  void quotedNamesUnderAnsiQuotes() {
    try (Pipeline pipeline = new Pipeline(stack, "ansi")) {
      pipeline.mysql().run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')",
              "ALTER TABLE \"t\" ADD COLUMN \"select\" VARCHAR(20) NOT NULL"
                  + " DEFAULT 'it''s \"so\"' COMMENT '\"said\" `so`'",
              "CREATE TABLE \"order\" (\"id\" INT PRIMARY KEY, \"key\" INT DEFAULT 7)",
              "INSERT INTO \"order\" (\"id\") VALUES (1)",
              "INSERT INTO \"t\" (\"id\") VALUES (2)",
              "SET sql_mode = DEFAULT");
      pipeline.awaitEqual("t", "order");
      awaitEqualDefinitions(pipeline);
    }
  }

  @Test
  void backslashesUnderNoBackslashEscapes() {
    try (Pipeline pipeline = new Pipeline(stack, "backslashes")) {
      pipeline.mysql().run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')",
              "ALTER TABLE t ADD COLUMN path VARCHAR(20) NOT NULL DEFAULT 'C:\\new\\'"
                  + " COMMENT 'a \\ and \\\\, \\n'",
              "INSERT INTO t (id) VALUES (2)",
              "SET sql_mode = DEFAULT",
              "ALTER TABLE t ADD COLUMN other VARCHAR(20) NOT NULL DEFAULT 'C:\\\\new\\n'"
                  + " COMMENT 'a \\\\ and \\''",
              "INSERT INTO t (id) VALUES (3)");
      pipeline.awaitEqual("t");
      awaitEqualDefinitions(pipeline);
    }
  }

  @Test
  void statementsThatTouchNoCapturedTableNeverStopAnything() {
    try (Pipeline pipeline = new Pipeline(stack, "unrelated")) {
      pipeline.mysql().run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "CREATE VIEW v AS SELECT id FROM t",
              "CREATE PROCEDURE p() BEGIN SELECT 1; END",
              "CREATE TRIGGER trg BEFORE INSERT ON t FOR EACH ROW SET @x = NEW.id",
              "CREATE USER IF NOT EXISTS 'unrelated_user'@'localhost' IDENTIFIED BY 'x'",
              "GRANT SELECT ON *.* TO 'unrelated_user'@'localhost'",
              "CREATE TEMPORARY TABLE tmp (id INT)",
              "DROP TEMPORARY TABLE tmp",
              "ANALYZE TABLE t",
              "FLUSH TABLES",
              "INSERT INTO t VALUES (2)",
              "DROP USER 'unrelated_user'@'localhost'");
      pipeline.awaitEqual("t");
    }
  }

  /** Names, defaults and comments of all columns are those of MySQL. */
  private static void awaitEqualDefinitions(Pipeline pipeline) {
    String query =
        "SELECT CONCAT_WS('|', TABLE_NAME, COLUMN_NAME, COLUMN_DEFAULT, COLUMN_COMMENT)"
            + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '"
            + pipeline.database()
            + "' ORDER BY TABLE_NAME, ORDINAL_POSITION";
    pipeline.awaitTarget(query, pipeline.mysql().column(query).toArray(String[]::new));
  }
}
