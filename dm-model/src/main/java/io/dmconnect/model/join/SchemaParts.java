package io.dmconnect.model.join;

import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.Objects;

/** Single parts of schemas, as the reasons of a missing join name them. */
public final class SchemaParts {

  /** Whether two tables define the part a reason is about alike, or both lack it. */
  public static boolean same(JoinReason reason, TableSchema first, TableSchema second) {
    return Objects.equals(part(reason, first), part(reason, second));
  }

  /** The lower-case names of columns that both have, with definitions that have no join. */
  public static List<String> converted(TableSchema before, TableSchema after) {
    return before.columns().stream()
        .filter(
            column ->
                after
                    .column(column.name())
                    .filter(next -> new ColumnJoin(List.of(column, next), false).join() == null)
                    .isPresent())
        .map(column -> Canonical.lower(column.name()))
        .toList();
  }

  /** The definition of the part a reason is about, as SQL; {@code none} when there is none. */
  public static String sql(JoinReason reason, TableSchema schema) {
    return switch (reason.part()) {
      case COLUMN -> schema.column(reason.name()).map(SqlWriter::column).orElse("none");
      case INDEX -> schema.index(reason.name()).map(SqlWriter::index).orElse("none");
      case PARTITIONING -> schema.partitioning() == null ? "none" : schema.partitioning();
    };
  }

  /**
   * The names of range partitions that are gone while one above them is left, which takes the rows
   * that would have gone to them.
   */
  public static List<String> partitionsGoneBelow(TableSchema before, TableSchema after) {
    Partitioning old = Partitioning.parse(before.partitioning());
    Partitioning now = Partitioning.parse(after.partitioning());
    if (old == null || now == null || !old.isRange()) {
      return List.of();
    }

    int highest = -1;
    for (int i = 0; i < old.names().size(); i++) {
      highest = now.names().contains(old.names().get(i)) ? i : highest;
    }

    return old.names().stream()
        .limit(highest + 1L)
        .filter(name -> !now.names().contains(name))
        .toList();
  }

  /** The names of range partitions that a change takes away without putting others in place. */
  public static List<String> partitionsDropped(TableSchema before, TableSchema after) {
    Partitioning old = Partitioning.parse(before.partitioning());
    Partitioning now = Partitioning.parse(after.partitioning());
    boolean drops =
        old != null && now != null && old.isRange() && old.names().containsAll(now.names());
    return drops
        ? old.names().stream().filter(name -> !now.names().contains(name)).toList()
        : List.of();
  }

  /**
   * Whether rows of a table that lacks a range partition can be in that of another one, because the
   * table has a partition above it.
   *
   * @param all the table that has the partitions of both
   * @param name of the partition, in lower case
   */
  public static boolean hasRowsIn(TableSchema all, String name, TableSchema table) {
    Partitioning partitioning = Partitioning.parse(all.partitioning());
    Partitioning own = Partitioning.parse(table.partitioning());
    int at = partitioning == null ? -1 : partitioning.names().indexOf(name);
    return at >= 0
        && own != null
        && !own.names().contains(name)
        && partitioning.names().stream().skip(at).anyMatch(own.names()::contains);
  }

  /** Whether two tables are cut into the same partitions. */
  public static boolean samePartitioning(TableSchema first, TableSchema second) {
    return Objects.equals(
        Partitioning.parse(first.partitioning()), Partitioning.parse(second.partitioning()));
  }

  /** Whether a table has a partition of that name in lower case. */
  public static boolean hasPartition(TableSchema schema, String name) {
    Partitioning partitioning = Partitioning.parse(schema.partitioning());
    return partitioning != null && partitioning.names().contains(name);
  }

  private static Object part(JoinReason reason, TableSchema schema) {
    return switch (reason.part()) {
      case COLUMN -> schema.column(reason.name()).map(Canonical::column).orElse(null);
      case INDEX -> schema.index(reason.name()).map(Canonical::index).orElse(null);
      case PARTITIONING -> Partitioning.parse(schema.partitioning());
    };
  }

  private SchemaParts() {}
}
