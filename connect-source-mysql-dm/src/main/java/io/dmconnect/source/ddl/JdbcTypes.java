package io.dmconnect.source.ddl;

import io.dmconnect.model.schema.ColumnType;
import java.sql.Types;
import java.util.Locale;

/** The {@link Types} codes Debezium gives MySQL's types. */
final class JdbcTypes {
  private JdbcTypes() {}

  static String typeName(ColumnType type) {
    String name = type.name().toUpperCase(Locale.ROOT);
    return type.zerofill()
        ? name + " UNSIGNED ZEROFILL"
        : type.unsigned() ? name + " UNSIGNED" : name;
  }

  static int of(ColumnType type) {
    return switch (type.name()) {
      case "tinyint", "smallint" -> Types.SMALLINT;
      case "mediumint", "int", "year" -> Types.INTEGER;
      case "bigint" -> Types.BIGINT;
      case "decimal" -> Types.DECIMAL;
      case "float" -> Types.FLOAT;
      case "double" -> Types.DOUBLE;
      case "bit" -> Types.BIT;
      case "date" -> Types.DATE;
      case "datetime" -> Types.TIMESTAMP;
      case "timestamp" -> Types.TIMESTAMP_WITH_TIMEZONE;
      case "time" -> Types.TIME;
      case "char", "enum", "set" -> Types.CHAR;
      case "binary" -> Types.BINARY;
      case "varbinary" -> Types.VARBINARY;
      case "tinyblob", "blob", "mediumblob", "longblob" -> Types.BLOB;
      case "varchar", "tinytext", "text", "mediumtext", "longtext" -> Types.VARCHAR;
      default -> Types.OTHER;
    };
  }
}
