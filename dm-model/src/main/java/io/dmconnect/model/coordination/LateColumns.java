package io.dmconnect.model.coordination;

import io.dmconnect.model.join.ColumnValues;
import io.dmconnect.model.join.SchemaParts;
import io.dmconnect.model.schema.ColumnSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Columns that a request changes and that some members are still to add. Pure functions. */
final class LateColumns {

  /**
   * The members that have not come to a changed column yet. When they do, they add it as it was
   * before, which would contradict the change. A renamed column that a table had when it came is
   * not expected of those that never had it.
   *
   * @param ids members that have made the change
   */
  static List<MemberId> lackedBy(
      GroupState state, DdlRequest request, View view, Collection<MemberId> ids) {
    NavigableSet<String> columns = new TreeSet<>(request.readded());
    columns.addAll(converted(state, request));
    List<MemberId> result = new ArrayList<>();
    for (String column : columns) {
      result.addAll(lacking(state, view, column, column, ids));
    }

    for (Map.Entry<String, String> rename : request.renames().entrySet()) {
      if (state.core().history().coming().contains(rename.getKey())) {
        result.addAll(lacking(state, view, rename.getKey(), rename.getValue(), ids));
      }
    }

    return result;
  }

  private static List<MemberId> lacking(
      GroupState state, View view, String old, String name, Collection<MemberId> ids) {
    return view
        .membersWith(schema -> schema.column(old).isEmpty() && schema.column(name).isEmpty(), ids)
        .stream()
        .filter(member -> !state.core().history().hasResidue(member, old))
        .toList();
  }

  /**
   * Columns that some member does not have yet and whose old and new definition have no join, or
   * that become nullable while NULL still stands for an implicit value that is no default.
   */
  static List<String> converted(GroupState state, DdlRequest request) {
    List<String> result = new ArrayList<>();
    if (request.before() == null || request.after() == null) {
      return result;
    }

    View view = View.of(state, List.of());
    for (String column : SchemaParts.converted(request.before(), request.after())) {
      if (!view.allHave(column)) {
        result.add(column);
      }
    }

    for (ColumnSchema column : request.before().columns()) {
      boolean opened =
          !column.nullable()
              && !ColumnValues.hasLiteralDefault(column.type())
              && request.after().column(column.name()).filter(ColumnSchema::nullable).isPresent();
      if (opened && !view.allHave(column.name())) {
        result.add(RequestColumns.lower(column.name()));
      }
    }

    return result;
  }

  private LateColumns() {}
}
