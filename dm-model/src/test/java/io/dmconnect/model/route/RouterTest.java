package io.dmconnect.model.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.dmconnect.model.TableId;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.error.DmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RouterTest {

  @ParameterizedTest
  @CsvSource({
    "shop_1.orders_3, shop.orders",
    "SHOP_2.ORDERS_9, shop.orders",
    "shop_1.users, shop.users",
    "log.entries, archive.entries",
    "other.t, other.t",
  })
  void sendsATableByTheRuleOfTheMostSpecificLevel(String upstream, String target) {
    Router router =
        router(
            "merge", "shop_* orders_* shop orders",
            "schema", "shop_* - shop -",
            "move", "log - archive -");

    assertThat(router.route("s", id(upstream)).target()).isEqualTo(id(target));
  }

  @Test
  void namesTheRulesThatMatchOnTheSameLevel() {
    Router router = router("a", "db t* x y", "b", "db t1 x z");

    assertThat(router.route("s", id("db.t2")).target()).isEqualTo(id("x.y"));
    assertThatThrownBy(() -> router.route("s", id("db.t1")))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("DM-00004")
        .hasMessageContaining("db.t1")
        .hasMessageContaining("a, b");
  }

  @ParameterizedTest
  @CsvSource({
    "db t x y, false",
    "db t* x y, true",
    "db t? x -, false",
    "db_* t x y, true",
    "db_* t x -, true",
    "db_* t - y, false",
    "db_* - x -, true",
    "db - x -, false",
  })
  void knowsWhetherARuleMerges(String rule, boolean merge) {
    assertThat(rules("a", rule).get(0).isMerge()).isEqualTo(merge);
  }

  @Test
  void knowsThatSeveralRulesLeadToOneTarget() {
    Router router = router("a", "db t1 x y", "b", "db t2 x y", "c", "db t3 x z");

    assertThat(router.route("s", id("db.t1")).merge()).isTrue();
    assertThat(router.route("s", id("db.t3")).merge()).isFalse();
  }

  @Test
  void addsColumnsCutOutOfTheNames() {
    Router router = new Router(rules(extracting()));
    Route route = router.route("mysql-02", id("shop_1.orders_2023_04"));

    assertThat(route.columns())
        .containsExactly(
            new Route.AddedColumn("c_table", "202304"),
            new Route.AddedColumn("c_schema", "1"),
            new Route.AddedColumn("c_source", "02"));
  }

  @Test
  void refusesANameItsExpressionDoesNotMatch() {
    Router router = new Router(rules(extracting()));

    assertThatThrownBy(() -> router.route("mysql-02", id("shop_1.orders_old")))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("DM-00005")
        .hasMessageContaining("orders_old");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("target-schema", Map.of("schema-pattern", "a"), "State a target-schema"),
        arguments(
            "target-table",
            Map.of("schema-pattern", "a", "target-schema", "b", "target-table", "c"),
            "state a table-pattern"),
        arguments(
            "schema-pattern",
            Map.of("schema-pattern", "a*b", "target-schema", "b"),
            "* before the end"),
        arguments(
            "extract-table.target-column",
            Map.of(
                "schema-pattern", "a", "target-schema", "b", "extract-table.table-regexp", "(x)"),
            "State the column"),
        arguments(
            "extract-source.source-regexp",
            Map.of(
                "schema-pattern", "a", "target-schema", "b", "extract-source.target-column", "c"),
            "State the expression"),
        arguments(
            "extract-schema.schema-regexp",
            Map.of(
                "schema-pattern", "a",
                "target-schema", "b",
                "extract-schema.schema-regexp", "x",
                "extract-schema.target-column", "c"),
            "in parentheses"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsAMistakeOnItsKey(String field, Map<String, String> fields, String message) {
    Map<String, String> props = new TreeMap<>();
    props.put("routes", "r");
    fields.forEach((name, value) -> props.put("routes.r." + name, value));
    List<ConfigProblem> problems = new ArrayList<>();

    assertThat(RouteRules.parse(props, false, problems::add)).isEmpty();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).key()).isEqualTo("routes.r." + field);
    assertThat(problems.get(0).message()).contains(message);
  }

  private static Map<String, String> extracting() {
    Map<String, String> props = new TreeMap<>();
    props.put("routes", "r");
    props.put("routes.r.schema-pattern", "shop_*");
    props.put("routes.r.table-pattern", "orders_*");
    props.put("routes.r.target-schema", "shop");
    props.put("routes.r.target-table", "orders");
    props.put("routes.r.extract-table.table-regexp", "orders_(\\d+)_(\\d+)");
    props.put("routes.r.extract-table.target-column", "c_table");
    props.put("routes.r.extract-schema.schema-regexp", "shop_(.*)");
    props.put("routes.r.extract-schema.target-column", "c_schema");
    props.put("routes.r.extract-source.source-regexp", "mysql-(.*)");
    props.put("routes.r.extract-source.target-column", "c_source");
    return props;
  }

  private static Router router(String... aliasesAndRules) {
    return new Router(rules(aliasesAndRules));
  }

  /** Rules as alias and "schema-pattern table-pattern target-schema target-table", - for none. */
  private static List<RouteRule> rules(String... aliasesAndRules) {
    String[] fields = {"schema-pattern", "table-pattern", "target-schema", "target-table"};
    Map<String, String> props = new TreeMap<>();
    List<String> aliases = new ArrayList<>();
    for (int i = 0; i < aliasesAndRules.length; i += 2) {
      aliases.add(aliasesAndRules[i]);
      String[] values = aliasesAndRules[i + 1].split(" ");
      for (int f = 0; f < fields.length; f++) {
        if (!values[f].equals("-")) {
          props.put("routes." + aliasesAndRules[i] + "." + fields[f], values[f]);
        }
      }
    }

    props.put("routes", String.join(",", aliases));
    return rules(props);
  }

  private static List<RouteRule> rules(Map<String, String> props) {
    List<ConfigProblem> problems = new ArrayList<>();
    List<RouteRule> rules = RouteRules.parse(props, false, problems::add);
    assertThat(problems).isEmpty();
    return rules;
  }

  private static TableId id(String name) {
    int dot = name.indexOf('.');
    return new TableId(name.substring(0, dot), name.substring(dot + 1));
  }
}
