package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.join.JoinResult;
import io.dmconnect.model.join.SchemaJoin;
import io.dmconnect.model.join.SqlWriter;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.TreeMap;

/**
 * Columns that the merged table has and no member: of tables that are not captured any more, or
 * made by hand. Their values stay; who adds a column of that name has to agree with them. Pure
 * functions.
 */
final class KeptColumns {

  /** Whether the merged table has the column for no member. */
  static boolean isKept(GroupState state, String column) {
    TableSchema target = state.core().target();
    TableSchema joined = state.core().joined();
    return target != null
        && joined != null
        && target.column(column).isPresent()
        && joined.column(column).isEmpty();
  }

  /** The verdict on a request that adds such a column; null when it agrees, or is no such one. */
  static Verdict verdict(GroupState state, DdlRequest request, ColumnSchema column) {
    if (!isKept(state, column.name())) {
      return null;
    }

    ColumnSchema kept = state.core().target().column(column.name()).orElseThrow();
    String mine = SqlWriter.column(column);
    String theirs = SqlWriter.column(kept);
    if (SchemaJoin.join(List.of(alone(kept), alone(column))) instanceof JoinResult.NoJoin) {
      return new Clash(
          "The merged table has another column of that name, which is no shard's", mine, theirs);
    }

    String held = held(state, kept);
    boolean differs = request.before() != null && !Fills.same(held, Fills.of(column));
    return differs
        ? new Clash(
            "Adding column "
                + column.name()
                + " gives this shard's rows the value "
                + Fills.of(column)
                + ", but they have "
                + held
                + " in the merged table, which had the column before",
            mine,
            theirs)
        : null;
  }

  /** The value that rows of others have in a column that is kept. */
  static String held(GroupState state, ColumnSchema kept) {
    String known = state.core().history().fills().get(RequestColumns.lower(kept.name()));
    return known == null ? Fills.of(kept) : known;
  }

  private static TableSchema alone(ColumnSchema column) {
    return new TableSchema(List.of(column), List.of(), new TreeMap<>(), null);
  }

  private KeptColumns() {}
}
