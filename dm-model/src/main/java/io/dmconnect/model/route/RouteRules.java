package io.dmconnect.model.route;

import io.dmconnect.model.config.AliasedRules;
import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.config.RuleValues;
import io.dmconnect.model.config.Validators;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.filter.NamePatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/** The table routing rules in a connector's configuration. */
public final class RouteRules {
  private static final String SCHEMA_PATTERN = "schema-pattern";
  private static final String TABLE_PATTERN = "table-pattern";
  private static final String TARGET_SCHEMA = "target-schema";
  private static final String TARGET_TABLE = "target-table";

  /** The rules under {@code routes}. */
  public static final AliasedRules RULES = new AliasedRules("routes", fields());

  /** The key that lists the rules. */
  public static ConfigKey listKey() {
    return ConfigKey.list(RULES.listKey())
        .defaultsTo("")
        .medium()
        .display("Table routes")
        .doc(
            "Names of table routing rules. Each is stated by keys `routes.<name>.…`: which upstream"
                + " tables go to which table of the target. Several tables that go to one are"
                + " merged. A table without a rule keeps its name.");
  }

  /**
   * The rules of a configuration.
   *
   * @param caseSensitive whether names must match in case
   * @param problems takes what is wrong
   * @return the rules without problems
   */
  public static List<RouteRule> parse(
      Map<String, String> props, boolean caseSensitive, Consumer<ConfigProblem> problems) {
    return RULES.parse(props, values -> rule(values, caseSensitive), problems);
  }

  private static RouteRule rule(RuleValues values, boolean caseSensitive) {
    if (values.text(TARGET_SCHEMA) == null && values.text(TARGET_TABLE) == null) {
      values.reject(TARGET_SCHEMA, "State a target-schema, a target-table or both");
    }

    if (values.text(TABLE_PATTERN) == null && values.text(TARGET_TABLE) != null) {
      values.reject(
          TARGET_TABLE,
          "Without a table-pattern every table of the schemas would go to '"
              + values.text(TARGET_TABLE)
              + "': state a table-pattern, '*' for all tables");
    }

    String table = values.text(TABLE_PATTERN);
    return new RouteRule(
        values.alias(),
        NamePattern.of(values.text(SCHEMA_PATTERN), caseSensitive),
        table == null ? null : NamePattern.of(table, caseSensitive),
        values.text(TARGET_SCHEMA),
        values.text(TARGET_TABLE),
        extracts(values));
  }

  private static List<Extract> extracts(RuleValues values) {
    List<Extract> extracts = new ArrayList<>();
    for (Extract.From from : Extract.From.values()) {
      String regexp = values.text(regexpKey(from));
      String column = values.text(columnKey(from));
      if (regexp != null && column != null) {
        Pattern pattern = Pattern.compile(regexp);
        if (pattern.matcher("").groupCount() == 0) {
          values.reject(regexpKey(from), "Put the part to extract in parentheses");
        }

        extracts.add(new Extract(from, pattern, column));
      } else if (regexp != null) {
        values.reject(columnKey(from), "State the column that takes what is extracted");
      } else if (column != null) {
        values.reject(regexpKey(from), "State the expression to extract with");
      }
    }

    return extracts;
  }

  private static String regexpKey(Extract.From from) {
    String what = from.name().toLowerCase(Locale.ROOT);
    return "extract-" + what + "." + what + "-regexp";
  }

  private static String columnKey(Extract.From from) {
    return "extract-" + from.name().toLowerCase(Locale.ROOT) + ".target-column";
  }

  private static ConfigDef fields() {
    ConfigDef def =
        ConfigKeys.group(
            new ConfigDef(),
            "Table route",
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
                    "The upstream tables the rule is about. Without it the rule is about whole"
                        + " schemas, and any rule about tables comes first. "
                        + NamePatterns.SYNTAX),
            ConfigKey.text(TARGET_SCHEMA)
                .optional()
                .validator(Validators.notBlank())
                .high()
                .display("Target schema")
                .doc("The schema in the target; without it, the upstream's."),
            ConfigKey.text(TARGET_TABLE)
                .optional()
                .validator(Validators.notBlank())
                .high()
                .display("Target table")
                .doc("The table in the target; without it, the upstream's."));
    for (Extract.From from : Extract.From.values()) {
      extractKeys(def, from);
    }

    return def;
  }

  private static void extractKeys(ConfigDef def, Extract.From from) {
    String what = from.name().toLowerCase(Locale.ROOT);
    String name = from == Extract.From.SOURCE ? "source's id (its topic.prefix)" : what + "'s name";
    ConfigKeys.group(
        def,
        "Extract from the " + what,
        ConfigKey.text(regexpKey(from))
            .optional()
            .validator(Validators.regex())
            .low()
            .display("Expression")
            .doc(
                "A regular expression for the "
                    + name
                    + "; what its groups match is written to the target column of every row."),
        ConfigKey.text(columnKey(from))
            .optional()
            .validator(Validators.notBlank())
            .low()
            .display("Target column")
            .doc("The column of the target table that takes what is extracted."));
  }

  private RouteRules() {}
}
