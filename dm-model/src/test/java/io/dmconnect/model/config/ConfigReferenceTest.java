package io.dmconnect.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReferenceTest {
  @TempDir Path dir;

  @Test
  void describesEveryKeyInTheOrderOfAForm() {
    assertThat(page())
        .startsWith(
            """
            # Sample

            Made from the definitions; do not edit.

            ## Connection

            ### `host`

            Where the server is.

            - Type: string
            - Default: none, it must be stated
            - Valid values: text that is not blank
            - Importance: high

            ### `port`

            Its port.

            - Type: int
            - Default: `3306`
            - Valid values: [1,...,65535]
            - Importance: medium

            ## Rules

            ### `mode`

            How much to do.

            - Type: string
            - Default: `full`
            - Valid values: one of full, all_of_it
            - Importance: low
            """)
        .contains("### `rules.<alias>.schema-pattern`");
  }

  @Test
  void findsNoDifferenceInWhatItWrote() throws IOException {
    Path file = dir.resolve("reference.md");
    ConfigReference.write(file, page());

    assertThat(ConfigReference.difference(file, page())).isEmpty();
  }

  @Test
  void namesTheFirstLineThatDiffers() throws IOException {
    Path file = dir.resolve("reference.md");
    ConfigReference.write(file, page().replace("Its port.", "Its door."));

    assertThat(ConfigReference.difference(file, page()))
        .hasValueSatisfying(text -> assertThat(text).contains("'Its door.', not 'Its port.'"));
  }

  @Test
  void missesAFileThatIsNotThere() throws IOException {
    assertThat(ConfigReference.difference(dir.resolve("none.md"), page())).isPresent();
  }

  private static String page() {
    return ConfigReference.markdown("Sample", SampleKeys.connector(), List.of(SampleKeys.rules()));
  }
}
