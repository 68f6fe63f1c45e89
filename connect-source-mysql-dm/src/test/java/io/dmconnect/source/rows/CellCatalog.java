package io.dmconnect.source.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The column types and values of {@code cells.txt}. */
final class CellCatalog {

  /**
   * One column type.
   *
   * @param type the type as in CREATE TABLE
   * @param check an expression over column v that gives the decoded value's text; null for none
   * @param values SQL expressions
   */
  record Cells(String type, String check, List<String> values) {
    @Override
    public String toString() {
      return type.length() > 60 ? type.substring(0, 60) + "…" : type;
    }
  }

  static List<Cells> read() {
    try (InputStream in = CellCatalog.class.getResourceAsStream("cells.txt")) {
      List<Cells> all = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        if (line.isEmpty() || line.startsWith("#")) {
          continue;
        }
        if (line.startsWith("type ")) {
          int check = line.indexOf(" = ");
          String type = line.substring(5, check < 0 ? line.length() : check);
          all.add(new Cells(type, check < 0 ? null : line.substring(check + 3), new ArrayList<>()));
        } else {
          all.get(all.size() - 1).values().add(line);
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CellCatalog() {}
}
