package io.dmconnect.model.config;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Rules in Connect's alias style, as its transformations: {@code routes=a,b} names them, {@code
 * routes.a.schema-pattern=…} states them. Immutable.
 */
public final class AliasedRules {
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_-]+");

  private final String listKey;
  private final ConfigDef fields;

  /**
   * A kind of rules.
   *
   * @param listKey the key that lists the aliases; the connector defines it as a list
   * @param fields the fields of one rule, by their names after the alias
   */
  public AliasedRules(String listKey, ConfigDef fields) {
    this.listKey = requireNonNull(listKey, "listKey is null");
    this.fields = requireNonNull(fields, "fields is null");
  }

  /** The key that lists the aliases. */
  public String listKey() {
    return listKey;
  }

  /** The fields of one rule. */
  public ConfigDef fields() {
    return fields;
  }

  /** The aliases that a configuration lists, in order; empty entries are left out. */
  public List<String> aliases(Map<String, String> props) {
    String list = props.get(listKey);
    return list == null
        ? List.of()
        : Arrays.stream(list.split(",")).map(String::trim).filter(a -> !a.isEmpty()).toList();
  }

  /**
   * The definition with the fields of every listed rule added under their full keys, so that they
   * are validated and shown as any other key.
   *
   * @param base the definition; not changed
   */
  public ConfigDef enrich(ConfigDef base, Map<String, String> props) {
    ConfigDef enriched = new ConfigDef(base);
    aliases(props).stream()
        .distinct()
        .forEach(alias -> enriched.embed(prefix(alias), listKey + ": " + alias, 1, fields));
    return enriched;
  }

  /**
   * The rules in the order of their aliases.
   *
   * @param maker makes a rule of valid values; reports what does not fit together with {@link
   *     RuleValues#reject}
   * @param problems takes every problem: bad values, aliases that are not listed, unknown fields
   * @return the rules without problems
   */
  public <T> List<T> parse(
      Map<String, String> props, Function<RuleValues, T> maker, Consumer<ConfigProblem> problems) {
    List<String> aliases = aliases(props);
    checkAliases(aliases, problems);
    checkKeys(props, aliases, problems);
    List<T> rules = new ArrayList<>();
    for (String alias : aliases.stream().distinct().toList()) {
      RuleValues values = values(props, alias);
      T rule = values.problems().isEmpty() ? maker.apply(values) : null;
      values.problems().forEach(problems);
      if (values.problems().isEmpty()) {
        rules.add(rule);
      }
    }

    return rules;
  }

  private RuleValues values(Map<String, String> props, String alias) {
    String prefix = prefix(alias);
    Map<String, String> stated =
        props.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix) && e.getValue() != null)
            .collect(
                Collectors.toMap(e -> e.getKey().substring(prefix.length()), Map.Entry::getValue));
    Map<String, Object> parsed = new TreeMap<>();
    RuleValues values = new RuleValues(prefix, alias, parsed);
    for (ConfigValue value : fields.validate(stated)) {
      parsed.put(value.name(), value.value());
      value.errorMessages().forEach(message -> values.reject(value.name(), message));
    }

    return values;
  }

  private void checkAliases(List<String> aliases, Consumer<ConfigProblem> problems) {
    for (int i = 0; i < aliases.size(); i++) {
      String alias = aliases.get(i);
      if (!ALIAS.matcher(alias).matches()) {
        problems.accept(
            new ConfigProblem(
                listKey, "The alias '" + alias + "' must be of letters, digits, _ and -"));
      }

      if (aliases.indexOf(alias) != i) {
        problems.accept(new ConfigProblem(listKey, "The alias '" + alias + "' is there twice"));
      }
    }
  }

  private void checkKeys(
      Map<String, String> props, List<String> aliases, Consumer<ConfigProblem> problems) {
    for (String key : props.keySet().stream().sorted().toList()) {
      if (!key.startsWith(listKey + ".")) {
        continue;
      }

      String rest = key.substring(listKey.length() + 1);
      int dot = rest.indexOf('.');
      String alias = dot < 0 ? rest : rest.substring(0, dot);
      String field = dot < 0 ? "" : rest.substring(dot + 1);
      if (!aliases.contains(alias)) {
        problems.accept(
            new ConfigProblem(
                key,
                "'"
                    + alias
                    + "' is not listed in '"
                    + listKey
                    + "': add it there, or remove the key"
                    + ConfigKeys.suggestion(alias, aliases)));
      } else if (!fields.names().contains(field)) {
        problems.accept(
            new ConfigProblem(key, "Unknown key" + ConfigKeys.suggestion(field, fields.names())));
      }
    }
  }

  private String prefix(String alias) {
    return listKey + "." + alias + ".";
  }
}
