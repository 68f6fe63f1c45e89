package io.dmconnect.model.filter;

import io.dmconnect.model.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * DM's block and allow list: which tables are captured. The schema is judged first: by {@code
 * do-dbs} when there are any, else by {@code ignore-dbs}. Then the table: one that {@code
 * do-tables} matches is in, else one that {@code ignore-tables} matches is out, else it is in when
 * there are no {@code do-tables}. The servers' own schemas are always out. Immutable.
 */
public final class BlockAllowList {
  private static final Set<String> SYSTEM_SCHEMAS =
      Set.of(
          "dm_heartbeat",
          "information_schema",
          "inspection_schema",
          "metrics_schema",
          "mysql",
          "performance_schema",
          "sys");

  private final List<NamePattern> doDbs;
  private final List<NamePattern> ignoreDbs;
  private final List<TablePattern> doTables;
  private final List<TablePattern> ignoreTables;

  /** A list of those patterns; empty lists let everything in that is not the server's own. */
  public BlockAllowList(
      List<NamePattern> doDbs,
      List<NamePattern> ignoreDbs,
      List<TablePattern> doTables,
      List<TablePattern> ignoreTables) {
    this.doDbs = List.copyOf(doDbs);
    this.ignoreDbs = List.copyOf(ignoreDbs);
    this.doTables = List.copyOf(doTables);
    this.ignoreTables = List.copyOf(ignoreTables);
  }

  /** Whether the schema is one of the server's own, which are never captured. */
  public static boolean isSystemSchema(String schema) {
    return SYSTEM_SCHEMAS.contains(schema.toLowerCase(Locale.ROOT));
  }

  /** Whether the table is captured. */
  public boolean captures(TableId table) {
    if (!capturesSchema(table.schema())) {
      return false;
    }

    if (anyTable(doTables, table)) {
      return true;
    }

    return doTables.isEmpty() && !anyTable(ignoreTables, table);
  }

  /** Whether tables of the schema can be captured, and statements about the schema itself. */
  public boolean capturesSchema(String schema) {
    if (isSystemSchema(schema)) {
      return false;
    }

    return doDbs.isEmpty() ? !anySchema(ignoreDbs, schema) : anySchema(doDbs, schema);
  }

  /** Whether a schema of that name can hold captured tables. */
  public boolean canHoldCaptured(String schema) {
    return capturesSchema(schema)
        && (doTables.isEmpty()
            || doTables.stream().anyMatch(table -> table.schema().matches(schema)));
  }

  /**
   * The names that schemas with captured tables can have, when {@code do-dbs}, or else {@code
   * do-tables}, states names only; empty when there may be others.
   */
  public Optional<Set<String>> statedSchemas() {
    List<NamePattern> stated =
        doDbs.isEmpty() ? doTables.stream().map(TablePattern::schema).toList() : doDbs;
    if (stated.isEmpty() || !stated.stream().allMatch(BlockAllowList::isName)) {
      return Optional.empty();
    }

    return Optional.of(
        stated.stream()
            .map(NamePattern::toString)
            .filter(this::canHoldCaptured)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** A literal pattern may still be written with brackets. */
  private static boolean isName(NamePattern pattern) {
    return pattern.isLiteral() && pattern.toString().indexOf('[') < 0;
  }

  private static boolean anySchema(List<NamePattern> patterns, String schema) {
    for (NamePattern pattern : patterns) {
      if (pattern.matches(schema)) {
        return true;
      }
    }

    return false;
  }

  private static boolean anyTable(List<TablePattern> patterns, TableId table) {
    for (TablePattern pattern : patterns) {
      if (pattern.matches(table)) {
        return true;
      }
    }

    return false;
  }
}
