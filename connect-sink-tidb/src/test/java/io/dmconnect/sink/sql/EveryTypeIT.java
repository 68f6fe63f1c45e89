package io.dmconnect.sink.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.Event;
import io.dmconnect.model.event.Op;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.merge.NetEffect;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.row.RowChangeReader;
import io.dmconnect.sink.testing.TargetDatabase;
import io.dmconnect.sink.testing.TestTable;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of every type are stored by TiDB as they are, found again by value, and found as keys. */
@EnabledIfSystemProperty(named = TargetDatabase.URL, matches = ".+")
class EveryTypeIT {
  private static final TableId UP = new TableId("up", "t");

  /**
   * One value.
   *
   * @param sql the column's type in the target
   * @param exact the cell's literal; null when the value says it all
   * @param shown what a SELECT of the expression shows
   */
  record Cell(
      ColumnType type, String sql, Object value, String exact, String expression, String shown) {

    boolean canBeKey() {
      return switch (type.name()) {
        case "json", "blob", "text", "vector" -> false;
        default -> true;
      };
    }

    @Override
    public String toString() {
      return sql + " " + shown;
    }
  }

  private static final PlanLimits LOAD_ALL = new PlanLimits(100, 10_000, 1);

  private static TargetDatabase database;

  @BeforeAll
  static void createDatabase() throws SQLException {
    database = new TargetDatabase("sinkrow_types");
  }

  @AfterAll
  static void dropDatabase() throws SQLException {
    database.close();
  }

