package io.dmconnect.source.config;

import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.EnumValues;
import io.dmconnect.model.config.Validators;
import io.dmconnect.model.filter.BlockAllowKeys;
import io.dmconnect.model.filter.FilterRules;
import io.dmconnect.source.binlog.BinlogConnection.SslMode;
import io.dmconnect.source.snapshot.SnapshotConsistency;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** The connector's keys. */
public final class SourceKeys {
  /** The server. */
  public static final String HOSTNAME = "database.hostname";

  /** The server's port. */
  public static final String PORT = "database.port";

  /** The account. */
  public static final String USER = "database.user";

  /** The account's password. */
  public static final String PASSWORD = "database.password";

  /** The reader's {@code server_id}. */
  public static final String SERVER_ID = "database.server.id";

  /** How far TLS is demanded. */
  public static final String SSL_MODE = "database.ssl.mode";

  /** The store of the client's key. */
  public static final String SSL_KEYSTORE = "database.ssl.keystore";

  /** Its password. */
  public static final String SSL_KEYSTORE_PASSWORD = "database.ssl.keystore.password";

  /** The store of trusted certificates. */
  public static final String SSL_TRUSTSTORE = "database.ssl.truststore";

  /** Its password. */
  public static final String SSL_TRUSTSTORE_PASSWORD = "database.ssl.truststore.password";

  /** How long a connection may take. */
  public static final String CONNECT_TIMEOUT = "connect.timeout.ms";

  /** How often the server is to report on an idle binlog. */
  public static final String KEEP_ALIVE = "connect.keep.alive.interval.ms";

  /** How long a lost server is tried again. */
  public static final String RETRY_TIMEOUT = "connect.retry.timeout.ms";

  /** The source's name. */
  public static final String TOPIC_PREFIX = "topic.prefix";

  /** Partitions per table. */
  public static final String TOPIC_PARTITIONS = "topic.partitions";

  /** Whether deletes are followed by tombstones. */
  public static final String TOMBSTONES = "tombstones.on.delete";

  /** Whether patterns match names by case. */
  public static final String CASE_SENSITIVE = "case-sensitive";

  /** What the snapshot reads. */
  public static final String SNAPSHOT_MODE = "snapshot.mode";

  /** At which positions tables are read. */
  public static final String SNAPSHOT_CONSISTENCY = "snapshot.consistency";

  /** How many tables at once. */
  public static final String SNAPSHOT_THREADS = "snapshot.max.threads";

  /** How many rows a SELECT reads. */
  public static final String SNAPSHOT_CHUNK_ROWS = "snapshot.chunk.rows";

  /** The bound of what waits for Connect. */
  public static final String QUEUE_BYTES = "max.queue.size.in.bytes";

  /** The bound of one poll. */
  public static final String BATCH_RECORDS = "max.batch.size";

  /** How long a position may wait for a record. */
  public static final String HEARTBEAT = "heartbeat.interval.ms";

  /** The prechecks that are left out. */
  public static final String IGNORED_CHECKS = "ignore-checking-items";

