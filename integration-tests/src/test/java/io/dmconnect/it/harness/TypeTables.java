package io.dmconnect.it.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The column types of {@code types.txt} in few tables of many columns. Row n holds the n-th value
 * of each type, or NULL where the type takes it.
 *
 * @param name the table's name
 * @param types its columns' types with their values
 */
public record TypeTables(String name, List<TypeCases> types) {
  private static final int COLUMNS = 9;

  /** All types. */
  public static List<TypeTables> all() {
    List<TypeCases> types = TypeCases.all();
    List<TypeTables> tables = new ArrayList<>();
    for (int from = 0; from < types.size(); from += COLUMNS) {
      int to = Math.min(from + COLUMNS, types.size());
      tables.add(new TypeTables("types_" + tables.size(), types.subList(from, to)));
    }
    return tables;
  }

  /** The statement that creates the table. */
  public String create() {
    return types.stream()
        .map(type -> type.table() + " " + type.type())
        .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (id INT PRIMARY KEY, ", ")"));
  }

  /** One INSERT a row, with ids from {@code firstId} on. */
  public String[] inserts(int firstId) {
    int rows = types.stream().mapToInt(type -> type.literals().size()).max().orElse(0) + 1;
    String[] inserts = new String[rows];
    for (int i = 0; i < rows; i++) {
      int row = i;
      inserts[i] =
          types.stream()
              .map(type -> type.literal(row))
              .collect(
                  Collectors.joining(
                      ", ", "INSERT INTO " + name + " VALUES (" + (firstId + row) + ", ", ")"));
    }
    return inserts;
  }
}
