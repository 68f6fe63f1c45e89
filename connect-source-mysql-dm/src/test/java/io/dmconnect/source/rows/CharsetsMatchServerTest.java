package io.dmconnect.source.rows;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.record.RowStruct;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every character of every non-Unicode character set decodes to what the server converts it to. */
@EnabledIfSystemProperty(named = "dm.mysql.url", matches = ".+")
class CharsetsMatchServerTest {
  private static final TableId ID = new TableId("srcval_charsets", "t");
  private static final String NUMBERS =
      "WITH RECURSIVE n AS (SELECT %d AS i UNION ALL SELECT i + 1 FROM n WHERE i < %d)";

  static List<String> charsets() throws SQLException {
    List<String> charsets = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(System.getProperty("dm.mysql.url"));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT character_set_name FROM information_schema.character_sets"
                    + " WHERE character_set_name NOT REGEXP '^(utf|ucs|binary)' ORDER BY 1")) {
      while (rows.next()) {
        charsets.add(rows.getString(1));
      }
    }
    return charsets;
  }

  @ParameterizedTest
  @MethodSource("charsets")
  void everyCharacterDecodesAsTheServerConvertsIt(String charset) throws SQLException {
    TableCodec codec = codec(charset);
    List<String> differences = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(System.getProperty("dm.mysql.url"));
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION cte_max_recursion_depth = 1000000");
      for (String codes : codes(charset).toList()) {
        try (ResultSet rows =
            statement.executeQuery(
                codes
                    + " SELECT h, HEX(CONVERT(CONVERT(UNHEX(h) USING "
                    + charset
                    + ") USING utf16)) FROM c")) {
          while (rows.next()) {
            compare(codec, rows.getString(1), rows.getString(2), differences);
          }
        }
      }
    }

    assertThat(differences).isEmpty();
  }

  /** Common table expressions c(h) with the bytes of characters in hex. */
  private static Stream<String> codes(String charset) {
    String singles = NUMBERS.formatted(1, 255) + ", c AS (SELECT LPAD(HEX(i), 2, '0') AS h FROM n)";
    String pairs = NUMBERS.formatted(0x8000, 0xffff) + ", c AS (SELECT HEX(i) AS h FROM n)";
    return switch (charset) {
      case "gbk", "gb2312", "big5", "euckr", "sjis", "cp932" -> Stream.of(singles, pairs);
      case "ujis", "eucjpms" ->
          Stream.of(
              singles,
              pairs,
              NUMBERS.formatted(0x8fa1a1, 0x8ffefe) + ", c AS (SELECT HEX(i) AS h FROM n)");
      case "gb18030" ->
          Stream.of(
              singles,
              pairs,
              NUMBERS.formatted(0, 50_399)
                  + ", c AS (SELECT CONCAT(HEX(0x81 + i DIV 12600), HEX(0x30 + (i DIV 1260) % 10),"
                  + " HEX(0x81 + (i DIV 10) % 126), HEX(0x30 + i % 10)) AS h FROM n)");
      default -> Stream.of(singles);
    };
  }

  private static void compare(
      TableCodec codec, String hex, String utf16, List<String> differences) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    RowStruct row = codec.decodeText(new byte[][] {bytes});
    String decoded = row.exact() == null ? row.getString("v") : null;
    String server = utf16 == null ? null : new String(HexFormat.of().parseHex(utf16), UTF_16BE);
    // the server puts a question mark or U+FFFD for what it cannot convert
    boolean unmapped =
        server == null
            || server.isEmpty()
            || server.indexOf('?') >= 0
            || server.indexOf('\uFFFD') >= 0;
    if (decoded == null ? !unmapped : !decoded.equals(server)) {
      differences.add(hex + ": " + decoded + " instead of " + server);
    }
  }

  private static TableCodec codec(String charset) {
    ColumnType type = new ColumnType("varchar", 10, -1, false, false, List.of(), charset, null);
    TableSchema schema = TableSchema.of(List.of(ColumnSchema.of("v", type, true)), List.of());
    return TableCodec.of(ID, schema, RowSchemas.of("t", schema));
  }
}
