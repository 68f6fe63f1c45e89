package io.dmconnect.sink;

import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.config.ConfigReference;
import io.dmconnect.model.config.EnumValues;
import io.dmconnect.model.config.Validators;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.route.RouteRules;
import io.dmconnect.sink.engine.EngineSettings;
import io.dmconnect.sink.sql.PlanLimits;
import io.dmconnect.sink.target.TargetSettings;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The configuration of the TiDB sink connector. */
public final class TiDbSinkConfig extends AbstractConfig {
  static final String CONNECTION_URL = "connection.url";
  static final String CONNECTION_USERNAME = "connection.username";
  static final String CONNECTION_PASSWORD = "connection.password";
  static final String CONNECTION_TIMEOUT_MS = "connection.timeout.ms";
  static final String WRITERS = "writers";
  static final String BATCH_SIZE = "batch.size";
  static final String BATCH_BYTES = "batch.bytes";
  static final String LOAD_DATA = "load.data";
  static final String FLUSH_INTERVAL_MS = "flush.interval.ms";
  static final String BUFFER_ROWS = "buffer.rows";
  static final String BUFFER_BYTES = "buffer.bytes";
  static final String META_SCHEMA = "meta.schema";
  static final String TOPIC_RECREATED = "topic.recreated";
  static final String RETRY_TIMEOUT_MS = "retry.timeout.ms";
  static final String ISOLATE_TABLE = "errors.isolate.table";
  static final String CASE_SENSITIVE = "case-sensitive";

  /** Connect's own key: whether row values may appear in messages. */
  static final String LOG_INCLUDE_MESSAGES = "errors.log.include.messages";

  /** The number of the task among its connector's; set for tasks only. */
  static final String TASK_NUMBER = "dm.task.number";

  private static final Pattern FILES_OF_THE_WORKER =
      Pattern.compile(
          "allow(LoadLocalInfile|UrlInLocalInfile)\\s*=(?!\\s*(false|no)\\b)"
              + "|allowLoadLocalInfileInPath",
          Pattern.CASE_INSENSITIVE);
  private static final EnumValues<RecreatedTopic> RECREATED_TOPIC =
      EnumValues.of(RecreatedTopic.class);

  /** What to do when a topic does not continue where the target's progress ends. */
  enum RecreatedTopic {
    /** The task fails: records may have been lost. */
    FAIL,
    /** The records that are there are applied from the first on. */
    APPLY
  }

  /** The definition of all keys but those of single routes. */
  public static final ConfigDef CONFIG = define();

  private final String connectorName;

  /**
   * A valid configuration.
   *
   * @throws org.apache.kafka.common.config.ConfigException when a key is missing or wrong
   */
  public TiDbSinkConfig(Map<String, String> props) {
    super(CONFIG, props, false);
    this.connectorName = props.getOrDefault("name", "tidb-sink");
  }

