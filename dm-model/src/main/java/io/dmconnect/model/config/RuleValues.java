package io.dmconnect.model.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;

/** The values of one aliased rule. A rule's maker reads them and reports what does not fit. */
public final class RuleValues {
  private final String prefix;
  private final String alias;
  private final Map<String, Object> values;
  private final List<ConfigProblem> problems = new ArrayList<>();

  RuleValues(String prefix, String alias, Map<String, Object> values) {
    this.prefix = prefix;
    this.alias = alias;
    this.values = values;
  }

  /** The rule's alias. */
  public String alias() {
    return alias;
  }

  /** The text of a field; null when it is not stated and has no default. */
  public String text(String field) {
    return (String) values.get(field);
  }

  /** The text of a secret field; null when it is not stated. */
  public String secret(String field) {
    Password value = (Password) values.get(field);
    return value == null ? null : value.value();
  }

  /** The entries of a list field; empty when it is not stated. */
  @SuppressWarnings("unchecked")
  public List<String> list(String field) {
    List<String> list = (List<String>) values.get(field);
    return list == null ? List.of() : list;
  }

  /** Whether a flag field is true. */
  public boolean flag(String field) {
    return Boolean.TRUE.equals(values.get(field));
  }

  /** Reports what is wrong with a field's value; the rule is then left out. */
  public void reject(String field, String message) {
    problems.add(new ConfigProblem(prefix + field, message));
  }

  List<ConfigProblem> problems() {
    return problems;
  }
}
