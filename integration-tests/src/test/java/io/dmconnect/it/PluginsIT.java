package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The zips are what a worker and Confluent Hub's tools expect. */
@ExtendWith(TestStack.class)
class PluginsIT {
  @Test
  void aWorkerThatHasNothingElseFindsBothByTheirServiceManifests(LocalStack stack) {
    assertThat(stack.rest().connectorPlugins())
        .contains(
            "io.dmconnect.source.MySqlDmSourceConnector", "io.dmconnect.sink.TiDbSinkConnector");
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect-source-mysql-dm", "connect-sink-tidb"})
  void holdsNothingThatTheWorkerBrings(String module) throws IOException {
    assertThat(entries(module))
        .noneMatch(
            name ->
                name.matches(
                    ".*/(kafka|connect-api|connect-json|slf4j|log4j|jackson|zstd|lz4|snappy).*\\.jar"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect-source-mysql-dm", "connect-sink-tidb"})
  void hasOneFolderWithManifestLicenceAndNotice(String module) throws IOException {
    List<String> entries = entries(module);
    assertThat(
            entries.stream()
                .map(name -> name.substring(0, name.indexOf('/')))
                .collect(Collectors.toSet()))
        .hasSize(1);
    assertThat(entries)
        .anyMatch(name -> name.matches("[^/]+/manifest\\.json"))
        .anyMatch(name -> name.endsWith("/LICENSE"))
        .anyMatch(name -> name.endsWith("/NOTICE"));
  }

  private static List<String> entries(String module) throws IOException {
    try (ZipFile zip = new ZipFile(TestStack.zip(module).toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }
}
