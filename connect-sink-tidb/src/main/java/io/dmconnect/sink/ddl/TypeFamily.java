package io.dmconnect.sink.ddl;

/** Types that take each other's values if they are big enough. */
enum TypeFamily {
  INTEGER,
  NUMBER,
  TEXT,
  BYTES,
  DATE,
  TIME,
  OTHER;

  /** The family of a type in the spelling of {@link ColumnTypes}. */
  static TypeFamily of(String type) {
    return switch (ColumnTypes.base(type)) {
      case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> INTEGER;
      case "decimal", "float", "double" -> NUMBER;
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "json" ->
          TEXT;
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit" -> BYTES;
      case "date", "datetime", "timestamp" -> DATE;
      case "time" -> TIME;
      default -> OTHER;
    };
  }
}
