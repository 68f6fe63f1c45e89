package io.dmconnect.sink.sql;

import io.dmconnect.sink.merge.NetEffect;
import io.dmconnect.sink.row.RowChange;
import java.util.List;

/**
 * Turns changes into SQL text. Keeps a text buffer between calls; not thread-safe, one per writer.
 */
public final class StatementPlanner {

  /** A planner that keeps to those sizes. */
  public StatementPlanner(PlanLimits limits) {}

  /**
   * The statements that bring a batch's net effect about, to be run in this order in one
   * transaction.
   *
   * @throws io.dmconnect.model.error.DmException when a value cannot be written exactly; {@link
   *     #planSingly} then tells which row it is
   */
  public List<PlannedStatement> plan(NetEffect effect) {
    throw new UnsupportedOperationException();
  }

  /**
   * The statements of one change alone, to be run in the changes' order; for finding the row that
   * makes a batch fail. An UPDATE is one UPDATE statement here (in safe mode as in {@link #plan}).
   *
   * @throws io.dmconnect.model.error.DmException when a value cannot be written exactly
   */
  public List<PlannedStatement> planSingly(RowChange change) {
    throw new UnsupportedOperationException();
  }
}
