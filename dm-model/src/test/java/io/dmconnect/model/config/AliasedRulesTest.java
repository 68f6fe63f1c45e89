package io.dmconnect.model.config;

import static io.dmconnect.model.config.SampleKeys.props;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AliasedRulesTest {
  private final AliasedRules rules = SampleKeys.rules();
  private final List<ConfigProblem> problems = new ArrayList<>();

  @Test
  void readsTheRulesInTheirOrder() {
    List<String> read =
        parse(
            props(
                "rules", "b, a",
                "rules.a.schema-pattern", "s1",
                "rules.a.events", "x, y",
                "rules.b.schema-pattern", "s2",
                "rules.b.target", "t",
                "rules.b.loud", "true"));

    assertThat(problems).isEmpty();
    assertThat(read).containsExactly("b s2 t [] true", "a s1 null [x, y] false");
  }

  @Test
  void isEmptyWithoutTheList() {
    assertThat(parse(props("host", "h"))).isEmpty();
    assertThat(problems).isEmpty();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            props("rules", "a"),
            "rules.a.schema-pattern",
            "Missing required configuration \"schema-pattern\""),
        arguments(
            props("rules", "a", "rules.a.schema-pattern", "s", "rules.a.loud", "perhaps"),
            "rules.a.loud",
            "Expected value to be either true or false"),
        arguments(
            props("rules", "a", "rules.a.schema-pattern", "s", "rules.a.targt", "t"),
            "rules.a.targt",
            "did you mean 'target'?"),
        arguments(
            props("rules", "main", "rules.main.schema-pattern", "s", "rules.mian.target", "t"),
            "rules.mian.target",
            "'mian' is not listed in 'rules': add it there, or remove the key, did you mean 'main'?"),
        arguments(props("rules.a.target", "t"), "rules.a.target", "'a' is not listed in 'rules'"),
        arguments(props("rules", "a,a", "rules.a.schema-pattern", "s"), "rules", "there twice"),
        arguments(
            props("rules", "a b", "rules.a b.schema-pattern", "s"), "rules", "must be of letters"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsTheKeyOfAMistake(Map<String, String> props, String key, String message) {
    parse(props);

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).key()).isEqualTo(key);
    assertThat(problems.get(0).message()).contains(message);
  }

  @Test
  void leavesOutARuleItsMakerRejects() {
    Map<String, String> props =
        props("rules", "a,b", "rules.a.schema-pattern", "s", "rules.b.schema-pattern", "bad");
    List<String> read =
        rules.parse(
            props,
            values -> {
              if (values.text("schema-pattern").equals("bad")) {
                values.reject("schema-pattern", "is bad");
              }

              return values.alias();
            },
            problems::add);

    assertThat(read).containsExactly("a");
    assertThat(problems).containsExactly(new ConfigProblem("rules.b.schema-pattern", "is bad"));
  }

  @Test
  void definesTheFieldsOfEveryListedRule() {
    ConfigDef base = SampleKeys.connector();
    ConfigDef enriched = rules.enrich(base, props("rules", "a,b"));

    assertThat(enriched.names())
        .containsAll(base.names())
        .contains("rules.a.schema-pattern", "rules.b.target");
    assertThat(base.names()).doesNotContain("rules.a.schema-pattern");
  }

  private List<String> parse(Map<String, String> props) {
    return rules.parse(
        props,
        values ->
            String.join(
                " ",
                values.alias(),
                values.text("schema-pattern"),
                String.valueOf(values.text("target")),
                values.list("events").toString(),
                String.valueOf(values.flag("loud"))),
        problems::add);
  }
}
