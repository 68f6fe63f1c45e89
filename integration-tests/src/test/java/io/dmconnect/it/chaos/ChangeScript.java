package io.dmconnect.it.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * An endless series of schema changes, made up at random. The changes of one step touch different
 * columns, and one of them at most is for all shards together, so that they may make them in any
 * order; a name is never used again.
 */
final class ChangeScript {
  private static final int CHANGES = 5;
  private static final int MANY_COLUMNS = 12;
  private static final List<String> TYPES =
      List.of("INT", "BIGINT", "VARCHAR(10)", "VARCHAR(20)", "DECIMAL(8,2)");
  private static final List<String> RESTS =
      List.of("NULL", "NULL DEFAULT 7", "NOT NULL DEFAULT 7", "NOT NULL");

  private final Random random;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final Map<String, String> indexes = new HashMap<>();
  private final Set<String> touched = new HashSet<>();
  private int names;

  ChangeScript(Random random) {
    this.random = random;
  }

  /** The next changes. */
  List<Change> step() {
    touched.clear();
    List<Change> changes = new ArrayList<>();
    while (changes.size() < CHANGES) {
      Change change = next(changes.stream().noneMatch(Change.Rename.class::isInstance));
      change.applyTo(columns);
      changes.add(change);
    }

    return changes;
  }

  private Change next(boolean mayRename) {
    List<Column> free =
        columns.values().stream().filter(column -> !touched.contains(column.name())).toList();
    int kind = columns.size() > MANY_COLUMNS ? 4 : random.nextInt(11);
    if (kind < 4 || free.isEmpty()) {
      return add();
    }

    Column column = free.get(random.nextInt(free.size()));
    if (kind < 6) {
      touched.add(column.name());
      indexes.remove(column.name());
      return new Change.Drop(column.name());
    }

    if (kind < 8 && column.canWiden()) {
      touched.add(column.name());
      return new Change.Widen(column.widened());
    }

    return kind == 8 && mayRename ? rename(column) : index(column);
  }

  private Change rename(Column column) {
    String name = "c" + names++;
    touched.add(column.name());
    touched.add(name);
    String index = indexes.remove(column.name());
    if (index != null) {
      indexes.put(name, index);
    }

    return new Change.Rename(column, name);
  }

  private Change add() {
    List<Column> added = new ArrayList<>(List.of(column()));
    if (random.nextInt(4) == 0) {
      added.add(column());
    }

    return new Change.Add(added, random.nextInt(4) == 0 ? " AFTER id" : "");
  }

  private Column column() {
    String name = "c" + names++;
    touched.add(name);
    return new Column(
        name, TYPES.get(random.nextInt(TYPES.size())), RESTS.get(random.nextInt(RESTS.size())));
  }

  private Change index(Column column) {
    touched.add(column.name());
    String index = indexes.remove(column.name());
    if (index != null) {
      return new Change.Index("DROP INDEX " + index);
    }

    String name = "i" + names++;
    indexes.put(column.name(), name);
    return new Change.Index("ADD INDEX " + name + " (" + column.name() + ")");
  }
}