  static final EnumValues<SslMode> SSL_MODES = EnumValues.of(SslMode.class);
  static final EnumValues<SnapshotMode> SNAPSHOT_MODES = EnumValues.of(SnapshotMode.class);
  static final EnumValues<SnapshotConsistency> CONSISTENCIES =
      EnumValues.of(SnapshotConsistency.class);

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,120}");
  private static final int MAX_PORT = 65_535;
  private static final long MAX_SERVER_ID = 0xffffffffL;
  private static final int DAY_MILLIS = 86_400_000;

  /** The definition of all keys but those of the rules. */
  public static final ConfigDef DEFINITION = define();

  private SourceKeys() {}

  private static ConfigDef define() {
    ConfigDef def = new ConfigDef();
    ConfigKeys.group(def, "Connection", connection());
    ConfigKeys.group(
        def,
        "Selection",
        Stream.of(Stream.of(BlockAllowKeys.keys()), Stream.of(FilterRules.listKey()), selection())
            .flatMap(s -> s)
            .toArray(ConfigKey[]::new));
    ConfigKeys.group(def, "Topics", topics());
    ConfigKeys.group(def, "Snapshot", snapshot());
    ConfigKeys.group(def, "Streaming", streaming());
    CoordinationKeys.define(def);
    return def;
  }

  private static ConfigKey[] connection() {
    return new ConfigKey[] {
      ConfigKey.text(HOSTNAME)
          .required()
          .high()
          .display("Server")
          .doc("Name or address of the MySQL server."),
      ConfigKey.number(PORT, 1, MAX_PORT)
          .defaultsTo(3306)
          .high()
          .display("Port")
          .doc("Port of the MySQL server."),
      ConfigKey.text(USER)
          .required()
          .high()
          .display("User")
          .doc(
              "Account to connect with. It needs SELECT on the captured tables, and REPLICATION"
                  + " SLAVE and REPLICATION CLIENT."),
      ConfigKey.secret(PASSWORD)
          .defaultsTo("")
          .high()
          .display("Password")
          .doc("The account's password. Use a configuration provider to keep it out of Connect."),
      ConfigKey.longNumber(SERVER_ID, 0, MAX_SERVER_ID)
          .defaultsTo(0L)
          .medium()
          .display("Server id")
          .doc(
              "`server_id` of this reader, which no other replica of the server may have. 0 makes"
                  + " one of the topic prefix."),
      ConfigKey.oneOf(SSL_MODE, SSL_MODES)
          .defaultsTo(SslMode.PREFERRED)
          .medium()
          .display("TLS")
          .doc(
              "How far TLS is demanded: `disabled`, `preferred` (when the server can), `required`,"
                  + " `verify_ca` (certificate of a known authority), `verify_identity` (for this"
                  + " host)."),
      ConfigKey.text(SSL_KEYSTORE)
          .optional()
          .low()
          .display("Key store")
          .doc("File with this client's key and certificate, JKS or PKCS#12 (.p12, .pfx)."),
      ConfigKey.secret(SSL_KEYSTORE_PASSWORD)
          .optional()
          .low()
          .display("Key store password")
          .doc("Password of the key store and its key."),
      ConfigKey.text(SSL_TRUSTSTORE)
          .optional()
          .low()
          .display("Trust store")
          .doc(
              "File with the certificates of trusted authorities, JKS or PKCS#12. Without one the"
                  + " JVM's are used."),
      ConfigKey.secret(SSL_TRUSTSTORE_PASSWORD)
          .optional()
          .low()
          .display("Trust store password")
          .doc("Password of the trust store."),
      ConfigKey.number(CONNECT_TIMEOUT, 100, DAY_MILLIS)
          .defaultsTo(30_000)
          .low()
          .display("Connect timeout")
          .doc("How long opening a connection may take, in milliseconds."),
      ConfigKey.number(KEEP_ALIVE, 100, DAY_MILLIS)
          .defaultsTo(10_000)
          .low()
          .display("Keep-alive interval")
          .doc(
              "How often the server reports on a binlog without news, in milliseconds. A connection"
                  + " that is silent for three times as long is opened anew."),
      ConfigKey.number(RETRY_TIMEOUT, 0, DAY_MILLIS)
          .defaultsTo(300_000)
          .low()
          .display("Retry timeout")
          .doc("How long a lost server is tried again before the task fails, in milliseconds.")
    };
  }

  private static Stream<ConfigKey> selection() {
    return Stream.of(
        ConfigKey.flag(CASE_SENSITIVE)
            .defaultsTo(false)
            .medium()
            .display("Case-sensitive patterns")
            .doc("Whether patterns for schemas and tables match by case."));
  }

  private static ConfigKey[] topics() {
    return new ConfigKey[] {
      ConfigKey.text(TOPIC_PREFIX)
          .required()
          .validator(
              Validators.text(
                  "letters, digits, dot, underscore and hyphen, up to 120",
                  value -> {
                    if (!TOPIC.matcher(value).matches()) {
                      throw new IllegalArgumentException(
                          "must be 1 to 120 letters, digits, dots, underscores and hyphens");
                    }
                  }))
          .high()
          .display("Topic prefix")
          .doc(
              "Name of this source: the prefix of its topics `<prefix>.<db>.<table>`, the topic of"
                  + " its schema changes, and the key of its offsets. Never change it."),
      ConfigKey.number(TOPIC_PARTITIONS, 1, 1_000)
          .defaultsTo(1)
          .low()
          .display("Partitions per table")
          .doc(
              "How many partitions each table's topic has. One keeps a table's total order. With"
                  + " more, rows are spread by the primary key's hash where it has only integers,"
                  + " decimals, dates, times and binary strings and the table has no other unique"
                  + " key; other tables use partition 0. Schema changes go to all of them."
                  + " `topic.creation.default.partitions` must be the same. Never change it for"
                  + " topics that exist."),
      ConfigKey.flag(TOMBSTONES)
          .defaultsTo(false)
          .low()
          .display("Tombstones")
          .doc("Whether a delete is followed by a record with the same key and a null value.")
    };
  }

  private static ConfigKey[] snapshot() {
    return new ConfigKey[] {
      ConfigKey.oneOf(SNAPSHOT_MODE, SNAPSHOT_MODES)
          .defaultsTo(SnapshotMode.INITIAL)
          .medium()
          .display("Snapshot mode")
          .doc(
              "`initial` reads the rows of every captured table that was not read before;"
                  + " `no_data` only the tables' definitions."),
      ConfigKey.oneOf(SNAPSHOT_CONSISTENCY, CONSISTENCIES)
          .defaultsTo(SnapshotConsistency.LOCK_FREE)
          .low()
          .display("Snapshot consistency")
          .doc(
              "`lock_free` reads each table between two positions of its own and marks the changes"
                  + " between them with `safe_mode`. `lock` reads all tables at one position:"
                  + " writers wait while transactions are opened under FLUSH TABLES WITH READ LOCK,"
                  + " or LOCK TABLES of the captured tables if the account lacks RELOAD. What is"
                  + " missing after a restart or a lost connection is read as with `lock_free`."),
      ConfigKey.number(SNAPSHOT_THREADS, 1, 64)
          .defaultsTo(2)
          .low()
          .display("Snapshot threads")
          .doc("How many tables are read at once, each on its own connection."),
      ConfigKey.number(SNAPSHOT_CHUNK_ROWS, 1, 10_000_000)
          .defaultsTo(20_000)
          .low()
          .display("Chunk rows")
          .doc("How many rows one SELECT reads; after a crash a snapshot goes on at a chunk.")
    };
  }

  private static ConfigKey[] streaming() {
    return new ConfigKey[] {
      ConfigKey.number(HEARTBEAT, 0, DAY_MILLIS)
          .defaultsTo(10_000)
          .low()
          .display("Heartbeat interval")
          .doc(
              "How long the binlog position may move on without a record that carries it, in"
                  + " milliseconds; then one goes to `__dm-heartbeat.<prefix>`. 0 for never, but"
                  + " where a schema change waits for its delivery in an exactly-once worker or a"
                  + " long transaction's end has to be marked. Names of new tables go there"
                  + " always."),
      ConfigKey.longNumber(QUEUE_BYTES, 1 << 20, 1L << 36)
          .defaultsTo(8L << 20)
          .low()
          .display("Queue bytes")
          .doc("About how much heap records may hold on their way to Connect, in bytes."),
      ConfigKey.number(BATCH_RECORDS, 1, 1_000_000)
          .defaultsTo(4_096)
          .low()
          .display("Batch records")
          .doc("About how many records one poll gives to Connect."),
      ConfigKey.list(IGNORED_CHECKS)
          .defaultsTo("")
          .validator(Validators.entries("names of prechecks, or `all`", CheckName::parse))
          .low()
          .display("Prechecks to leave out")
          .doc(
              "Names of prechecks that are not made, or `all`: "
                  + String.join(", ", CheckName.texts())
                  + ".")
    };
  }
}
