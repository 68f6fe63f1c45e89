package io.dmconnect.sink.table;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What writing to a target table needs to know about it. Immutable; a schema change makes a new
 * instance. Column names compare without case, as in MySQL.
 */
public final class TargetTable {
  private final TableId id;
  private final List<TargetColumn> columns;
  private final List<TargetKey> uniqueKeys;
  private final Map<String, Integer> positions;
  private final boolean checks;

  /** A table without CHECK constraints. */
  public TargetTable(TableId id, List<TargetColumn> columns, List<TargetKey> uniqueKeys) {
    this(id, columns, uniqueKeys, false);
  }

  /**
   * A table.
   *
   * @param id its name in the target
   * @param columns its columns in order, invisible ones included
   * @param uniqueKeys its primary and unique keys; the primary key need not be first
   * @param checks whether it has CHECK constraints
   */
  public TargetTable(
      TableId id, List<TargetColumn> columns, List<TargetKey> uniqueKeys, boolean checks) {
    this.checks = checks;
    this.id = requireNonNull(id, "id is null");
    this.columns = List.copyOf(columns);
    List<TargetKey> keys = new ArrayList<>(uniqueKeys);
    keys.sort(
        Comparator.comparing((TargetKey key) -> !key.isPrimary())
            .thenComparing(key -> !key.canIdentify())
            .thenComparing(TargetKey::name));
    this.uniqueKeys = List.copyOf(keys);
    this.positions = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      positions.put(fold(columns.get(i).name()), i);
    }
  }

  /** The table's name in the target. */
  public TableId id() {
    return id;
  }

  /** The columns in order. */
  public List<TargetColumn> columns() {
    return columns;
  }

  /** The primary key first, then keys that can identify a row, then the others; each by name. */
  public List<TargetKey> uniqueKeys() {
    return uniqueKeys;
  }

  /** The column of that name, compared without case; null when there is none. */
  public TargetColumn column(String name) {
    Integer position = positions.get(fold(name));
    return position == null ? null : columns.get(position);
  }

  /**
   * The key that rows are found by: the primary key, else the first unique key that can identify a
   * row; null when there is none.
   */
  public TargetKey identifyingKey() {
    for (TargetKey key : uniqueKeys) {
      if (key.canIdentify()) {
        return key;
      }
    }

    return null;
  }

  /**
   * The key that rows with only some of the columns are found by, as {@link #identifyingKey()}.
   *
   * @param available names of the columns that rows have, in lower case
   */
  public TargetKey identifyingKey(Collection<String> available) {
    for (TargetKey key : uniqueKeys) {
      if (key.canIdentify() && key.columns().stream().allMatch(c -> available.contains(fold(c)))) {
        return key;
      }
    }

    return null;
  }

  /** Whether no key identifies rows, so that a row is found by all of its values. */
  public boolean isKeyless() {
    return identifyingKey() == null;
  }

  /** Whether there are unique keys besides the identifying one. */
  public boolean hasSecondaryUnique() {
    return uniqueKeys.size() > (isKeyless() ? 0 : 1);
  }

  /** Whether it has CHECK constraints. */
  public boolean hasChecks() {
    return checks;
  }

  /** A column's name as {@link #identifyingKey(Collection)} takes it. */
  public static String fold(String columnName) {
    return columnName.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
