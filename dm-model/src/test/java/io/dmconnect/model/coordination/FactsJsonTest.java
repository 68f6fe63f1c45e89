package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.Extract;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.route.Router;
import io.dmconnect.model.schema.TableSchema;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FactsJsonTest {
  private static final TableSchema SCHEMA = table("id bigint not null; primary key (id)");

  @Test
  void factsComeBackAsTheyWere() {
    KeyFacts range =
        new KeyFacts(
            List.of("id"),
            BigInteger.ONE,
            new BigInteger("18446744073709551615"),
            new TreeSet<>(List.of("1", "18446744073709551615")));
    KeyFacts empty = new KeyFacts(List.of("a", "b"), null, null, new TreeSet<>());
    SourceFacts facts =
        new SourceFacts(
            "s1",
            4,
            new TreeMap<>(
                Map.of(
                    new TableId("shop", "a"), new TableFacts(SCHEMA, List.of(range, empty)),
                    new TableId("shop", "b"), new TableFacts(SCHEMA, List.of()),
                    new TableId("shop", "c"), new TableFacts(null, List.of()))));

    assertThat(FactsJson.read(FactsJson.write(facts))).isEqualTo(facts);
  }

  @Test
  void tablesOfOneDefinitionShareItsText() {
    TreeMap<TableId, TableFacts> tables = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      tables.put(new TableId("shop", "orders_" + i), new TableFacts(SCHEMA, List.of()));
    }

    assertThat(FactsJson.write(new SourceFacts("s1", 0, tables)))
        .containsOnlyOnce("\"columns\":[{");
  }

  @Test
  void settingsTellWhatRoutesAddAndWhichChecksAreLeftOut() {
    RouteRule rule =
        new RouteRule(
            "merge",
            NamePattern.of("shop_*", false),
            NamePattern.of("orders", false),
            "shop",
            "orders",
            List.of(new Extract(Extract.From.SCHEMA, Pattern.compile("shop_(.*)"), "shard")));
    TaskSettings settings =
        new TaskSettings(
            GroupMode.PESSIMISTIC,
            new TreeSet<>(),
            List.of(rule),
            false,
            new TreeSet<>(List.of("auto_increment_ID")));

    TaskSettings read = TaskJson.read(TaskJson.write(settings));

    assertThat(read.ignoredChecks()).containsExactly("auto_increment_ID");
    assertThat(new Router(read.routes()).route("s1", new TableId("shop_7", "orders")).columns())
        .singleElement()
        .satisfies(
            column -> {
              assertThat(column.name()).isEqualTo("shard");
              assertThat(column.value()).isEqualTo("7");
            });
  }
}
