package io.dmconnect.it.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The table of all scenarios in the documentation, written from their files. {@code main} writes it
 * anew.
 */
final class ScenarioPage {
  static final Path PAGE = Path.of("../docs/shard-scenarios.md");
  private static final String BEGIN = "<!-- written from the scenarios' files -->\n";

  /** Writes the page's table anew; its text above is kept. */
  public static void main(String[] args) throws IOException {
    Files.writeString(PAGE, head() + table(ScenarioReader.all()));
  }

  /** The page as it should be. */
  static String expected() {
    return head() + table(ScenarioReader.all());
  }

  private static String head() {
    try {
      String text = Files.readString(PAGE);
      return text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + PAGE, e);
    }
  }

  private static String table(List<Scenario> scenarios) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    for (Mode mode : Mode.values()) {
      List<Scenario> own = scenarios.stream().filter(one -> one.modes().contains(mode)).toList();
      long open = own.stream().filter(one -> one.open() != null).count();
      lines.add("- " + mode.word() + ": " + own.size() + " scenarios, " + open + " of them open");
    }

    lines.add("");
    lines.add("| file | DM case | what happens | modes | DM | DM Connect |");
    lines.add("|---|---|---|---|---|---|");
    for (Scenario one : scenarios) {
      String modes = one.modes().stream().map(Mode::word).collect(Collectors.joining(", "));
      List<String> cells =
          List.of(
              one.id(),
              String.join(", ", one.cases()),
              one.title(),
              modes + (one.oneMode() == null ? "" : " (" + one.oneMode() + ")"),
              one.dm(),
              one.ours() + (one.open() == null ? "" : " **Open**: " + one.open()));
      lines.add(
          cells.stream()
              .map(cell -> cell.replace("|", "\\|"))
              .collect(Collectors.joining(" | ", "| ", " |")));
    }

    return String.join("\n", lines) + "\n";
  }

  private ScenarioPage() {}
}
