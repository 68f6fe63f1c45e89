package io.dmconnect.source.value;

/**
 * Column type codes of table map events (MySQL source, {@code include/field_types.h}; MariaDB
 * source, {@code include/mysql_com.h} for the two compressed types).
 */
public final class BinlogType {
  /** TINYINT. */
  public static final int TINY = 1;

  /** SMALLINT. */
  public static final int SHORT = 2;

  /** INT. */
  public static final int LONG = 3;

  /** FLOAT. */
  public static final int FLOAT = 4;

  /** DOUBLE. */
  public static final int DOUBLE = 5;

  /** TIMESTAMP as before MySQL 5.6. */
  public static final int TIMESTAMP = 7;

  /** BIGINT. */
  public static final int LONGLONG = 8;

  /** MEDIUMINT. */
  public static final int INT24 = 9;

  /** DATE. */
  public static final int DATE = 10;

  /** TIME as before MySQL 5.6. */
  public static final int TIME = 11;

  /** DATETIME as before MySQL 5.6. */
  public static final int DATETIME = 12;

  /** YEAR. */
  public static final int YEAR = 13;

  /** VARCHAR and VARBINARY. */
  public static final int VARCHAR = 15;

  /** BIT. */
  public static final int BIT = 16;

  /** TIMESTAMP with fractional seconds. */
  public static final int TIMESTAMP2 = 17;

  /** DATETIME with fractional seconds. */
  public static final int DATETIME2 = 18;

  /** TIME with fractional seconds. */
  public static final int TIME2 = 19;

  /** MariaDB's compressed BLOB and TEXT. */
  public static final int BLOB_COMPRESSED = 140;

  /** MariaDB's compressed VARCHAR and VARBINARY. */
  public static final int VARCHAR_COMPRESSED = 141;

  /** VECTOR. */
  public static final int VECTOR = 242;

  /** JSON. */
  public static final int JSON = 245;

  /** DECIMAL. */
  public static final int NEWDECIMAL = 246;

  /** ENUM. */
  public static final int ENUM = 247;

  /** SET. */
  public static final int SET = 248;

  /** BLOB and TEXT of every size. */
  public static final int BLOB = 252;

  /** VARCHAR and VARBINARY of old tables. */
  public static final int VAR_STRING = 253;

  /** CHAR and BINARY. */
  public static final int STRING = 254;

  /** GEOMETRY and its subtypes. */
  public static final int GEOMETRY = 255;

  /** The name of a type code for messages. */
  public static String name(int type) {
    return switch (type) {
      case TINY -> "TINYINT";
      case SHORT -> "SMALLINT";
      case LONG -> "INT";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case TIMESTAMP -> "TIMESTAMP (old format)";
      case LONGLONG -> "BIGINT";
      case INT24 -> "MEDIUMINT";
      case DATE -> "DATE";
      case TIME -> "TIME (old format)";
      case DATETIME -> "DATETIME (old format)";
      case YEAR -> "YEAR";
      case VARCHAR, VAR_STRING -> "VARCHAR";
      case BIT -> "BIT";
      case TIMESTAMP2 -> "TIMESTAMP";
      case DATETIME2 -> "DATETIME";
      case TIME2 -> "TIME";
      case BLOB_COMPRESSED -> "BLOB COMPRESSED";
      case VARCHAR_COMPRESSED -> "VARCHAR COMPRESSED";
      case VECTOR -> "VECTOR";
      case JSON -> "JSON";
      case NEWDECIMAL -> "DECIMAL";
      case ENUM -> "ENUM";
      case SET -> "SET";
      case BLOB -> "BLOB";
      case STRING -> "CHAR";
      case GEOMETRY -> "GEOMETRY";
      default -> "type " + type;
    };
  }

  private BinlogType() {}
}
