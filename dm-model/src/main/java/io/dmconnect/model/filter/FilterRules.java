package io.dmconnect.model.filter;

import io.dmconnect.model.config.AliasedRules;
import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.config.EnumValues;
import io.dmconnect.model.config.RuleValues;
import io.dmconnect.model.config.Validators;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/** The rules of the binlog event filter in a connector's configuration. */
public final class FilterRules {
  private static final String SCHEMA_PATTERN = "schema-pattern";
  private static final String TABLE_PATTERN = "table-pattern";
  private static final String EVENTS = "events";
  private static final String SQL_PATTERN = "sql-pattern";
  private static final String ACTION = "action";
  private static final EnumValues<FilterAction> ACTIONS = EnumValues.of(FilterAction.class);
  private static final int SQL_FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** The rules under {@code filters}. */
  public static final AliasedRules RULES = new AliasedRules("filters", fields());

  /** The key that lists the rules. */
  public static ConfigKey listKey() {
    return ConfigKey.list(RULES.listKey())
        .defaultsTo("")
        .medium()
        .display("Binlog event filters")
        .doc(
            "Names of binlog event filter rules. Each is stated by keys `filters.<name>.…`: which"
                + " events of which tables go on, are left out, or stop the task.");
  }

  /**
   * The rules of a configuration.
   *
   * @param caseSensitive whether names must match in case
   * @param problems takes what is wrong
   * @return the rules without problems, in order
   */
  public static List<FilterRule> parse(
      Map<String, String> props, boolean caseSensitive, Consumer<ConfigProblem> problems) {
    return RULES.parse(props, values -> rule(values, caseSensitive), problems);
  }

  private static FilterRule rule(RuleValues values, boolean caseSensitive) {
    if (values.list(EVENTS).isEmpty() && values.text(SQL_PATTERN) == null) {
      values.reject(EVENTS, "State events or a sql-pattern, else the rule matches nothing");
    }

    String table = values.text(TABLE_PATTERN);
    String sql = values.text(SQL_PATTERN);
    return new FilterRule(
        values.alias(),
        NamePattern.of(values.text(SCHEMA_PATTERN), caseSensitive),
        table == null ? null : NamePattern.of(table, caseSensitive),
        values.list(EVENTS).stream().map(EventSelector::of).toList(),
        sql == null ? null : Pattern.compile(sql, SQL_FLAGS),
        ACTIONS.parse(values.text(ACTION)));
  }

  private static ConfigDef fields() {
    return ConfigKeys.group(
        new ConfigDef(),
        "Binlog event filter",
        ConfigKey.text(SCHEMA_PATTERN)
            .required()
            .validator(NamePatterns.VALID)
            .high()
            .display("Schema pattern")
            .doc("The upstream schemas the rule is about. " + NamePatterns.SYNTAX),
        ConfigKey.text(TABLE_PATTERN)
            .optional()
            .validator(NamePatterns.VALID)
            .high()
            .display("Table pattern")
            .doc(
                "The upstream tables the rule is about; without it, the whole schema. "
                    + NamePatterns.SYNTAX),
        ConfigKey.list(EVENTS)
            .defaultsTo("")
            .validator(Validators.entries("event names", EventSelector::of))
            .high()
            .display("Events")
            .doc(
                "The events the rule is about: `all`, `all dml`, `all ddl`, `none`, `none dml`,"
                    + " `none ddl`, `incompatible ddl changes`, or names such as `insert`,"
                    + " `delete`, `truncate table`, `drop column`. The first entry that says"
                    + " something about an event decides."),
        ConfigKey.text(SQL_PATTERN)
            .optional()
            .validator(Validators.regex())
            .medium()
            .display("SQL pattern")
            .doc(
                "A regular expression searched for in the text of statements, without regard to"
                    + " case. Several are joined with `|`."),
        ConfigKey.oneOf(ACTION, ACTIONS)
            .required()
            .high()
            .display("Action")
            .doc(
                "`do` lets only what matches go on, `ignore` leaves out what matches, `error` stops"
                    + " the task at what matches."));
  }

  private FilterRules() {}
}
