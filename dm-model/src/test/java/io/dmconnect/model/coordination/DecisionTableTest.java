package io.dmconnect.model.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.schema.TableSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays the scenarios of {@code shard-ddl/decision-table.txt}; the file tells its format. */
class DecisionTableTest {

  @TestFactory
  Stream<DynamicTest> decides() throws IOException {
    try (InputStream file =
        DecisionTableTest.class.getResourceAsStream("/shard-ddl/decision-table.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("(?m)^== "))
          .skip(1)
          .map(
              part ->
                  DynamicTest.dynamicTest(part.lines().findFirst().orElse(""), () -> play(part)));
    }
  }

  private static void play(String part) {
    GroupMode mode = GroupMode.OPTIMISTIC;
    Scenario scenario = null;
    String found = null;
    boolean merged = true;
    List<String> shards = List.of("A", "B", "C");
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    for (String line : part.lines().skip(1).map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("DM") || line.startsWith("we ")) {
        continue;
      }

      if (line.startsWith("mode ")) {
        mode = GroupMode.valueOf(line.substring(5).toUpperCase(Locale.ROOT).replace('-', '_'));
      } else if (line.startsWith("shards ")) {
        shards = List.of(line.substring(7).split(" "));
      } else if (line.startsWith("target: ")) {
        found = line.substring("target: ".length());
      } else if (line.equals("not merged")) {
        merged = false;
      } else if (line.startsWith("start ")) {
        scenario = scenario == null ? scenario(mode, found, merged) : scenario;
        String table = line.substring(line.indexOf(':') + 1).strip();
        String only = line.substring(6, line.indexOf(':')).strip();
        for (String shard : only.equals("all") ? shards : List.of(only)) {
          scenario.start(shard, table);
        }
      } else if (line.startsWith("> ")) {
        scenario = scenario == null ? scenario(mode, found, merged) : scenario;
        assertThat(actual).as("before %s", line).isEqualTo(expected);
        expected.clear();
        actual.clear();
        actual.addAll(scenario.step(line.substring(2)));
      } else if (line.startsWith("merged:")) {
        assertThat(actual).as("at the end").isEqualTo(expected);
        assertThat(World.text(scenario.target()))
            .isEqualTo(World.text(table(line.substring("merged:".length()).strip())));
      } else {
        expected.add(line);
      }
    }

    assertThat(actual).as("at the end").isEqualTo(expected);
  }

  private static Scenario scenario(GroupMode mode, String found, boolean merged) {
    Scenario scenario = new Scenario(mode, found);
    if (!merged) {
      scenario.unmerged();
    }

    return scenario;
  }

  private static TableSchema table(String columns) {
    return SchemaEvolution.apply(
        null,
        DdlParser.parse("CREATE TABLE t (" + columns + ")", SqlModes.DEFAULT, "shop"),
        SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31")));
  }
}
