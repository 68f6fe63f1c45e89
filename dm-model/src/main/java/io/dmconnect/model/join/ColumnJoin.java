package io.dmconnect.model.join;

import io.dmconnect.model.join.JoinReason.Part;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The least column that takes the values of some columns of one name. */
final class ColumnJoin {
  private final List<ColumnSchema> columns;
  private final boolean keyed;
  private final List<JoinReason> reasons = new ArrayList<>();

  /**
   * @param columns the definitions, at least one
   * @param keyed whether a unique key holds the column
   */
  ColumnJoin(List<ColumnSchema> columns, boolean keyed) {
    this.columns =
        columns.stream().distinct().sorted(Comparator.comparing(SqlWriter::column)).toList();
    this.keyed = keyed;
  }

  /** The join, not yet relaxed for members that lack the column; null when there is none. */
  ColumnSchema join() {
    if (columns.size() == 1) {
      return columns.get(0);
    }

    ColumnType type = TypeJoin.join(columns.stream().map(ColumnSchema::type).toList(), keyed);
    if (type == null) {
      differ("type", column -> typeClash(column.type()));
    }

    same("generation", c -> Canonical.column(c).generated());
    same("generated expression", c -> Canonical.column(c).generatedSql());
    String defaultSql = atMostOne("default", Canonical::defaultSql, ColumnSchema::defaultSql);
    String onUpdateSql =
        atMostOne("ON UPDATE", c -> Canonical.column(c).onUpdateSql(), ColumnSchema::onUpdateSql);
    if (!reasons.isEmpty()) {
      return null;
    }

    ColumnSchema first = columns.get(0);
    return new ColumnSchema(
        columns.stream().map(ColumnSchema::name).min(Comparator.naturalOrder()).orElseThrow(),
        type,
        columns.stream().anyMatch(ColumnSchema::nullable),
        defaultSql,
        onUpdateSql,
        first.generated(),
        first.generatedSql(),
        columns.stream().anyMatch(ColumnSchema::autoIncrement),
        columns.stream().allMatch(ColumnSchema::invisible),
        largest(columns.stream().map(ColumnSchema::comment).toList()));
  }

  /** Why there is no join; empty when there is one. To be asked after {@link #join}. */
  List<JoinReason> reasons() {
    return reasons;
  }

  /** The same column such that a row without a value for it is accepted. */
  static ColumnSchema optional(ColumnSchema column) {
    boolean accepts =
        column.nullable()
            || column.defaultSql() != null
            || column.autoIncrement()
            || column.generated() != Generated.NO;
    if (accepts) {
      return column;
    }

    String implicit = ImplicitDefault.of(column.type());
    return withDefault(column, implicit == null, implicit);
  }

  static ColumnSchema withDefault(ColumnSchema column, boolean nullable, String defaultSql) {
    return new ColumnSchema(
        column.name(),
        column.type(),
        nullable,
        defaultSql,
        column.onUpdateSql(),
        column.generated(),
        column.generatedSql(),
        column.autoIncrement(),
        column.invisible(),
        column.comment());
  }

  static ColumnSchema withAutoIncrement(ColumnSchema column, boolean autoIncrement) {
    return new ColumnSchema(
        column.name(),
        column.type(),
        column.nullable(),
        column.defaultSql(),
        column.onUpdateSql(),
        column.generated(),
        column.generatedSql(),
        autoIncrement,
        column.invisible(),
        column.comment());
  }

  /** The greatest text; null is below all. */
  static String largest(List<String> texts) {
    return texts.stream().filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
  }

  private Object typeClash(ColumnType type) {
    for (ColumnSchema other : columns) {
      if (TypeJoin.join(List.of(type, other.type()), keyed) == null) {
        return Canonical.type(type);
      }
    }

    return null;
  }

  private void same(String what, Function<ColumnSchema, Object> attribute) {
    if (columns.stream().map(c -> String.valueOf(attribute.apply(c))).distinct().count() > 1) {
      differ(what, attribute);
    }
  }

  private String atMostOne(
      String what, Function<ColumnSchema, String> canonical, Function<ColumnSchema, String> text) {
    Set<String> values = new TreeSet<>();
    Set<String> texts = new TreeSet<>();
    for (ColumnSchema column : columns) {
      String value = canonical.apply(column);
      if (value != null) {
        values.add(value);
        texts.add(text.apply(column));
      }
    }

    if (values.size() > 1) {
      differ(what, canonical::apply);
    }

    return texts.isEmpty() ? null : texts.iterator().next();
  }

  /** Reports the first two columns whose attribute is there and differs. */
  private void differ(String what, Function<ColumnSchema, Object> attribute) {
    ColumnSchema first = null;
    ColumnSchema second = null;
    boolean absentCounts = what.startsWith("generat");
    for (ColumnSchema column : columns) {
      Object value = attribute.apply(column);
      if (value == null && !absentCounts) {
        continue;
      }

      if (first == null) {
        first = column;
      } else if (second == null && !Objects.equals(value, attribute.apply(first))) {
        second = column;
      }
    }

    ColumnSchema other = second == null ? columns.get(columns.size() - 1) : second;
    ColumnSchema one = first == null ? columns.get(0) : first;
    reasons.add(
        new JoinReason(
            Part.COLUMN,
            Canonical.lower(one.name()),
            what,
            SqlWriter.column(one),
            SqlWriter.column(other)));
  }
}
