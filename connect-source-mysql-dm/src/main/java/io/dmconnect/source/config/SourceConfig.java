package io.dmconnect.source.config;

import io.dmconnect.model.TableId;
import io.dmconnect.model.config.ConfigReference;
import io.dmconnect.model.filter.BinlogEventFilter;
import io.dmconnect.model.filter.BlockAllowKeys;
import io.dmconnect.model.filter.BlockAllowList;
import io.dmconnect.model.filter.FilterRules;
import io.dmconnect.source.binlog.BinlogConnection;
import io.dmconnect.source.binlog.BinlogConnection.SslMode;
import io.dmconnect.source.jdbc.ConnectionSettings;
import io.dmconnect.source.snapshot.SnapshotSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** A valid configuration, typed. Immutable. */
public final class SourceConfig extends AbstractConfig {
  private static final long FIRST_DERIVED_SERVER_ID = 1L << 30;
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final int SNAPSHOT_RETRIES = 10;

  private final BlockAllowList blockAllowList;
  private final BinlogEventFilter filter;

  /**
   * Reads a connector's configuration.
   *
   * @throws ConfigException when a value is missing or wrong
   */
  public SourceConfig(Map<String, String> props) {
    super(FilterRules.RULES.enrich(SourceKeys.DEFINITION, props), props, false);
    boolean caseSensitive = getBoolean(SourceKeys.CASE_SENSITIVE);
    this.blockAllowList = BlockAllowKeys.parse(this, caseSensitive);
    this.filter =
        new BinlogEventFilter(
            FilterRules.parse(
                props,
                caseSensitive,
                problem -> {
                  throw new ConfigException(problem.key(), null, problem.message());
                }));
  }

  /** {@code topic.prefix}, the source's name. */
  public String name() {
    return getString(SourceKeys.TOPIC_PREFIX);
  }

  /** How to open SQL connections. */
  public ConnectionSettings connection() {
    SslMode mode = sslMode();
    return new ConnectionSettings(
        getString(SourceKeys.HOSTNAME),
        getInt(SourceKeys.PORT),
        getString(SourceKeys.USER),
        secret(SourceKeys.PASSWORD),
        mode,
        tls().driverProperties(),
        connectTimeout());
  }

  /** How to open the binlog. */
  public BinlogConnection binlog() {
    SslMode mode = sslMode();
    return new BinlogConnection(
        getString(SourceKeys.HOSTNAME),
        getInt(SourceKeys.PORT),
        getString(SourceKeys.USER),
        secret(SourceKeys.PASSWORD),
        serverId(),
        mode,
        tls().socketFactory(mode),
        connectTimeout(),
        Duration.ofMillis(getInt(SourceKeys.KEEP_ALIVE)));
  }

  /** How to dump tables. */
  public SnapshotSettings snapshot() {
    return new SnapshotSettings(
        getInt(SourceKeys.SNAPSHOT_THREADS),
        getInt(SourceKeys.SNAPSHOT_CHUNK_ROWS),
        SourceKeys.CONSISTENCIES.parse(getString(SourceKeys.SNAPSHOT_CONSISTENCY)),
        snapshotMode() == SnapshotMode.INITIAL,
        SNAPSHOT_RETRIES,
        RETRY_DELAY);
  }

  /** What the snapshot reads. */
  public SnapshotMode snapshotMode() {
    return SourceKeys.SNAPSHOT_MODES.parse(getString(SourceKeys.SNAPSHOT_MODE));
  }

  /** How many partitions a table's topic has. */
  public int topicPartitions() {
    return getInt(SourceKeys.TOPIC_PARTITIONS);
  }

  /** Whether a table is captured. */
  public Predicate<TableId> captured() {
    return blockAllowList::captures;
  }

  /** The block and allow list that tells it. */
  public BlockAllowList selection() {
    return blockAllowList;
  }

  /** Which events of captured tables go on. */
  public BinlogEventFilter filter() {
    return filter;
  }

  /** Whether a null value follows a deleted key. */
  public boolean tombstones() {
    return getBoolean(SourceKeys.TOMBSTONES);
  }

  /** How long a position may wait for a record of its own; zero for forever. */
  public Duration heartbeat() {
    return Duration.ofMillis(getInt(SourceKeys.HEARTBEAT));
  }

  /** How much heap records may hold on their way to Connect. */
  public long queueBytes() {
    return getLong(SourceKeys.QUEUE_BYTES);
  }

  /** How many records one {@code poll()} gives at most, give or take a batch. */
  public int batchRecords() {
    return getInt(SourceKeys.BATCH_RECORDS);
  }

  /** How long a lost server is tried again. */
  public Duration retryTimeout() {
    return Duration.ofMillis(getInt(SourceKeys.RETRY_TIMEOUT));
  }

  /** The prechecks that are left out. */
  public List<String> ignoredChecks() {
    return getList(SourceKeys.IGNORED_CHECKS);
  }

  /** This reader's {@code server_id}; made of the topic prefix unless stated. */
  long serverId() {
    long stated = getLong(SourceKeys.SERVER_ID);
    if (stated > 0) {
      return stated;
    }
    CRC32 crc = new CRC32();
    crc.update(name().getBytes(StandardCharsets.UTF_8));
    return FIRST_DERIVED_SERVER_ID + (crc.getValue() >>> 1);
  }

  private SslMode sslMode() {
    return SourceKeys.SSL_MODES.parse(getString(SourceKeys.SSL_MODE));
  }

  private TlsStores tls() {
    return new TlsStores(
        getString(SourceKeys.SSL_KEYSTORE),
        secret(SourceKeys.SSL_KEYSTORE_PASSWORD),
        getString(SourceKeys.SSL_TRUSTSTORE),
        secret(SourceKeys.SSL_TRUSTSTORE_PASSWORD));
  }

  private Duration connectTimeout() {
    return Duration.ofMillis(getInt(SourceKeys.CONNECT_TIMEOUT));
  }

  private String secret(String key) {
    Password password = getPassword(key);
    return password == null ? "" : password.value();
  }

  /**
   * Writes the reference page.
   *
   * @param args the file
   */
  public static void main(String[] args) throws IOException {
    ConfigReference.write(Path.of(args[0]), reference());
  }

  /** The reference page of all keys, in Markdown. */
  static String reference() {
    return ConfigReference.markdown(
        "Configuration of MySqlDmSourceConnector",
        SourceKeys.DEFINITION,
        List.of(FilterRules.RULES));
  }
}
