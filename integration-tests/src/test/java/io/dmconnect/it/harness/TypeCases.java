package io.dmconnect.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The column types of {@code types.txt} with their edge values.
 *
 * @param table the name of the table of this type
 * @param type the column type as SQL
 * @param literals its values as SQL
 */
public record TypeCases(String table, String type, List<String> literals) {
  private static final String FILE = "/types.txt";

  /** All lines of the file. */
  public static List<TypeCases> all() {
    List<TypeCases> all = new ArrayList<>();
    try (InputStream in = TypeCases.class.getResourceAsStream(FILE)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          List<String> parts = List.of(line.split(" \\| ", -1));
          all.add(
              new TypeCases("type_" + all.size(), parts.get(0), parts.subList(1, parts.size())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** The statement that creates the table. */
  public String create() {
    return "CREATE TABLE " + table + " (id INT PRIMARY KEY, v " + type + ")";
  }

  /** Whether the type takes NULL. */
  public boolean isNullable() {
    return !type.contains("NOT NULL");
  }

  /** The literal of a row of its own or, beyond the last, NULL or else the first one. */
  public String literal(int row) {
    if (row < literals.size()) {
      return literals.get(row);
    }
    return isNullable() ? "NULL" : literals.get(0);
  }

  /** One INSERT a value, and one of NULL if it may be, with ids from {@code firstId} on. */
  public List<String> inserts(int firstId) {
    List<String> inserts = new ArrayList<>();
    if (isNullable()) {
      inserts.add("INSERT INTO " + table + " VALUES (" + firstId + ", NULL)");
    }
    for (String literal : literals) {
      int id = firstId + inserts.size();
      inserts.add("INSERT INTO " + table + " VALUES (" + id + ", " + literal + ")");
    }
    return inserts;
  }
}
