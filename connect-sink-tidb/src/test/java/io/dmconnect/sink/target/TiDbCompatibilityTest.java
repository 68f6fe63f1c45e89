package io.dmconnect.sink.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiDbCompatibilityTest {

  @ParameterizedTest
  @CsvSource({
    "1205, 41000, TRY_AGAIN, Lock wait timeout exceeded",
    "1213, 40001, TRY_AGAIN, Deadlock found",
    "1040, 08004, TRY_AGAIN, Too many connections",
    "1053, 08S01, UNREACHABLE, Server shutdown in progress",
    "8002, HY000, TRY_AGAIN, can not retry select for update statement",
    "8022, HY000, TRY_AGAIN, Error: KV error safe to retry",
    "8027, HY000, TRY_AGAIN, Information schema is out of date",
    "8028, HY000, TRY_AGAIN, Information schema is changed during the execution",
    "9001, HY000, TRY_AGAIN, PD server timeout",
    "9002, HY000, TRY_AGAIN, TiKV server timeout",
    "9003, HY000, TRY_AGAIN, TiKV server is busy",
    "9004, HY000, TRY_AGAIN, Resolve lock timeout",
    "9005, HY000, TRY_AGAIN, Region is unavailable",
    "9006, HY000, TRY_AGAIN, GC life time is shorter than transaction duration",
    "9007, HY000, TRY_AGAIN, Write conflict",
    "1105, HY000, TRY_AGAIN, Information schema is changed. [try again later]",
    "1105, HY000, UNREACHABLE, undetermined",
    "1105, HY000, OTHER, something else",
    "0, 08S01, UNREACHABLE, Communications link failure",
    "1045, 28000, DENIED, Access denied for user",
    "1142, 42000, DENIED, INSERT command denied",
    "1062, 23000, VALUE, Duplicate entry",
    "1406, 22001, VALUE, Data too long",
    "1366, HY000, VALUE, Incorrect string value",
    "1048, 23000, VALUE, Column cannot be null",
    "1146, 42S02, SCHEMA, Table doesn't exist",
    "1054, 42S22, SCHEMA, Unknown column",
    "1364, HY000, SCHEMA, Field doesn't have a default value",
    "1105, HY000, TRY_AGAIN, context canceled",
    "9999, 99999, OTHER, unknown"
  })
  void tellsWhatAnErrorAsksFor(int code, String state, Refusal refusal, String message) {
    assertThat(TiDbCompatibility.refusal(new SQLException(message, state, code)))
        .isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "utf8mb4_bin, utf8mb4_bin",
    "utf8mb3_general_ci, utf8_general_ci",
    "latin1_swedish_ci, latin1_bin",
    "ascii_general_ci, ascii_bin",
    "utf8mb4_unicode_520_ci, utf8mb4_unicode_ci",
    "utf8mb4_da_0900_ai_ci, utf8mb4_0900_ai_ci",
    "utf8mb4_0900_as_ci, utf8mb4_bin",
    "utf8mb4_0900_as_cs, utf8mb4_bin",
    "utf8mb4_uca1400_nopad_ai_ci, utf8mb4_0900_ai_ci",
    "utf8mb4_german2_ci, utf8mb4_general_ci",
    "utf8_unicode_520_ci, utf8_unicode_ci",
    "gb18030_chinese_ci, utf8mb4_general_ci",
    "sjis_bin, utf8mb4_bin",
    "binary, binary"
  })
  void findsTheNearestCollation(String upstream, String collation) {
    assertThat(TiDbCompatibility.collation(upstream)).isEqualTo(collation);
  }

  @ParameterizedTest
  @CsvSource({"latin1, latin1", "UCS2, utf8mb4", "gbk, gbk", "gb18030, utf8mb4"})
  void findsACharsetThatHoldsTheCharacters(String upstream, String charset) {
    assertThat(TiDbCompatibility.charset(upstream)).isEqualTo(charset);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION"
            + "|STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION",
        "IGNORE_BAD_TABLE_OPTIONS,ANSI_QUOTES|ANSI_QUOTES",
        "''|''"
      },
      delimiter = '|')
  void keepsTheModesThatTiDbKnows(String upstream, String modes) {
    assertThat(TiDbCompatibility.sqlMode(upstream)).isEqualTo(modes);
  }
}
