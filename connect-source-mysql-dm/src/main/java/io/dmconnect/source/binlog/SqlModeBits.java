package io.dmconnect.source.binlog;

import java.util.StringJoiner;

/**
 * The bits of {@code sql_mode} as the binlog stores them (MySQL {@code sql/system_variables.h}).
 */
final class SqlModeBits {
  private static final String[] NAMES = {
    "REAL_AS_FLOAT",
    "PIPES_AS_CONCAT",
    "ANSI_QUOTES",
    "IGNORE_SPACE",
    null,
    "ONLY_FULL_GROUP_BY",
    "NO_UNSIGNED_SUBTRACTION",
    "NO_DIR_IN_CREATE",
    "POSTGRESQL",
    "ORACLE",
    "MSSQL",
    "DB2",
    "MAXDB",
    "NO_KEY_OPTIONS",
    "NO_TABLE_OPTIONS",
    "NO_FIELD_OPTIONS",
    "MYSQL323",
    "MYSQL40",
    "ANSI",
    "NO_AUTO_VALUE_ON_ZERO",
    "NO_BACKSLASH_ESCAPES",
    "STRICT_TRANS_TABLES",
    "STRICT_ALL_TABLES",
    "NO_ZERO_IN_DATE",
    "NO_ZERO_DATE",
    "ALLOW_INVALID_DATES",
    "ERROR_FOR_DIVISION_BY_ZERO",
    "TRADITIONAL",
    "NO_AUTO_CREATE_USER",
    "HIGH_NOT_PRECEDENCE",
    "NO_ENGINE_SUBSTITUTION",
    "PAD_CHAR_TO_FULL_LENGTH",
    "TIME_TRUNCATE_FRACTIONAL"
  };

  private SqlModeBits() {}

  static String text(long bits) {
    StringJoiner text = new StringJoiner(",");
    for (int i = 0; i < NAMES.length; i++) {
      if ((bits >>> i & 1) != 0 && NAMES[i] != null) {
        text.add(NAMES[i]);
      }
    }
    return text.toString();
  }
}
