package io.dmconnect.source.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.config.ConfigReference;
import io.dmconnect.source.binlog.BinlogConnection.SslMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class SourceConfigTest {
  private static final Path REFERENCE = Path.of("../docs/configuration-source.md");
  private static final Map<String, String> LEAST =
      Map.of("database.hostname", "db", "database.user", "dm", "topic.prefix", "s1");

  @Test
  void worksWithTheLeastThatMustBeSaid() {
    SourceConfig config = new SourceConfig(LEAST);

    assertThat(config.connection().port()).isEqualTo(3306);
    assertThat(config.connection().sslMode()).isEqualTo(SslMode.PREFERRED);
    assertThat(config.snapshot().threads()).isEqualTo(2);
    assertThat(config.snapshot().withData()).isTrue();
    assertThat(config.captured().test(new TableId("any", "t"))).isTrue();
    assertThat(config.captured().test(new TableId("mysql", "user"))).isFalse();
  }

  @Test
  void makesAServerIdOfThePrefixThatStaysTheSame() {
    assertThat(new SourceConfig(LEAST).binlog().serverId())
        .isEqualTo(new SourceConfig(LEAST).binlog().serverId())
        .isBetween(1L, 0xffffffffL);
    assertThat(config("topic.prefix", "s2").binlog().serverId())
        .isNotEqualTo(new SourceConfig(LEAST).binlog().serverId());
    assertThat(config("database.server.id", "77").binlog().serverId()).isEqualTo(77);
  }

  @Test
  void neverShowsThePassword() {
    SourceConfig config = config("database.password", "geheim");

    assertThat(config.connection().toString()).doesNotContain("geheim");
    assertThat(config.binlog().toString()).doesNotContain("geheim");
    assertThat(config.values().toString()).doesNotContain("geheim");
  }

  @Test
  void refusesWhatIsNotImplemented() {
    assertThatThrownBy(() -> config("topic.partitions", "0")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> config("snapshot.mode", "always")).hasMessageContaining("no_data");
    assertThatThrownBy(() -> config("ignore-checking-items", "versions"))
        .hasMessageContaining("binlog_format");
  }

  @Test
  void aFileThatIsNoStoreIsReportedOnTlsWithoutAskingTheServer() {
    Map<String, String> props = new HashMap<>(LEAST);
    props.put("database.ssl.truststore", "/nonexistent.p12");
    props.put("database.ssl.mode", "verify_ca");

    assertThat(errors(props, "database.ssl.mode")).singleElement().asString().contains("store");
  }

  @Test
  void topicsMustBeMadeWithAsManyPartitionsAsAreUsed() {
    Map<String, String> props = new HashMap<>(LEAST);
    props.put("topic.partitions", "4");

    assertThat(errors(props, "topic.partitions"))
        .singleElement()
        .asString()
        .contains("topic.creation.default.partitions");
  }

  @Test
  void unknownKeysAreReportedWithTheNearestName() {
    Map<String, String> props = new HashMap<>(LEAST);
    props.put("snapshot.chunk.row", "5");

    assertThat(errors(props, "snapshot.chunk.row"))
        .singleElement()
        .asString()
        .contains("snapshot.chunk.rows");
  }

  @Test
  void missingValuesAreReportedOnTheirKeys() {
    assertThat(errors(Map.of("topic.prefix", "s1"), "database.hostname")).hasSize(1);
    assertThat(errors(Map.of("topic.prefix", "s1"), "database.user")).hasSize(1);
  }

  @Test
  void theReferencePageIsMadeFromTheDefinitions() throws IOException {
    assertThat(ConfigReference.difference(REFERENCE, SourceConfig.reference())).isEmpty();
  }

  private static List<String> errors(Map<String, String> props, String key) {
    return ConfigCheck.values(props).stream()
        .filter(value -> value.name().equals(key))
        .map(ConfigValue::errorMessages)
        .findFirst()
        .orElseThrow();
  }

  private static SourceConfig config(String key, String value) {
    Map<String, String> props = new HashMap<>(LEAST);
    props.put(key, value);
    return new SourceConfig(props);
  }
}
