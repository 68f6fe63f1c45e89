package io.dmconnect.source.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.record.RowStruct;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a real server puts into row images of unusual tables, and what must be refused. */
@EnabledIfSystemProperty(named = "dm.mysql.url", matches = ".+")
class RowLayoutsTest {
  private static final TableId ID = new TableId("srcval_layouts", "t");

  private ServerTable server;

  @BeforeEach
  void connect() throws SQLException {
    server = ServerTable.open(ID);
  }

  @AfterEach
  void disconnect() throws SQLException {
    server.close();
  }

  @Test
  void nullsInEveryByteOfTheBitmapAreFound() throws Exception {
    String columns =
        IntStream.range(0, 70).mapToObj(i -> "c" + i + " INT").collect(Collectors.joining(", "));
    String values =
        IntStream.range(0, 70)
            .mapToObj(i -> i % 3 == 0 ? "NULL" : Integer.toString(i))
            .collect(Collectors.joining(", "));
    server.execute("CREATE TABLE t (id INT PRIMARY KEY, " + columns + ")");

    assertStreamedLikeRead("INSERT INTO t VALUES (1, " + values + ")");
  }

  @Test
  void generatedColumnsAreInRowImages() throws Exception {
    server.execute(
        "CREATE TABLE t (id INT PRIMARY KEY, a INT, v INT AS (a + 1) VIRTUAL,"
            + " s VARCHAR(20) AS (CONCAT('<', a, '>')) STORED, z INT)");

    assertStreamedLikeRead("INSERT INTO t (id, a, z) VALUES (1, 2, 3), (2, NULL, 4)");
  }

  @Test
  void functionalAndMultiValuedIndexesAddNoColumns() throws Exception {
    assumeTrue(server.isCurrentMySql());
    server.execute(
        "CREATE TABLE t (id INT PRIMARY KEY, a INT, j JSON, z INT, KEY f ((a * 2)),"
            + " KEY m ((CAST(j->'$.x' AS UNSIGNED ARRAY))))");

    assertStreamedLikeRead("INSERT INTO t VALUES (1, 2, '{\"x\": [1, 2]}', 3)");
  }

  @Test
  void invisibleColumnsAreInRowImages() throws Exception {
    assumeTrue(server.isCurrentMySql());
    server.execute("CREATE TABLE t (id INT PRIMARY KEY, a INT INVISIBLE, z INT)");

    assertStreamedLikeRead("INSERT INTO t (id, a, z) VALUES (1, 2, 3)");
  }

  @Test
  void columnsAddedInstantlyAreInRowImagesOfOldRows() throws Exception {
    server.execute("CREATE TABLE t (id INT PRIMARY KEY, a INT)");
    server.execute("INSERT INTO t VALUES (1, 2)");
    server.execute("ALTER TABLE t ADD COLUMN z VARCHAR(10) NOT NULL DEFAULT 'old'");

    assertStreamedLikeRead("UPDATE t SET id = 7");
  }

