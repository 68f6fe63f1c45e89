package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PluginZipIT {
  private static final Path REVIEWED = Path.of("src/assembly/runtime-deps.txt");
  private ZipFile zip;

  @BeforeEach
  void open() throws IOException {
    zip = new ZipFile(System.getProperty("dm.plugin.zip"));
  }

  @AfterEach
  void close() throws IOException {
    zip.close();
  }

  @Test
  void holdsExactlyTheReviewedJars() throws IOException {
    List<String> jars =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith(".jar"))
            .map(name -> name.substring(name.lastIndexOf('/') + 1))
            .sorted()
            .toList();

    assertThat(jars).isEqualTo(Files.readAllLines(REVIEWED));
  }

  @Test
  void isLaidOutAsAHubComponent() throws IOException {
    ZipEntry manifest = entryEndingWith("/manifest.json");
    String text = new String(zip.getInputStream(manifest).readAllBytes(), StandardCharsets.UTF_8);

    assertThat(text).contains("\"version\": \"" + Version.VERSION + "\"").doesNotContain("${");
    assertThat(entryEndingWith("/doc/LICENSE")).isNotNull();
    assertThat(entryEndingWith("/doc/NOTICE")).isNotNull();
  }

  private ZipEntry entryEndingWith(String path) {
    return zip.stream()
        .map(ZipEntry.class::cast)
        .filter(entry -> entry.getName().endsWith(path))
        .findFirst()
        .orElseThrow();
  }
}
