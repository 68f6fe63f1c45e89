package io.dmconnect.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.route.Router;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoutedTablesTest {
  private static final RoutedTables ROUTED =
      new RoutedTables(
          new Router(
              List.of(
                  new RouteRule(
                      "m",
                      NamePattern.of("shop", false),
                      NamePattern.of("orders_*", false),
                      "shop",
                      "orders",
                      List.of()))));

  private static Input.SourceStated source(String name, String... tables) {
    TreeSet<TableId> stated = new TreeSet<>();
    for (String table : tables) {
      stated.add(new TableId("shop", table));
    }

    return Input.SourceStated.of(name, stated);
  }

  private static boolean isMerged(String target, Input.SourceStated... sources) {
    return ROUTED.isMerged(new TableId("shop", target), List.of(sources), Map.of());
  }

  @Test
  void aTargetOfSeveralTablesIsMerged() {
    assertThat(isMerged("orders", source("s", "orders_1", "orders_2"))).isTrue();
    assertThat(isMerged("orders", source("s", "orders_1", "hist"))).isFalse();
    assertThat(isMerged("hist", source("s", "hist"), source("t", "hist"))).isTrue();
  }

  @Test
  void theCaseOfNamesDoesNotCount() {
    assertThat(isMerged("Orders", source("s", "orders_1", "orders_2"))).isTrue();
  }
}
