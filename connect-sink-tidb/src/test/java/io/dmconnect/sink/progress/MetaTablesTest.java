package io.dmconnect.sink.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetaTablesTest {
  private static final Path SCRIPT = Path.of("../docs/bookkeeping-tables.sql");

  @Test
  void theScriptForDbasMakesTheSameTables() throws IOException {
    List<String> statements =
        Arrays.stream(Files.readString(SCRIPT).split(";"))
            .map(text -> text.replaceAll("(?m)^--.*$", ""))
            .map(text -> text.replaceAll("\\s+", " ").trim())
            .filter(text -> !text.isEmpty())
            .toList();

    assertThat(statements)
        .containsExactlyElementsOf(
            new MetaTables("dm_meta")
                .createStatements().stream().map(sql -> sql.replaceAll("\\s+", " ")).toList());
  }
}