  static Stream<Cell> cells() {
    ColumnType unsignedBigint =
        new ColumnType("bigint", -1, -1, true, false, List.of(), null, null);
    ColumnType text = TestTable.text("varchar", "utf8mb4_general_ci");
    ColumnType enumeration = members("enum");
    return Stream.of(
        cell(ColumnType.of("tinyint"), "tinyint", (short) -128, "-128"),
        cell(ColumnType.of("bigint"), "bigint", Long.MIN_VALUE, "-9223372036854775808"),
        cell(unsignedBigint, "bigint unsigned", -1L, "18446744073709551615"),
        exact(unsignedBigint, "bigint unsigned", -2L, "18446744073709551614"),
        cell(
            ColumnType.of("decimal", 65, 30),
            "decimal(65,30)",
            new BigDecimal("-99999999999999999999999999999999999.999999999999999999999999999999"),
            "-99999999999999999999999999999999999.999999999999999999999999999999"),
        cell(ColumnType.of("decimal", 10, 2), "decimal(10,2)", new BigDecimal("-0.05"), "-0.05"),
        shown(ColumnType.of("float"), "float", 0.1f, "c+0e0", "0.10000000149011612"),
        shown(ColumnType.of("float"), "float", Float.MIN_VALUE, "c=1.401298464324817e-45", "1"),
        shown(ColumnType.of("float"), "float", -Float.MAX_VALUE, "c=-3.4028234663852886e38", "1"),
        shown(ColumnType.of("float"), "float(10,2)", 1.25f, "c", "1.25"),
        shown(ColumnType.of("double"), "double", 0.1, "c", "0.1"),
        shown(ColumnType.of("double"), "double", Double.MAX_VALUE, "c=1.7976931348623157e308", "1"),
        shown(ColumnType.of("double"), "double", Double.MIN_VALUE, "c=5e-324", "1"),
        shown(ColumnType.of("bit", 1, -1), "bit(1)", true, "c+0", "1"),
        shown(ColumnType.of("bit", 12, -1), "bit(12)", new byte[] {1, 8}, "c+0", "2049"),
        shown(
            ColumnType.of("bit", 64, -1),
            "bit(64)",
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1},
            "c+0",
            "18446744073709551615"),
        cell(ColumnType.of("date"), "date", 2932896, "9999-12-31"),
        exact(ColumnType.of("date"), "date", 0, "'0000-00-00'", "0000-00-00"),
        exact(ColumnType.of("date"), "date", 0, "'2024-02-31'", "2024-02-31"),
        exact(ColumnType.of("date"), "date", 0, "'2024-00-00'", "2024-00-00"),
        cell(ColumnType.of("datetime", 3, -1), "datetime(3)", -1L, "1969-12-31 23:59:59.999"),
        cell(
            ColumnType.of("datetime", 6, -1),
            "datetime(6)",
            1_700_000_000_000_001L,
            "2023-11-14 22:13:20.000001"),
        exact(
            ColumnType.of("datetime", 0, -1),
            "datetime",
            0L,
            "'0000-00-00 00:00:00'",
            "0000-00-00 00:00:00"),
        cell(
            ColumnType.of("timestamp", 6, -1),
            "timestamp(6)",
            "2038-01-19T03:14:07.999999Z",
            "2038-01-19 03:14:07.999999"),
        exact(
            ColumnType.of("timestamp", 0, -1),
            "timestamp",
            "1970-01-01T00:00:00Z",
            "'0000-00-00 00:00:00'",
            "0000-00-00 00:00:00"),
        cell(ColumnType.of("time", 6, -1), "time(6)", -3_020_399_000_000L, "-838:59:59.000000"),
        cell(ColumnType.of("time", 6, -1), "time(6)", 1L, "00:00:00.000001"),
        cell(ColumnType.of("year"), "year", 0, "0000"),
        cell(ColumnType.of("year"), "year", 2155, "2155"),
        cell(text, "varchar(99) COLLATE utf8mb4_general_ci", "", ""),
        cell(text, "varchar(99)", "\uFEFFa\uFEFF", "\uFEFFa\uFEFF"),
        cell(text, "varchar(99)", "NULL", "NULL"),
        cell(text, "varchar(99)", "\\N", "\\N"),
        cell(text, "varchar(99)", "a\tb\nc\r\n\\d\\", "a\tb\nc\r\n\\d\\"),
        cell(text, "varchar(99)", "\u0008\u001a\u007f\t", "\u0008\u001a\u007f\t"),
        cell(text, "varchar(99) COLLATE utf8mb4_general_ci", " pad ", " pad "),
        cell(text, "varchar(99)", "it's \"{fn \\ %_\0\n\r`中😀", "it's \"{fn \\ %_\0\n\r`中😀"),
        cell(text, "char(9)", "abc", "abc"),
        cell(text, "varchar(9) CHARACTER SET gbk", "中文", "中文"),
        cell(text, "varchar(9) CHARACTER SET latin1", "abc", "abc"),
        cell(TestTable.text("text", "utf8mb4_general_ci"), "longtext", "x\\'y", "x\\'y"),
        hex(ColumnType.of("binary", 4, -1), "binary(4)", new byte[] {0, 1, 0, 0}, "00010000"),
        hex(ColumnType.of("varbinary", 4, -1), "varbinary(4)", new byte[] {}, ""),
        hex(ColumnType.of("blob"), "blob", new byte[] {0, 0x27, 0x5C, -1}, "00275CFF"),
        cell(enumeration, "enum('a','b,c')", "b,c", "b,c"),
        new Cell(enumeration, "enum('a','b,c')", "", "0", "CAST(c+0 AS SIGNED)", "0"),
        cell(members("set"), "set('a','b')", "a,b", "a,b"),
        cell(members("set"), "set('a','b')", "", ""),
        cell(
            ColumnType.of("json"),
            "json",
            "{\"a\": [1, 1.5, \"x\\\\ \\\"y\\\" 'z' 中\"], \"b\": null}",
            "{\"a\": [1, 1.5, \"x\\\\ \\\"y\\\" 'z' 中\"], \"b\": null}"),
        cell(ColumnType.of("vector"), "vector(2)", List.of(1.5f, -0.25f), "[1.5,-0.25]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void isStoredAndFoundByValue(Cell cell) throws SQLException {
    RowChangeReader reader = table(cell, "");

    run(change(reader, Op.CREATE, cell));
    assertThat(database.rows("SELECT " + cell.expression() + " FROM t"))
        .containsExactly(List.of(cell.shown()));

    run(change(reader, Op.DELETE, cell));
    assertThat(database.rows("SELECT * FROM t")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void isLoadedAsItIsInserted(Cell cell) throws SQLException {
    RowChangeReader reader = table(cell, "");
    StatementPlanner planner = new StatementPlanner(LOAD_ALL, table -> true);

    run(planner, change(reader, Op.CREATE, cell));
    assertThat(database.rows("SELECT " + cell.expression() + " FROM t"))
        .containsExactly(List.of(cell.shown()));

    run(change(reader, Op.DELETE, cell));
    assertThat(database.rows("SELECT * FROM t")).isEmpty();
  }

  static Stream<Cell> keys() {
    return cells().filter(Cell::canBeKey);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void isFoundAsAKey(Cell cell) throws SQLException {
    RowChangeReader reader = table(cell, " NOT NULL PRIMARY KEY");

    run(change(reader, Op.CREATE, cell));
    run(change(reader, Op.READ, cell));
    run(new StatementPlanner(LOAD_ALL, table -> true), change(reader, Op.READ, cell));
    assertThat(database.rows("SELECT " + cell.expression() + " FROM t"))
        .containsExactly(List.of(cell.shown()));

    run(change(reader, Op.DELETE, cell));
    assertThat(database.rows("SELECT * FROM t")).isEmpty();
  }

  private static RowChangeReader table(Cell cell, String key) throws SQLException {
    database.run("DROP TABLE IF EXISTS t");
    database.run("CREATE TABLE t (c " + cell.sql() + key + ")");
    return new RowChangeReader(UP, database.load("t"), Set.of("c"), Map.of());
  }

  private static RowChange change(RowChangeReader reader, Op op, Cell cell) {
    RowSchemas schemas =
        RowSchemas.of(
            "s.up.t", TableSchema.of(List.of(ColumnSchema.of("c", cell.type(), false)), List.of()));
    Struct row = new Struct(schemas.row()).put(schemas.rowField(0), cell.value());
    Map<String, String> exact = cell.exact() == null ? Map.of() : Map.of("c", cell.exact());
    return reader.read(
        op == Op.DELETE
            ? new Event(op, row, null, exact, Map.of(), false, 0, null, null)
            : new Event(op, null, row, Map.of(), exact, false, 0, null, null),
        false);
  }

  private static void run(RowChange change) throws SQLException {
    run(new StatementPlanner(PlanLimits.DEFAULT), change);
  }

  private static void run(StatementPlanner planner, RowChange change) throws SQLException {
    NetEffect effect = new NetEffect();
    effect.tryAdd(change);
    database.runAll(planner.plan(effect, false));
  }

  private static ColumnType members(String name) {
    return new ColumnType(name, -1, -1, false, false, List.of("a", "b,c"), "utf8mb4", null);
  }

  private static Cell cell(ColumnType type, String sql, Object value, String shown) {
    return new Cell(type, sql, value, null, "CAST(c AS CHAR)", shown);
  }

  private static Cell shown(
      ColumnType type, String sql, Object value, String expression, String shown) {
    return new Cell(type, sql, value, null, "CAST(" + expression + " AS CHAR)", shown);
  }

  private static Cell hex(ColumnType type, String sql, Object value, String shown) {
    return new Cell(type, sql, value, null, "HEX(c)", shown);
  }

  private static Cell exact(ColumnType type, String sql, Object value, String literal) {
    return exact(type, sql, value, literal, literal);
  }

  private static Cell exact(
      ColumnType type, String sql, Object value, String literal, String shown) {
    return new Cell(type, sql, value, literal, "CAST(c AS CHAR)", shown);
  }
}
