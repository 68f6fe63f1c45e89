package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwapsTest {
  private static NavigableMap<String, String> renames(String pairs) {
    NavigableMap<String, String> renames = new TreeMap<>();
    Stream.of(pairs.split(" "))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split(">"))
        .forEach(pair -> renames.put(pair[0], pair[1]));
    return renames;
  }

  @Test
  void aSwapIsAnyCycleOfNames() {
    assertThat(Swaps.any(Map.of("a", "b", "b", "a"))).isTrue();
    assertThat(Swaps.any(Map.of("a", "B", "b", "c", "c", "A"))).isTrue();
    assertThat(Swaps.any(Map.of("a", "b", "b", "c"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a>b b>a,     a int; b int,                 a>b b>a",
    "a>b b>a,     dm_swap_0 int; b int,         b>a dm_swap_0>b",
    "a>b b>a,     dm_swap_0 int; a int,         dm_swap_0>b",
    "a>b b>c c>a, dm_swap_0 int; b int; c int,  b>c c>a dm_swap_0>b",
    "a>b b>c c>a, dm_swap_0 int; b int; a int,  b>c dm_swap_0>b",
    "a>b b>c c>a, dm_swap_0 int; c int; a int,  dm_swap_0>b",
    "a>c,         a int; dm_swap_0 int,         a>c",
  })
  void aSwapThatWasBegunIsFinished(String renames, String columns, String left) {
    assertThat(Swaps.left(renames(renames), table(columns))).isEqualTo(renames(left));
  }
}
