package io.dmconnect.sink.ddl;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Tells from a target table whether it has what a schema change brings about already. Pure
 * functions.
 */
final class SchemaJudge {

  /** What the table shows. */
  enum Verdict {
    /** All of the change is there. */
    APPLIED,
    /** Some of the change is not there, or cannot be seen. */
    NOT_APPLIED
  }

  /**
   * Whether the difference of two definitions is there.
   *
   * @param before the upstream definition before the change; null when unknown
   * @param after the upstream definition after it
   * @param exact whether types must be equal, and everything that changed must be visible; else
   *     types of one name are enough
   */
  static Verdict judge(TableSchema before, TableSchema after, TargetShape target, boolean exact) {
    if (before == null || after == null || !target.exists()) {
      return Verdict.NOT_APPLIED;
    }

    boolean optionsChanged =
        !before.options().equals(after.options())
            || !Objects.equals(before.partitioning(), after.partitioning());
    boolean columnsChanged = !before.columns().equals(after.columns());
    boolean indexesChanged = !before.indexes().equals(after.indexes());
    boolean invisible = (exact && optionsChanged) || !(columnsChanged || indexesChanged);
    boolean there =
        !invisible
            && columnsThere(before, after, target, exact)
            && indexesThere(before, after, target);
    return there ? Verdict.APPLIED : Verdict.NOT_APPLIED;
  }

  private static boolean columnsThere(
      TableSchema before, TableSchema after, TargetShape target, boolean exact) {
    for (ColumnSchema column : after.columns()) {
      ColumnSchema old = before.column(column.name()).orElse(null);
      if (!column.equals(old) && !isThere(column, old, target, exact)) {
        return false;
      }
    }

    for (ColumnSchema column : before.columns()) {
      if (after.column(column.name()).isEmpty()
          && target.columns().containsKey(fold(column.name()))) {
        return false;
      }
    }

    return true;
  }

  private static boolean isThere(
      ColumnSchema column, ColumnSchema old, TargetShape target, boolean exact) {
    TargetShape.Column there = target.columns().get(fold(column.name()));
    if (there == null) {
      return false;
    }

    String type = ColumnTypes.of(column.type());
    if (!exact) {
      return ColumnTypes.base(type).equals(ColumnTypes.base(there.type()));
    }

    return type.equals(there.type())
        && column.nullable() == there.nullable()
        && (old == null || (sameAttributes(old, column) && !sameShape(old, column)));
  }

  /** Whether nothing changed that the target shows. */
  private static boolean sameShape(ColumnSchema old, ColumnSchema column) {
    return old.type().equals(column.type()) && old.nullable() == column.nullable();
  }

  private static boolean sameAttributes(ColumnSchema old, ColumnSchema column) {
    return Objects.equals(old.defaultSql(), column.defaultSql())
        && Objects.equals(old.onUpdateSql(), column.onUpdateSql())
        && old.autoIncrement() == column.autoIncrement()
        && Objects.equals(old.comment(), column.comment());
  }

  private static boolean indexesThere(TableSchema before, TableSchema after, TargetShape target) {
    for (IndexSchema index : after.indexes()) {
      boolean isNew = !index.equals(before.index(index.name()).orElse(null));
      if (isNew && isKept(index) && !isThere(index, target)) {
        return false;
      }
    }

    for (IndexSchema index : before.indexes()) {
      if (after.index(index.name()).isEmpty() && target.indexes().containsKey(fold(index.name()))) {
        return false;
      }
    }

    return true;
  }

  /** TiDB has no full-text and no spatial indexes. */
  private static boolean isKept(IndexSchema index) {
    return index.kind() != IndexSchema.Kind.FULLTEXT && index.kind() != IndexSchema.Kind.SPATIAL;
  }

  private static boolean isThere(IndexSchema index, TargetShape target) {
    TargetShape.Index there = target.indexes().get(fold(index.name()));
    List<String> columns =
        index.parts().stream()
            .map(part -> part.column() == null ? "" : fold(part.column()))
            .toList();
    return there != null && there.unique() == index.isUnique() && there.columns().equals(columns);
  }

  /**
   * What keeps the rows of an upstream table from being written to a target table that was there
   * before; empty when nothing does.
   */
  static List<String> differences(TableSchema upstream, TargetShape target) {
    List<String> differences = new ArrayList<>();
    for (ColumnSchema column : upstream.columns()) {
      TargetShape.Column there = target.columns().get(fold(column.name()));
      String type = ColumnTypes.of(column.type());
      if (there == null) {
        if (column.isWritten()) {
          differences.add("it has no column " + column.name());
        }
      } else if (!TypeFamily.of(type).equals(TypeFamily.of(there.type()))) {
        differences.add(
            "its column " + column.name() + " is " + there.type() + ", the upstream's " + type);
      }
    }

    return differences;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private SchemaJudge() {}
}
