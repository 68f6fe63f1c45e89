package io.dmconnect.sink.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table {@code (id, u, v)} of integers with a primary key on {@code id} and a unique key on
 * {@code u}, which runs the statements that the planner makes for it.
 */
public final class ModelTable {
  private static final Pattern DELETE = Pattern.compile("DELETE FROM .* WHERE `id` IN \\((.*)\\)");
  private static final Pattern WRITE =
      Pattern.compile("(INSERT|REPLACE) INTO \\S+ \\(`id`,`u`,`v`\\) VALUES (\\(.*?\\))( ON .*)?");
  private static final Pattern ROW = Pattern.compile("\\((\\w+),(\\w+),(\\w+)\\)");

  private final TreeMap<Integer, List<Integer>> rows = new TreeMap<>();

  /** The rows by key; each {@code [id, u, v]}. */
  public Map<Integer, List<Integer>> rows() {
    return rows;
  }

  /** Runs a statement. */
  public void run(String sql) {
    Matcher delete = DELETE.matcher(sql);
    if (delete.matches()) {
      for (String id : delete.group(1).split(",", -1)) {
        rows.remove(Integer.valueOf(id));
      }

      return;
    }

    Matcher write = WRITE.matcher(sql);
    if (!write.matches()) {
      throw new IllegalArgumentException(sql);
    }

    Matcher row = ROW.matcher(write.group(2));
    while (row.find()) {
      List<Integer> values = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        values.add(row.group(i).equals("NULL") ? null : Integer.valueOf(row.group(i)));
      }

      write(write.group(1), write.group(3) != null, values);
    }
  }

  private void write(String verb, boolean onDuplicate, List<Integer> row) {
    Map<Integer, List<Integer>> colliding = colliding(row);
    if (verb.equals("REPLACE")) {
      rows.keySet().removeAll(colliding.keySet());
    } else if (onDuplicate && !colliding.isEmpty()) {
      if (!colliding.containsKey(row.get(0)) || colliding.size() > 1) {
        throw new IllegalStateException("upsert of " + row + " meets " + colliding);
      }
    } else if (!colliding.isEmpty()) {
      throw new IllegalStateException("duplicate " + row + " meets " + colliding);
    }

    rows.put(row.get(0), row);
  }

  private Map<Integer, List<Integer>> colliding(List<Integer> row) {
    Map<Integer, List<Integer>> colliding = new HashMap<>();
    rows.forEach(
        (id, other) -> {
          boolean sameUnique = row.get(1) != null && Objects.equals(other.get(1), row.get(1));
          if (id.equals(row.get(0)) || sameUnique) {
            colliding.put(id, other);
          }
        });
    return colliding;
  }
}
