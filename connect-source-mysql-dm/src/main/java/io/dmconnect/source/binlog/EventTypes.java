package io.dmconnect.source.binlog;

/**
 * The binlog event type codes that matter here (MySQL Internals, "Binary Log Event"; {@code
 * libbinlogevents/include/binlog_event.h}).
 */
public final class EventTypes {
  /** QUERY_EVENT: a statement, {@code BEGIN} and {@code COMMIT} included. */
  public static final int QUERY = 2;

  /** ROTATE_EVENT: the next file. */
  public static final int ROTATE = 4;

  /** INTVAR_EVENT: goes with a statement. */
  public static final int INTVAR = 5;

  /** RAND_EVENT: goes with a statement. */
  public static final int RAND = 13;

  /** USER_VAR_EVENT: goes with a statement. */
  public static final int USER_VAR = 14;

  /** FORMAT_DESCRIPTION_EVENT: the first of every file. */
  public static final int FORMAT_DESCRIPTION = 15;

  /** XID_EVENT: the commit of a transaction. */
  public static final int XID = 16;

  /** BEGIN_LOAD_QUERY_EVENT: a block of a file loaded in statement format. */
  public static final int BEGIN_LOAD_QUERY = 17;

  /** EXECUTE_LOAD_QUERY_EVENT: LOAD DATA in statement format. */
  public static final int EXECUTE_LOAD_QUERY = 18;

  /** TABLE_MAP_EVENT: the table of the rows events that follow. */
  public static final int TABLE_MAP = 19;

  /** WRITE_ROWS_EVENTv1. */
  public static final int WRITE_ROWS_V1 = 23;

  /** UPDATE_ROWS_EVENTv1. */
  public static final int UPDATE_ROWS_V1 = 24;

  /** DELETE_ROWS_EVENTv1. */
  public static final int DELETE_ROWS_V1 = 25;

  /** INCIDENT_EVENT: the server lost events. */
  public static final int INCIDENT = 26;

  /** HEARTBEAT_EVENT: nothing to send. */
  public static final int HEARTBEAT = 27;

  /** WRITE_ROWS_EVENTv2. */
  public static final int WRITE_ROWS = 30;

  /** UPDATE_ROWS_EVENTv2. */
  public static final int UPDATE_ROWS = 31;

  /** DELETE_ROWS_EVENTv2. */
  public static final int DELETE_ROWS = 32;

  /** GTID_EVENT. */
  public static final int GTID = 33;

  /** ANONYMOUS_GTID_EVENT: the start of a transaction without GTID. */
  public static final int ANONYMOUS_GTID = 34;

  /** PREVIOUS_GTIDS_EVENT. */
  public static final int PREVIOUS_GTIDS = 35;

  /** XA_PREPARE_EVENT. */
  public static final int XA_PREPARE = 38;

  /** PARTIAL_UPDATE_ROWS_EVENT: {@code binlog_row_value_options=PARTIAL_JSON}. */
  public static final int PARTIAL_UPDATE_ROWS = 39;

  /** TRANSACTION_PAYLOAD_EVENT: a compressed transaction. */
  public static final int TRANSACTION_PAYLOAD = 40;

  /** HEARTBEAT_EVENT_V2. */
  public static final int HEARTBEAT_V2 = 41;

  /** GTID_TAGGED_LOG_EVENT (MySQL 8.3). */
  public static final int GTID_TAGGED = 42;

  /** MariaDB's ANNOTATE_ROWS_EVENT: the statement that made the rows. */
  public static final int MARIADB_ANNOTATE_ROWS = 160;

  /** MariaDB's BINLOG_CHECKPOINT_EVENT: which files a recovery needs. */
  public static final int MARIADB_BINLOG_CHECKPOINT = 161;

  /** MariaDB's GTID_EVENT, which also begins the transaction. */
  public static final int MARIADB_GTID = 162;

  /** MariaDB's GTID_LIST_EVENT: what is before a file. */
  public static final int MARIADB_GTID_LIST = 163;

  /** MariaDB's START_ENCRYPTION_EVENT; what is sent is not encrypted. */
  public static final int MARIADB_START_ENCRYPTION = 164;

  /** MariaDB's QUERY_COMPRESSED_EVENT. */
  public static final int MARIADB_QUERY_COMPRESSED = 165;

  /** MariaDB's WRITE_ROWS_COMPRESSED_EVENT_V1, followed by those for updates and deletes. */
  public static final int MARIADB_WRITE_ROWS_COMPRESSED_V1 = 166;

  /** MariaDB's WRITE_ROWS_COMPRESSED_EVENT, followed by those for updates and deletes. */
  public static final int MARIADB_WRITE_ROWS_COMPRESSED = 169;

  private static final int MARIADB_DELETE_ROWS_COMPRESSED = 171;

  private EventTypes() {}

  /** Whether the event holds complete row images, in either version of the format. */
  public static boolean isRows(int type) {
    return (type >= WRITE_ROWS_V1 && type <= DELETE_ROWS_V1)
        || (type >= WRITE_ROWS && type <= DELETE_ROWS);
  }

  static boolean isUpdate(int type) {
    return type == UPDATE_ROWS_V1 || type == UPDATE_ROWS;
  }

  /** Whether MariaDB has compressed the event's end ({@code log_bin_compress}). */
  static boolean isCompressed(int type) {
    return type >= MARIADB_QUERY_COMPRESSED && type <= MARIADB_DELETE_ROWS_COMPRESSED;
  }

  /** The type of the same event without compression. */
  static int uncompressed(int type) {
    if (!isCompressed(type)) {
      return type;
    }
    if (type == MARIADB_QUERY_COMPRESSED) {
      return QUERY;
    }
    return type < MARIADB_WRITE_ROWS_COMPRESSED
        ? type - MARIADB_WRITE_ROWS_COMPRESSED_V1 + WRITE_ROWS_V1
        : type - MARIADB_WRITE_ROWS_COMPRESSED + WRITE_ROWS;
  }
}