  private static ConfigDef define() {
    ConfigDef def = new ConfigDef();
    ConfigKeys.group(
        def,
        "Connection",
        ConfigKey.text(CONNECTION_URL)
            .required()
            .validator(Validators.text("jdbc:mysql://host:port/", TiDbSinkConfig::checkUrl))
            .high()
            .width(ConfigDef.Width.LONG)
            .display("URL")
            .doc(
                "Where TiDB is: `jdbc:mysql://host:4000/`. Options of MySQL Connector/J may follow"
                    + " after a `?`; several hosts, separated by commas, are tried in order."),
        ConfigKey.text(CONNECTION_USERNAME)
            .required()
            .high()
            .display("User")
            .doc(
                "The account. It needs SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP and"
                    + " INDEX on the target schemas, and SELECT, INSERT, UPDATE, DELETE and CREATE"
                    + " on `meta.schema`."),
        ConfigKey.secret(CONNECTION_PASSWORD)
            .defaultsTo("")
            .high()
            .display("Password")
            .doc("The account's password. Take it from a configuration provider."),
        ConfigKey.number(CONNECTION_TIMEOUT_MS, 250, 300_000)
            .defaultsTo(10_000)
            .low()
            .display("Connect timeout (ms)")
            .doc("How long opening a connection may take, in milliseconds."));
    SslKeys.define(def);
    ConfigKeys.group(
        def,
        "Routing",
        RouteRules.listKey(),
        ConfigKey.flag(CASE_SENSITIVE)
            .defaultsTo(false)
            .low()
            .display("Case-sensitive patterns")
            .doc("Whether the patterns of routes match names by case."));
    ShardKeys.define(def);
    defineWrites(def);
    ConfigKeys.group(
        def,
        "Offsets",
        ConfigKey.text(META_SCHEMA)
            .defaultsTo("dm_meta")
            .validator(Validators.notBlank())
            .medium()
            .display("Bookkeeping schema")
            .doc(
                "The schema in the target for the progress and the ledger of schema changes. It and"
                    + " its tables are made when they are missing; for an account without CREATE a"
                    + " DBA makes them with `docs/bookkeeping-tables.sql`."),
        ConfigKey.oneOf(TOPIC_RECREATED, RECREATED_TOPIC)
            .defaultsTo(RecreatedTopic.FAIL)
            .medium()
            .display("Topic does not continue")
            .doc(
                "What to do when a topic does not hold the record that was applied last, because it"
                    + " was deleted and made again or its records were removed: `fail` stops the"
                    + " task, `apply` applies the records that are there from the first on."));
    ConfigKeys.group(
        def,
        "Errors and retries",
        ConfigKey.longNumber(RETRY_TIMEOUT_MS, 0, Long.MAX_VALUE)
            .defaultsTo(300_000L)
            .medium()
            .display("Retry time (ms)")
            .doc(
                "How long a transaction is tried again, with growing pauses, while TiDB is not"
                    + " reachable or asks to try again, in milliseconds. Then the task fails. What"
                    + " the start of a task and the take-over of its partitions ask of TiDB is"
                    + " tried again for so long but at most 60 s, so that the consumer group does"
                    + " not take the task for dead."),
        ConfigKey.flag(ISOLATE_TABLE)
            .defaultsTo(false)
            .medium()
            .display("Hold back the table only")
            .doc(
                "Whether an error that comes from one table's records or schema holds back only"
                    + " that table's partition instead of failing the task. The partition is tried"
                    + " again after 5 s, then after twice as long each time, up to 5 minutes."));
    return def;
  }

  private static void checkUrl(String url) {
    if (!url.startsWith("jdbc:mysql://")) {
      throw new IllegalArgumentException("must begin with jdbc:mysql://");
    }

    String decoded = URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (FILES_OF_THE_WORKER.matcher(decoded).find()) {
      throw new IllegalArgumentException(
          "must not let the server ask for files of the worker: leave out allowLoadLocalInfile,"
              + " allowLoadLocalInfileInPath and allowUrlInLocalInfile (load.data needs none)");
    }
  }

  private static void defineWrites(ConfigDef def) {
    ConfigKeys.group(
        def,
        "Writes",
        ConfigKey.number(WRITERS, 1, 64)
            .defaultsTo(4)
            .medium()
            .display("Writers")
            .doc(
                "How many transactions a task runs at a time. A table's rows are spread over them"
                    + " by key. Tables without a key have as many of their own."),
        ConfigKey.number(BATCH_SIZE, 1, 100_000)
            .defaultsTo(3000)
            .medium()
            .display("Batch size (rows)")
            .doc("About how many row changes one transaction holds under load."),
        ConfigKey.longNumber(BATCH_BYTES, 1024, 100L << 20)
            .defaultsTo(8L << 20)
            .low()
            .display("Batch size (bytes)")
            .doc(
                "About how many bytes of row changes one transaction holds at most. TiDB's"
                    + " txn-total-size-limit must allow for several times that."),
        ConfigKey.flag(LOAD_DATA)
            .defaultsTo(true)
            .low()
            .display("LOAD DATA")
            .doc(
                "Whether many new or replaced rows of a table go by LOAD DATA LOCAL, from the"
                    + " task's memory, which TiDB takes for less CPU than INSERT (and notes in its"
                    + " log). Only where TiDB does it inside the transaction and reports every"
                    + " value it cannot store, which is tried at the start, and for tables of"
                    + " numbers, text, dates and times without CHECK constraints; other rows go by"
                    + " INSERT and REPLACE."),
        ConfigKey.number(FLUSH_INTERVAL_MS, 0, 60_000)
            .defaultsTo(10)
            .medium()
            .display("Flush interval (ms)")
            .doc(
                "How long a busy writer waits for a fuller batch, in milliseconds. An idle one does"
                    + " not wait."),
        ConfigKey.number(BUFFER_ROWS, 100, 10_000_000)
            .defaultsTo(30_000)
            .low()
            .display("Buffer (rows)")
            .doc(
                "How many row changes a task holds that are not written yet; then it stops reading"
                    + " until half of them are."),
        ConfigKey.longNumber(BUFFER_BYTES, 1L << 20, Long.MAX_VALUE)
            .defaultsTo(64L << 20)
            .low()
            .display("Buffer (bytes)")
            .doc("The same in bytes of row values, about."));
  }

