package io.dmconnect.it.chaos;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A schema change that every shard makes: what follows {@code ALTER TABLE t}. */
sealed interface Change {
  /** The clause as SQL. */
  String clause();

  /** What it does to the columns that rows can fill, by name. */
  void applyTo(Map<String, Column> columns);

  /** New columns; {@code place} is FIRST, AFTER a column, or empty. */
  record Add(List<Column> added, String place) implements Change {
    public Add {
      added = List.copyOf(added);
    }

    @Override
    public String clause() {
      return added.stream()
          .map(column -> "ADD COLUMN " + column.definition() + place)
          .collect(Collectors.joining(", "));
    }

    @Override
    public void applyTo(Map<String, Column> columns) {
      added.forEach(column -> columns.put(column.name(), column));
    }
  }

  /** A column less. */
  record Drop(String column) implements Change {
    @Override
    public String clause() {
      return "DROP COLUMN " + column;
    }

    @Override
    public void applyTo(Map<String, Column> columns) {
      columns.remove(column);
    }
  }

  /** A column's type gets room for more values. */
  record Widen(Column column) implements Change {
    @Override
    public String clause() {
      return "MODIFY COLUMN " + column.definition();
    }

    @Override
    public void applyTo(Map<String, Column> columns) {
      columns.put(column.name(), column);
    }
  }

  /** A column's name changes, which all shards have to do together. */
  record Rename(Column column, String name) implements Change {
    @Override
    public String clause() {
      return "RENAME COLUMN " + column.name() + " TO " + name;
    }

    @Override
    public void applyTo(Map<String, Column> columns) {
      columns.remove(column.name());
      columns.put(name, column.named(name));
    }
  }

  /** A change that no row sees. */
  record Index(String clause) implements Change {
    @Override
    public void applyTo(Map<String, Column> columns) {}
  }
}
