package io.dmconnect.local.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactSetTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql-8.0",
        "mysql-5.7",
        "mariadb",
        "kafka",
        "zookeeper",
        "avro-registry",
        "avro-converter"
      })
  void isFullyPinned(String name) {
    ArtifactSet set = ArtifactSet.of(name);

    assertThat(set.pom()).doesNotContain("${");
    assertThat(set.key()).startsWith(name + "-" + set.version() + "-");
  }
}
