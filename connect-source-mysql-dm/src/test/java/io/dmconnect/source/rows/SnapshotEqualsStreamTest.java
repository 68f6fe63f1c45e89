package io.dmconnect.source.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.source.record.RowStruct;
import io.dmconnect.source.rows.CellCatalog.Cells;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/**
 * For every type and value of {@code cells.txt} on a real server: the row read by SELECT and the
 * row read from the binlog decode to equal values and literals, and to what the server itself says.
 */
@EnabledIfSystemProperty(named = "dm.mysql.url", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotEqualsStreamTest {
  private static final TableId ID = new TableId("srcval_cells", "t");

  private ServerTable server;

  @BeforeAll
  void connect() throws SQLException {
    server = ServerTable.open(ID);
    server.execute("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
  }

  @AfterAll
  void disconnect() throws SQLException {
    if (server != null) {
      server.close();
    }
  }

  static List<Cells> catalog() {
    return CellCatalog.read();
  }

  @ParameterizedTest
  @MethodSource("catalog")
  void nullableColumnsDecodeAlike(Cells cells) throws Exception {
    createTable(cells, "NULL");
    BinlogCapture capture = server.capture();
    List<String> values = insert(cells);
    server.execute("INSERT INTO " + ID.quoted() + " (v) VALUES (NULL)");

    List<RowStruct> streamed = server.stream(capture);

    assertThat(streamed).hasSize(values.size() + 1);
    assertSameRows(streamed, server.snapshot(), values);
    assertThat(streamed.get(values.size()).slot(1)).isNull();
    assertServerAgrees(streamed, values, cells.check());
  }

  @ParameterizedTest
  @MethodSource("catalog")
  void requiredColumnsDecodeAlikeInBothImagesOfUpdates(Cells cells) throws Exception {
    createTable(cells, "NOT NULL");
    List<String> values = insert(cells);
    List<RowStruct> before = server.snapshot();
    BinlogCapture capture = server.capture();
    server.execute("UPDATE " + ID.quoted() + " SET id = id + 1000, v = v ORDER BY id");
    server.execute("DELETE FROM " + ID.quoted());

    List<RowStruct> streamed = server.stream(capture);

    int rows = values.size();
    assertThat(streamed).hasSize(rows * 3);
    for (int i = 0; i < rows; i++) {
      assertThat(streamed.get(i * 2)).as(values.get(i)).isEqualTo(before.get(i));
      for (RowStruct other : List.of(streamed.get(i * 2 + 1), streamed.get(rows * 2 + i))) {
        assertThat(new Object[] {other.slot(1)}).isEqualTo(new Object[] {before.get(i).slot(1)});
        assertThat(other.exact()).isEqualTo(before.get(i).exact());
      }
      assertThat(before.get(i).slot(1)).as("NOT NULL " + values.get(i)).isNotNull();
    }
  }

  /** Inserts the values the server knows; a current MySQL has to know all of them. */
  private List<String> insert(Cells cells) throws SQLException {
    List<String> inserted = new ArrayList<>();
    for (String value : cells.values()) {
      try {
        server.execute("INSERT IGNORE INTO " + ID.quoted() + " (v) VALUES (" + value + ")");
        inserted.add(value);
      } catch (SQLException e) {
        if (server.isCurrentMySql()) {
          throw e;
        }
      }
    }
    return inserted;
  }

  private void createTable(Cells cells, String nullability) throws SQLException {
    server.execute("DROP TABLE IF EXISTS " + ID.quoted());
    int attribute = cells.type().indexOf(" SRID");
    String type = attribute < 0 ? cells.type() : cells.type().substring(0, attribute);
    String rest = attribute < 0 ? "" : cells.type().substring(attribute);
    try {
      server.execute(
          "CREATE TABLE "
              + ID.quoted()
              + " (id INT AUTO_INCREMENT PRIMARY KEY, v "
              + type
              + " "
              + nullability
              + rest
              + ")");
    } catch (SQLException e) {
      throw new TestAbortedException("The server has no " + cells.type() + ": " + e.getMessage());
    }
  }

  private static void assertSameRows(
      List<RowStruct> streamed, List<RowStruct> read, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      assertThat(streamed.get(i)).as(value).isEqualTo(read.get(i));
      assertThat(streamed.get(i).exact()).as(value).isEqualTo(read.get(i).exact());
    }
  }

  /** Compares with the catalogue's check expression, and exact literals with the stored value. */
  private void assertServerAgrees(List<RowStruct> rows, List<String> values, String check)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      RowStruct row = rows.get(i);
      String where = " FROM " + ID.quoted() + " WHERE id = " + row.slot(0);
      if (check != null && row.exact() == null) {
        String expected = server.queryText("SELECT " + check + where);
        if (expected != null) {
          assertThat(text(row.slot(1))).as(values.get(i)).startsWith(expected);
        }
      }
      if (row.exact() != null) {
        String literal = row.exact().get("v");
        server.execute("INSERT IGNORE INTO " + ID.quoted() + " (v) VALUES (" + literal + ")");
        String same =
            "SELECT HEX(CAST(a.v AS BINARY)) = HEX(CAST(b.v AS BINARY)) FROM "
                + ID.quoted()
                + " a, "
                + ID.quoted()
                + " b WHERE a.id = "
                + row.slot(0)
                + " AND b.id = LAST_INSERT_ID()";
        assertThat(server.queryText(same)).as(literal).isEqualTo("1");
      }
    }
  }

  private static String text(Object value) {
    return value instanceof java.math.BigDecimal decimal
        ? decimal.toPlainString()
        : String.valueOf(value);
  }
}
