package io.dmconnect.sink.literal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.testing.TestTable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CellWritersTest {
  private static final ColumnType INT = ColumnType.of("int");
  private static final ColumnType BIGINT = ColumnType.of("bigint");
  private static final ColumnType UNSIGNED_BIGINT =
      new ColumnType("bigint", -1, -1, true, false, List.of(), null, null);
  private static final ColumnType DECIMAL = ColumnType.of("decimal", 40, 4);
  private static final ColumnType FLOAT = ColumnType.of("float");
  private static final ColumnType DOUBLE = ColumnType.of("double");
  private static final ColumnType VARCHAR = TestTable.text("varchar", "utf8mb4_bin");
  private static final ColumnType BLOB = ColumnType.of("blob");
  private static final ColumnType DATE = ColumnType.of("date");
  private static final ColumnType DATETIME = ColumnType.of("datetime", 3, -1);
  private static final ColumnType DATETIME6 = ColumnType.of("datetime", 6, -1);
  private static final ColumnType TIMESTAMP6 = ColumnType.of("timestamp", 6, -1);
  private static final ColumnType TIME6 = ColumnType.of("time", 6, -1);
  private static final ColumnType BIT1 = ColumnType.of("bit", 1, -1);
  private static final ColumnType BIT64 = ColumnType.of("bit", 64, -1);
  private static final ColumnType ENUM =
      new ColumnType("enum", -1, -1, false, false, List.of("a", "b"), null, null);
  private static final ColumnType DIGITS =
      new ColumnType("enum", -1, -1, false, false, List.of("0", "1"), null, null);
  private static final ColumnType JSON = ColumnType.of("json");

  static Stream<Arguments> literals() {
    return Stream.of(
        Arguments.of(INT, -2147483648, "-2147483648"),
        Arguments.of(INT, 0, "0"),
        Arguments.of(BIGINT, Long.MIN_VALUE, "-9223372036854775808"),
        Arguments.of(BIGINT, Long.MAX_VALUE, "9223372036854775807"),
        Arguments.of(BIGINT, 1_000_000_000_000_000_000L, "1000000000000000000"),
        Arguments.of(UNSIGNED_BIGINT, -1L, "18446744073709551615"),
        Arguments.of(ColumnType.of("tinyint"), (short) -128, "-128"),
        Arguments.of(DECIMAL, new BigDecimal("1.0500"), "1.0500"),
        Arguments.of(DECIMAL, new BigDecimal("-0.0005"), "-0.0005"),
        Arguments.of(DECIMAL, new BigDecimal("0.0000"), "0.0000"),
        Arguments.of(DECIMAL, new BigDecimal("12345678901234.0001"), "12345678901234.0001"),
        Arguments.of(
            DECIMAL,
            new BigDecimal("-123456789012345678901234567890.1234"),
            "-123456789012345678901234567890.1234"),
        Arguments.of(FLOAT, 0.1f, "0.10000000149011612e0"),
        Arguments.of(FLOAT, 1e38f, "9.999999680285692E37"),
        Arguments.of(DOUBLE, 0.1d, "0.1e0"),
        Arguments.of(DOUBLE, -1e300d, "-1.0E300"),
        Arguments.of(DOUBLE, Double.MIN_VALUE, "4.9E-324"),
        Arguments.of(VARCHAR, "", "''"),
        Arguments.of(VARCHAR, "it's a \\ and \0 {fn x}", "'it''s a \\\\ and \\0 {fn x}'"),
        Arguments.of(VARCHAR, "éß中😀\r\n\"`%_", "'éß中😀\r\n\"`%_'"),
        Arguments.of(BLOB, new byte[] {}, "x''"),
        Arguments.of(BLOB, new byte[] {0, (byte) 0xFF, 0x27}, "x'00FF27'"),
        Arguments.of(BLOB, ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 2), "x'0203'"),
        Arguments.of(DATE, 0, "'1970-01-01'"),
        Arguments.of(DATE, 2932896, "'9999-12-31'"),
        Arguments.of(DATE, -719528, "'0000-01-01'"),
        Arguments.of(DATE, 11016, "'2000-02-29'"),
        Arguments.of(DATETIME, -1L, "'1969-12-31 23:59:59.999000'"),
        Arguments.of(DATETIME, 1_700_000_000_000L, "'2023-11-14 22:13:20'"),
        Arguments.of(DATETIME6, 1_700_000_000_000_001L, "'2023-11-14 22:13:20.000001'"),
        Arguments.of(TIMESTAMP6, "2024-02-29T23:59:59Z", "'2024-02-29 23:59:59'"),
        Arguments.of(TIMESTAMP6, "2024-02-29T23:59:59.5Z", "'2024-02-29 23:59:59.5'"),
        Arguments.of(TIMESTAMP6, "2024-02-29T23:59:59.123456Z", "'2024-02-29 23:59:59.123456'"),
        Arguments.of(TIMESTAMP6, "2024-03-01T01:59:59+02:00", "'2024-02-29 23:59:59'"),
        Arguments.of(TIME6, 0L, "'00:00:00'"),
        Arguments.of(TIME6, -3_020_399_000_000L, "'-838:59:59'"),
        Arguments.of(TIME6, 3_600_000_001L, "'01:00:00.000001'"),
        Arguments.of(ColumnType.of("year"), 0, "0"),
        Arguments.of(ColumnType.of("year"), 2155, "2155"),
        Arguments.of(BIT1, true, "1"),
        Arguments.of(BIT64, new byte[] {1, 2}, "513"),
        Arguments.of(BIT64, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, "18446744073709551615"),
        Arguments.of(JSON, "{\"a\": \"\\\\ '\"}", "'{\"a\": \"\\\\\\\\ ''\"}'"),
        Arguments.of(ColumnType.of("vector"), List.of(1.5f, -2f), "'[1.5,-2.0]'"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("literals")
  void writesValuesOfEachTypeExactly(ColumnType type, Object value, String literal) {
    assertThat(write(type, type, value)).isEqualTo(literal);
  }

  static Stream<Arguments> losses() {
    ColumnType decimal2 = ColumnType.of("decimal", 10, 2);
    ColumnType seconds = ColumnType.of("datetime", 0, -1);
    return Stream.of(
        Arguments.of(DECIMAL, decimal2, new BigDecimal("1.0050"), "rounded"),
        Arguments.of(DECIMAL, INT, new BigDecimal("1.5000"), "rounded"),
        Arguments.of(DOUBLE, INT, 1.5, "rounded"),
        Arguments.of(DOUBLE, DOUBLE, Double.NaN, "not a number"),
        Arguments.of(DATETIME6, DATETIME, 1L, "rounded"),
        Arguments.of(DATETIME, seconds, 1L, "rounded"),
        Arguments.of(TIMESTAMP6, seconds, "2024-02-29T23:59:59.5Z", "rounded"),
        Arguments.of(TIMESTAMP6, TIMESTAMP6, "yesterday", "ISO-8601"),
        Arguments.of(DATE, DATE, 3_000_000, "year 10183"),
        Arguments.of(VARCHAR, INT, "007", "an integer"),
        Arguments.of(VARCHAR, INT, "44.6", "an integer"),
        Arguments.of(VARCHAR, BIGINT, "1e1", "an integer"),
        Arguments.of(VARCHAR, decimal2, "1.005", "rounded"),
        Arguments.of(VARCHAR, decimal2, " 1", "a number"),
        Arguments.of(VARCHAR, DATE, "20240229", "date"),
        Arguments.of(VARCHAR, DATETIME, "2024-02-29 23:59:59.1234", "datetime(3)"),
        Arguments.of(VARCHAR, seconds, "2024-02-29 23:59:59.5", "datetime"),
        Arguments.of(VARCHAR, TIME6, "12:00", "time(6)"),
        Arguments.of(VARCHAR, ColumnType.of("year"), "24", "year"),
        Arguments.of(VARCHAR, ColumnType.of("year"), "0050", "year"),
        Arguments.of(VARCHAR, ENUM, "2", "a member"),
        Arguments.of(VARCHAR, ENUM, "0x2", "a member"),
        Arguments.of(ENUM, ENUM, "2", "a member"),
        Arguments.of(UNSIGNED_BIGINT, DOUBLE, -1L, "rounded"),
        Arguments.of(DECIMAL, FLOAT, new BigDecimal("16777217.0000"), "rounded"),
        Arguments.of(VARCHAR, DOUBLE, "007", "a number"),
        Arguments.of(INT, FLOAT, 16_777_217, "rounded"),
        Arguments.of(BIGINT, DOUBLE, Long.MAX_VALUE, "rounded"),
        Arguments.of(VARCHAR, VARCHAR, "a\uD83D", "surrogate"));
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @MethodSource("losses")
  void refusesValuesThatTheTargetWouldChange(
      ColumnType source, ColumnType target, Object value, String why) {
    assertThatThrownBy(() -> write(source, target, value))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining(why);
  }

  static Stream<Arguments> otherTypes() {
    return Stream.of(
        Arguments.of(VARCHAR, INT, "-44", "-44"),
        Arguments.of(VARCHAR, BIGINT, "18446744073709551615", "18446744073709551615"),
        Arguments.of(VARCHAR, DECIMAL, "1.5", "1.5"),
        Arguments.of(VARCHAR, DECIMAL, "0E-8", "0"),
        Arguments.of(VARCHAR, DOUBLE, "0.1", "0.1"),
        Arguments.of(DECIMAL, DOUBLE, new BigDecimal("0.1000"), "0.1000"),
        Arguments.of(VARCHAR, DIGITS, "1", "'1'"),
        Arguments.of(VARCHAR, DATE, "2024-02-29", "'2024-02-29'"),
        Arguments.of(VARCHAR, DATETIME, "2024-02-29T23:59:59.1230", "'2024-02-29T23:59:59.1230'"),
        Arguments.of(VARCHAR, TIME6, "-838:59:59", "'-838:59:59'"),
        Arguments.of(VARCHAR, ColumnType.of("year"), "2024", "'2024'"),
        Arguments.of(VARCHAR, ENUM, "b", "'b'"),
        Arguments.of(INT, VARCHAR, 7, "7"),
        Arguments.of(INT, DOUBLE, 16_777_217, "16777217"));
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @MethodSource("otherTypes")
  void writesToOtherTypesWhatTheyKeep(
      ColumnType source, ColumnType target, Object value, String literal) {
    assertThat(write(source, target, value)).isEqualTo(literal);
  }

  static Stream<Arguments> misreadings() {
    return Stream.of(
        Arguments.of(INT, ENUM),
        Arguments.of(INT, DATE),
        Arguments.of(BIGINT, DATETIME),
        Arguments.of(DOUBLE, TIME6),
        Arguments.of(BIT1, ENUM),
        Arguments.of(DECIMAL, ENUM),
        Arguments.of(BIT64, TIME6),
        Arguments.of(TIME6, DATETIME),
        Arguments.of(ColumnType.of("year"), TIME6),
        Arguments.of(BLOB, INT),
        Arguments.of(BLOB, DECIMAL));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("misreadings")
  void doesNotWriteWhatTheTargetWouldTakeForSomethingElse(ColumnType source, ColumnType target) {
    assertThat(CellWriters.of(schema(source), TestTable.target("c", target, true))).isNull();
  }

  @Test
  void zerosBeyondTheTargetsScaleAreNoLoss() {
    assertThat(write(DECIMAL, ColumnType.of("decimal", 10, 2), new BigDecimal("1.2300")))
        .isEqualTo("1.23");
  }

  @Test
  void aTimeOfDayDoesNotGoIntoADate() {
    assertThat(CellWriters.of(schema(DATETIME), TestTable.target("c", DATE, true))).isNull();
  }

  @Test
  void geometriesGoIntoBytesOnly() {
    Schema schema = schema(ColumnType.of("point"));
    Struct point = new Struct(schema).put("x", 1.0).put("y", -2.0).put("srid", 4326);

    assertThat(CellWriters.of(schema, TestTable.target("c", VARCHAR, true))).isNull();
    assertThat(write(ColumnType.of("point"), BLOB, point))
        .isEqualTo("x'E61000000101000000000000000000F03F00000000000000C0'");
  }

  private static String write(ColumnType source, ColumnType target, Object value) {
    SqlBuffer out = new SqlBuffer();
    CellWriters.of(schema(source), TestTable.target("c", target, true)).write(value, out);
    return out.toString();
  }

  private static Schema schema(ColumnType type) {
    TableSchema table = TableSchema.of(List.of(ColumnSchema.of("c", type, true)), List.of());
    return RowSchemas.of("t", table).rowField(0).schema();
  }
}