  /** The route rules; what is wrong with them goes to {@code problems}. */
  static List<RouteRule> routes(
      Map<String, String> props, boolean caseSensitive, List<ConfigProblem> problems) {
    return RouteRules.parse(props, caseSensitive, problems::add);
  }

  /** All keys that are defined for these properties, those of routes included. */
  static Set<String> knownKeys(Map<String, String> props) {
    return new HashSet<>(RouteRules.RULES.enrich(CONFIG, props).names());
  }

  /** Whether the connector reads a topic, by the keys of Connect that select its topics. */
  boolean isSubscribed(String topic) {
    Object regex = originals().get("topics.regex");
    if (regex != null && !regex.toString().isBlank()) {
      return Pattern.matches(regex.toString(), topic);
    }

    Object topics = originals().get("topics");
    return topics != null
        && Arrays.stream(topics.toString().split(",")).map(String::trim).anyMatch(topic::equals);
  }

  /** The connector's name. */
  String connectorName() {
    return connectorName;
  }

  /** The route rules of a valid configuration. */
  List<RouteRule> routes() {
    return routes(originalsStrings(), getBoolean(CASE_SENSITIVE), new ArrayList<>());
  }

  /** How the target is reached, with so many connections at most. */
  TargetSettings target(int connections) {
    return new TargetSettings(
        getString(CONNECTION_URL),
        getString(CONNECTION_USERNAME),
        getPassword(CONNECTION_PASSWORD).value(),
        SslKeys.driverProperties(this),
        loadsData(),
        connections,
        getInt(CONNECTION_TIMEOUT_MS));
  }

  /** How many writers a task has. */
  int writers() {
    return getInt(WRITERS);
  }

  /** How the engine works. */
  EngineSettings engine(boolean keepRecords) {
    return new EngineSettings(
        getInt(WRITERS),
        getInt(BATCH_SIZE),
        getLong(BATCH_BYTES),
        getInt(FLUSH_INTERVAL_MS),
        getInt(BUFFER_ROWS),
        getLong(BUFFER_BYTES),
        RECREATED_TOPIC.parse(getString(TOPIC_RECREATED)) == RecreatedTopic.APPLY,
        getBoolean(ISOLATE_TABLE),
        keepRecords);
  }

  /** How big statements may become. */
  PlanLimits planLimits() {
    PlanLimits most = PlanLimits.DEFAULT;
    int rows = Math.min(getInt(BATCH_SIZE), most.maxRows());
    return new PlanLimits(rows, most.maxBytes(), most.loadRows());
  }

  /** Whether rows may be written by LOAD DATA. */
  boolean loadsData() {
    return getBoolean(LOAD_DATA);
  }

  /** How shards' schema changes are coordinated. */
  ShardKeys.Mode shardMode() {
    return ShardKeys.mode(this);
  }

  /** What a coordinator must know of the groups. */
  TaskSettings shardSettings() {
    return new TaskSettings(
        shardMode().groups(),
        ShardKeys.expectedSources(this),
        routes(),
        getBoolean(CASE_SENSITIVE),
        ShardKeys.ignoredChecks(this));
  }

  /** The bookkeeping schema. */
  String metaSchema() {
    return getString(META_SCHEMA);
  }

  /** Whether messages may hold row values, as Connect's own may. */
  boolean showValues() {
    return Boolean.parseBoolean(String.valueOf(originals().get(LOG_INCLUDE_MESSAGES)));
  }

  /** How long to try again, milliseconds. */
  long retryMillis() {
    return getLong(RETRY_TIMEOUT_MS);
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
        "Configuration of TiDbSinkConnector", CONFIG, List.of(RouteRules.RULES));
  }

  /** The task's number. */
  static String taskNumber(Map<String, String> props) {
    return props.getOrDefault(TASK_NUMBER, "0");
  }
}
