package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCheckTest {
  private static final Path REFERENCE = Path.of("../docs/configuration-sink.md");
  private static final Map<String, String> LEAST =
      Map.of("connection.url", "jdbc:mysql://127.0.0.1:1/", "connection.username", "dm");

  private static List<String> errors(Map<String, String> more, String key) {
    Map<String, String> props = new HashMap<>(LEAST);
    props.putAll(more);
    props.values().removeIf(""::equals);
    return ConfigCheck.check(props).configValues().stream()
        .filter(value -> value.name().equals(key))
        .map(ConfigValue::errorMessages)
        .findFirst()
        .orElse(List.of());
  }

  @Test
  void missingKeysAreReported() {
    assertThat(errors(Map.of("connection.url", ""), "connection.url")).hasSize(1);
    assertThat(errors(Map.of("connection.username", ""), "connection.username")).hasSize(1);
  }

  @Test
  void aUrlOfAnotherKindIsReported() {
    assertThat(errors(Map.of("connection.url", "jdbc:postgresql://x/"), "connection.url"))
        .singleElement()
        .asString()
        .contains("jdbc:mysql://");
  }

  @Test
  void anUnreachableTargetIsReportedOnTheUrl() {
    assertThat(errors(Map.of("connection.timeout.ms", "500"), "connection.url"))
        .singleElement()
        .asString()
        .contains("Cannot connect");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allowLoadLocalInfile=true",
        "allow%4CoadLocalInfile=true",
        "allowUrlInLocalInfile=yes",
        "allowLoadLocalInfileInPath=/"
      })
  void aUrlThatLetsTheServerReadFilesIsRefused(String option) {
    String url = "jdbc:mysql://localhost:4000/?" + option;
    assertThat(errors(Map.of("connection.url", url), "connection.url"))
        .singleElement()
        .asString()
        .contains("files of the worker");
  }

  @Test
  void unknownKeysAreReportedWithTheNearestName() {
    assertThat(errors(Map.of("batch.sise", "5"), "batch.sise"))
        .singleElement()
        .asString()
        .contains("batch.size");
  }

  @Test
  void routeMistakesAreReportedOnTheirKeys() {
    Map<String, String> routes =
        Map.of(
            "routes", "m",
            "routes.m.schema-pattern", "shop",
            "routes.m.target-table", "orders");
    assertThat(errors(routes, "routes.m.target-table")).hasSize(1);
    assertThat(errors(Map.of("routes", "m"), "routes.m.schema-pattern")).hasSize(1);
  }

  @Test
  void wrongNumbersAreReported() {
    assertThat(errors(Map.of("writers", "0"), "writers")).hasSize(1);
    assertThat(errors(Map.of("topic.recreated", "maybe"), "topic.recreated")).hasSize(1);
  }

  @Test
  void missingPrivilegesAreToldBySchema() {
    Grants grants =
        new Grants(
            "'dm'@'%'",
            List.of(
                "GRANT USAGE ON *.* TO 'dm'@'%'",
                "GRANT SELECT,INSERT ON `shop`.* TO 'dm'@'%'",
                "GRANT ALL PRIVILEGES ON `dm\\_%`.* TO 'dm'@'%'"));
    assertThat(grants.missing("shop", Set.of("SELECT", "INSERT", "DELETE")))
        .containsExactly("DELETE");
    assertThat(grants.missing("dm_meta", Set.of("CREATE"))).isEmpty();
    assertThat(grants.missing("dmxmeta", Set.of("CREATE"))).containsExactly("CREATE");
  }

  @Test
  void rolesAreTrusted() {
    Grants grants = new Grants("'dm'@'%'", List.of("GRANT `writer`@`%` TO 'dm'@'%'"));
    assertThat(grants.missing("shop", Set.of("SELECT"))).isEmpty();
  }

  @Test
  void theReferencePageIsMadeFromTheDefinitions() throws IOException {
    assertThat(ConfigReference.difference(REFERENCE, TiDbSinkConfig.reference())).isEmpty();
  }
}
