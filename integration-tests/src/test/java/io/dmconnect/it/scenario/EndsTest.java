package io.dmconnect.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.it.harness.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EndsTest {

  private static TableDefinition table(Map<String, String> parts, String... columns) {
    return new TableDefinition(new TreeMap<>(parts), List.of(columns));
  }

  private static String difference(TableDefinition merged, TableDefinition... shards) {
    return Ends.definitionDifference(merged, List.of(shards));
  }

  @Test
  void aPartThatAllShardsHaveAlikeIsTheSameInTheMergedTable() {
    TableDefinition shard = table(Map.of("comment", "orders"));

    assertThat(difference(table(Map.of("comment", "orders")), shard, shard)).isEmpty();
    assertThat(difference(table(Map.of("comment", "")), shard, shard))
        .contains("comment", "orders");
  }

  @Test
  void aPartThatTheShardsDoNotHaveAlikeMayBeAny() {
    TableDefinition one = table(Map.of("key k", "a"));
    TableDefinition other = table(Map.of("key k", "b"));

    assertThat(difference(table(Map.of()), one, other)).isEmpty();
  }

  @Test
  void aColumnOfAnyShardIsInTheMergedTable() {
    TableDefinition one = table(Map.of("column a", "int NOT NULL"), "a");
    TableDefinition other = table(Map.of());

    assertThat(difference(table(Map.of("column a", "int NULL"), "a"), one, other)).isEmpty();
    assertThat(difference(table(Map.of()), one, other)).contains("column a");
  }

  @Test
  void theMergedTableHasNothingThatNoShardHas() {
    assertThat(difference(table(Map.of("key k", "a")), table(Map.of()))).contains("key k");
  }

  @Test
  void theColumnsHaveTheOrderThatTheShardsAgreeOn() {
    TableDefinition one = table(Map.of(), "a", "b");
    TableDefinition other = table(Map.of(), "b", "a");

    assertThat(difference(other, one, one)).contains("[b, a]", "[a, b]");
    assertThat(difference(other, one, other)).isEmpty();
  }
}
