package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.schema.ColumnSchema;

/**
 * Columns that come back after an operator skipped that they went: the merged table still has the
 * values from before, while the shard's rows have new ones that the binlog does not tell. Once the
 * group takes the shard for what it is, the column is a residue; the optimistic modes wait then for
 * the others to drop it, too.
 */
final class StaleColumns {

  /** The verdict on a request that adds such a column; null when it adds none. */
  static Verdict verdict(GroupState state, Pending pending) {
    DdlRequest request = pending.request();
    Member member = state.members().get(request.member());
    if (member == null || request.before() == null) {
      return null;
    }

    for (ColumnSchema column : RequestColumns.added(request)) {
      String name = column.name();
      boolean seen =
          member.seen().column(name).isPresent() && member.schema().column(name).isEmpty();
      boolean residue =
          state.config().mode() == GroupMode.PESSIMISTIC
              && state.core().history().hasResidue(member.id(), RequestColumns.lower(name));
      if (seen || residue) {
        return new Clash(
            "Adding column "
                + name
                + " gives this shard's rows the value "
                + Fills.of(column)
                + ", but they still have former values in the merged table, since an operator"
                + " skipped a change that took the column away",
            name + " = " + Fills.of(column),
            name + " as it was before the skipped change");
      }
    }

    return null;
  }

  private StaleColumns() {}
}