  @Test
  void temporalFormatsOfBeforeMariaDb101AreDecoded() throws Exception {
    assumeTrue(server.isMariaDb());
    server.execute("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
    server.execute("SET GLOBAL mysql56_temporal_format = OFF");
    try {
      server.execute(
          "CREATE TABLE t (id INT PRIMARY KEY, d DATETIME, t TIME, s TIMESTAMP NULL, e DATE)");
      assertStreamedLikeRead(
          "INSERT INTO t VALUES"
              + " (1, '2024-02-29 12:34:56', '-838:59:59', '2024-02-29 12:34:56', '2024-02-29'),"
              + " (2, '9999-12-31 23:59:59', '838:59:59', '2038-01-19 03:14:07', '0001-01-01'),"
              + " (3, '0000-00-00 00:00:00', '00:00:00', '0000-00-00 00:00:00', '0000-00-00'),"
              + " (4, '2023-02-31 01:02:03', '-00:00:01', '1970-01-01 00:00:01', '2023-02-31')");
    } finally {
      server.execute("SET GLOBAL mysql56_temporal_format = ON");
    }
  }

  @Test
  void oldTemporalFormatsWithFractionsAreRefused() throws Exception {
    assumeTrue(server.isMariaDb());
    server.execute("SET GLOBAL mysql56_temporal_format = OFF");
    try {
      server.execute("CREATE TABLE t (id INT PRIMARY KEY, d DATETIME(3))");
      BinlogCapture capture = server.capture();
      server.execute("INSERT INTO t VALUES (1, '2024-02-29 12:34:56.789')");

      assertRefused(SourceError.UNSUPPORTED_TYPE, () -> server.stream(capture))
          .hasStackTraceContaining("Column 'd' of srcval_layouts.t");
    } finally {
      server.execute("SET GLOBAL mysql56_temporal_format = ON");
    }
  }

  @Test
  void namesOfFullMetadataAreChecked() throws Exception {
    assumeTrue(server.isCurrentMySql());
    server.execute("SET GLOBAL binlog_row_metadata = FULL");
    try {
      server.execute(
          "CREATE TABLE t (id BIGINT UNSIGNED PRIMARY KEY, y YEAR, `ä b` ENUM('x', 'y'), u INT"
              + " UNSIGNED, g POINT, s SET('a') CHARACTER SET latin1)");
      assertStreamedLikeRead("INSERT INTO t VALUES (1, 2020, 'y', 4294967295, POINT(1, 2), 'a')");

      BinlogCapture capture = server.capture();
      server.execute("INSERT INTO t (id) VALUES (2)");
      server.execute("ALTER TABLE t RENAME COLUMN y TO other");

      assertRefused(SourceError.TABLE_MAP_MISMATCH, () -> server.stream(capture))
          .hasStackTraceContaining(
              "Column 2 of srcval_layouts.t is 'y' YEAR in the binlog, 'other'");
    } finally {
      server.execute("SET GLOBAL binlog_row_metadata = MINIMAL");
    }
  }

  @Test
  void rowsOfAnotherTypeAreRefused() throws Exception {
    server.execute("CREATE TABLE t (id INT PRIMARY KEY, a DECIMAL(10,2))");
    BinlogCapture capture = server.capture();
    server.execute("INSERT INTO t VALUES (1, 2)");
    server.execute("ALTER TABLE t MODIFY a DECIMAL(12,2)");

    assertRefused(SourceError.TABLE_MAP_MISMATCH, () -> server.stream(capture))
        .hasStackTraceContaining(
            "Column 2 of srcval_layouts.t is DECIMAL(10,2) in the binlog, 'a'");
  }

  @Test
  void rowsOfAnotherNumberOfColumnsAreRefused() throws Exception {
    server.execute("CREATE TABLE t (id INT PRIMARY KEY, a INT)");
    BinlogCapture capture = server.capture();
    server.execute("INSERT INTO t VALUES (1, 2)");
    server.execute("ALTER TABLE t ADD COLUMN z INT");

    assertRefused(SourceError.TABLE_MAP_MISMATCH, () -> server.stream(capture))
        .hasStackTraceContaining(
            "has rows of 2 columns for srcval_layouts.t, its known schema has 3");
  }

  @Test
  void rowsThatMayBeNullWhereTheSchemaSaysNotAreRefused() throws Exception {
    server.execute("CREATE TABLE t (id INT PRIMARY KEY, a INT NULL)");
    BinlogCapture capture = server.capture();
    server.execute("INSERT INTO t VALUES (1, 2)");
    server.execute("ALTER TABLE t MODIFY a INT NOT NULL");

    assertRefused(SourceError.TABLE_MAP_MISMATCH, () -> server.stream(capture));
  }

  @Test
  void minimalRowImagesAreRefused() throws Exception {
    server.execute("CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT)");
    server.execute("INSERT INTO t VALUES (1, 2, 3)");
    BinlogCapture capture = server.capture();
    server.execute("SET SESSION binlog_row_image = MINIMAL");
    server.execute("UPDATE t SET a = 5");

    assertRefused(SourceError.ROW_IMAGE_NOT_FULL, () -> server.stream(capture))
        .hasStackTraceContaining("The rows of srcval_layouts.t at here do not hold all columns");
  }

  @Test
  void partialJsonIsRefused() throws Exception {
    assumeTrue(server.isCurrentMySql());
    server.execute("CREATE TABLE t (id INT PRIMARY KEY, j JSON)");
    server.execute("INSERT INTO t VALUES (1, JSON_OBJECT('a', 1, 'b', REPEAT('x', 1000)))");
    BinlogCapture capture = server.capture();
    server.execute("SET SESSION binlog_row_value_options = PARTIAL_JSON");
    server.execute("UPDATE t SET j = JSON_SET(j, '$.a', 2)");

    assertRefused(SourceError.PARTIAL_JSON, () -> server.stream(capture));
  }

  private void assertStreamedLikeRead(String change) throws Exception {
    BinlogCapture capture = server.capture();
    server.execute(change);
    List<RowStruct> read = server.snapshot();

    List<RowStruct> streamed = server.stream(capture);

    assertThat(streamed.subList(streamed.size() - read.size(), streamed.size())).isEqualTo(read);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(
      SourceError error, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .cause()
        .satisfies(e -> assertThat(((DmException) e).code()).isEqualTo(error));
  }
}
