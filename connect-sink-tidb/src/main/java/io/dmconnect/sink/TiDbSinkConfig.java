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
  static final String META_SCHEMA = "meta.schema";
  static final String DEFAULT_META_SCHEMA = "dm_meta";
  static final String TOPIC_RECREATED = "topic.recreated";
  static final String RETRY_TIMEOUT_MS = "retry.timeout.ms";
  static final String ISOLATE_TABLE = "errors.isolate.table";
  static final String CASE_SENSITIVE = "case-sensitive";

  /** Connect's own key: whether row values may appear in messages. */
  static final String LOG_INCLUDE_MESSAGES = "errors.log.include.messages";

  /** The number of the task among its connector's; set for tasks only. */
  static final String TASK_NUMBER = "dm.task.number";

  private static final long ISOLATED_DEFAULTS_MILLIS = 20_000;

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
    ConnectionKeys.define(def);
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
    WriteKeys.define(def);
    ConfigKeys.group(
        def,
        "Offsets",
        ConfigKey.text(META_SCHEMA)
            .defaultsTo(DEFAULT_META_SCHEMA)
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
            .optional()
            .medium()
            .display("Hold back the table only")
            .doc(
                "Whether an error that comes from one table's records or schema holds back only"
                    + " that table's partition instead of failing the task. The partition is tried"
                    + " again after 5 s, then after twice as long each time, up to 5 minutes."
                    + " Not stated, it is on with `shard-mode=pessimistic` and `optimistic`, where"
                    + " one shard's error is not to stop the others, and off otherwise."));
    return def;
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
    return ConnectionKeys.target(this, connections);
  }

  /** How many writers a task has. */
  int writers() {
    return getInt(WriteKeys.WRITERS);
  }

  /** How the engine works. */
  EngineSettings engine(boolean keepRecords) {
    return new EngineSettings(
        getInt(WriteKeys.WRITERS),
        getInt(WriteKeys.BATCH_SIZE),
        getLong(WriteKeys.BATCH_BYTES),
        getInt(WriteKeys.FLUSH_INTERVAL_MS),
        getInt(WriteKeys.BUFFER_ROWS),
        getLong(WriteKeys.BUFFER_BYTES),
        RECREATED_TOPIC.parse(getString(TOPIC_RECREATED)) == RecreatedTopic.APPLY,
        isolatesTables(),
        keepRecords);
  }

  /**
   * For how long a row without a value for a column is tried again, in milliseconds: where it holds
   * back its own partition only, which then knows the column, not for long.
   */
  long defaultsMillis() {
    return isolatesTables() ? Math.min(retryMillis(), ISOLATED_DEFAULTS_MILLIS) : retryMillis();
  }

  private boolean isolatesTables() {
    Boolean stated = getBoolean(ISOLATE_TABLE);
    ShardKeys.Mode mode = shardMode();
    return stated == null
        ? mode == ShardKeys.Mode.PESSIMISTIC || mode == ShardKeys.Mode.OPTIMISTIC
        : stated;
  }

  /** How big statements may become. */
  PlanLimits planLimits() {
    PlanLimits most = PlanLimits.DEFAULT;
    int rows = Math.min(getInt(WriteKeys.BATCH_SIZE), most.maxRows());
    return new PlanLimits(rows, most.maxBytes(), most.loadRows());
  }

  /** Whether rows may be written by LOAD DATA. */
  boolean loadsData() {
    return getBoolean(WriteKeys.LOAD_DATA);
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
