package io.dmconnect.model.event;

/**
 * The names of the event contract: fields, headers, schemas and schema parameters. Those that are
 * not DM Connect's own are Debezium's (MySQL connector 3.6).
 */
public final class EventFields {
  // Envelope
  public static final String BEFORE = "before";
  public static final String AFTER = "after";
  public static final String SOURCE = "source";
  public static final String TRANSACTION = "transaction";
  public static final String OP = "op";
  public static final String TS_MS = "ts_ms";
  public static final String TS_US = "ts_us";
  public static final String TS_NS = "ts_ns";
  public static final String EXACT = "exact";
  public static final String DDL = "ddl";

  // Source block
  public static final String VERSION = "version";
  public static final String CONNECTOR = "connector";
  public static final String NAME = "name";
  public static final String SNAPSHOT = "snapshot";
  public static final String DB = "db";
  public static final String SEQUENCE = "sequence";
  public static final String TABLE = "table";
  public static final String SERVER_ID = "server_id";
  public static final String GTID = "gtid";
  public static final String FILE = "file";
  public static final String POS = "pos";
  public static final String ROW = "row";
  public static final String THREAD = "thread";
  public static final String QUERY = "query";
  public static final String SAFE_MODE = "safe_mode";

  // Transaction block
  public static final String ID = "id";
  public static final String TOTAL_ORDER = "total_order";
  public static final String DATA_COLLECTION_ORDER = "data_collection_order";

  // DDL block; id, db, table, ts_us and snapshot are above
  public static final String KIND = "kind";
  public static final String NEW_DB = "new_db";
  public static final String NEW_TABLE = "new_table";
  public static final String STATEMENTS = "statements";
  public static final String DEFAULT_DB = "default_db";
  public static final String SQL_MODE = "sql_mode";
  public static final String TIME_ZONE = "time_zone";
  public static final String CHARSET = "charset";
  public static final String COLLATION = "collation";
  public static final String SCHEMA_BEFORE = "schema_before";
  public static final String SCHEMA_AFTER = "schema_after";
  public static final String PARTICIPANTS = "participants";

  // Headers

  /** The header that tells records other than rows apart; absent on row records. */
  public static final String KIND_HEADER = "dm.kind";

  /** The value of {@link #KIND_HEADER} on DDL records. */
  public static final String KIND_DDL = "ddl";

  // Schema names
  public static final String KEY_SUFFIX = ".Key";
  public static final String VALUE_SUFFIX = ".Value";
  public static final String ENVELOPE_SUFFIX = ".Envelope";
  public static final String SOURCE_SCHEMA = "io.debezium.connector.mysql.Source";
  public static final String TRANSACTION_SCHEMA = "event.block";
  public static final String EXACT_SCHEMA = "io.dmconnect.Exact";
  public static final String DDL_SCHEMA = "io.dmconnect.Ddl";

  // Semantic types
  public static final String BITS = "io.debezium.data.Bits";
  public static final String ENUM = "io.debezium.data.Enum";
  public static final String ENUM_SET = "io.debezium.data.EnumSet";
  public static final String JSON = "io.debezium.data.Json";
  public static final String FLOAT_VECTOR = "io.debezium.data.FloatVector";
  public static final String GEOMETRY = "io.debezium.data.geometry.Geometry";
  public static final String POINT = "io.debezium.data.geometry.Point";
  public static final String DATE = "io.debezium.time.Date";
  public static final String MICRO_TIME = "io.debezium.time.MicroTime";
  public static final String TIMESTAMP = "io.debezium.time.Timestamp";
  public static final String MICRO_TIMESTAMP = "io.debezium.time.MicroTimestamp";
  public static final String ZONED_TIMESTAMP = "io.debezium.time.ZonedTimestamp";
  public static final String YEAR = "io.debezium.time.Year";

  // Fields of the geometry structs
  public static final String WKB = "wkb";
  public static final String SRID = "srid";
  public static final String X = "x";
  public static final String Y = "y";

  // Schema parameters

  /** The column's type in upper case, with {@code UNSIGNED} and {@code ZEROFILL}. */
  public static final String COLUMN_TYPE = "__debezium.source.column.type";

  /** The column type's length, where stated. */
  public static final String COLUMN_LENGTH = "__debezium.source.column.length";

  /** The column type's scale, where stated. */
  public static final String COLUMN_SCALE = "__debezium.source.column.scale";

  /** {@code virtual} or {@code stored} on the fields of generated columns; absent on others. */
  public static final String GENERATED = "dm.generated";

  /** The members of an enum or set, separated by commas. */
  public static final String ALLOWED = "allowed";

  /** The number of bits of {@link #BITS}. */
  public static final String LENGTH = "length";

  /** The precision of a decimal. */
  public static final String PRECISION = "connect.decimal.precision";

  private EventFields() {}
}
