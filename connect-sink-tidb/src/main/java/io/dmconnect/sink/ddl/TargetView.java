package io.dmconnect.sink.ddl;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whether the target looks as if a schema change had run. Safe for several threads. */
final class TargetView {
  private final TargetPool pool;
  private final Retry retry;

  TargetView(TargetPool pool, Retry retry) {
    this.pool = pool;
    this.retry = retry;
  }

  /** Whether it shows all of what the change brings about. */
  boolean shows(DdlPlan plan) {
    return shows(plan, true);
  }

  /**
   * Whether it shows what the change brings about.
   *
   * @param exact whether that has to be as upstream in everything
   * @throws DmException when a table that is to be created is there and does not fit, or is to be
   *     created by hand
   */
  boolean shows(DdlPlan plan, boolean exact) {
    return retry.run(
        "look at " + plan.target(),
        () -> {
          try (Connection connection = pool.connection()) {
            boolean there = shows(connection, plan, exact);
            connection.rollback();
            return there;
          }
        });
  }

  private static boolean shows(Connection connection, DdlPlan plan, boolean exact)
      throws SQLException {
    DdlEvent event = plan.event();
    TargetShape shape = TargetShape.read(connection, plan.target());
    return switch (event.kind()) {
      case CREATE_TABLE -> isCreated(plan, shape);
      case DROP_TABLE -> !shape.exists();
      case RENAME_TABLE ->
          !shape.exists() && TargetShape.read(connection, plan.newTarget()).exists();
      case ALTER_TABLE, CREATE_INDEX, DROP_INDEX ->
          SchemaJudge.judge(event.before(), event.after(), shape, exact)
              == SchemaJudge.Verdict.APPLIED;
      case DESELECT_TABLE -> true;
      case TRUNCATE_TABLE, CREATE_DATABASE, ALTER_DATABASE, DROP_DATABASE, OTHER -> false;
    };
  }

  private static boolean isCreated(DdlPlan plan, TargetShape shape) {
    if (!shape.exists()) {
      if (plan.generatesColumns()) {
        throw new DmException(
            SinkError.TABLE_DIFFERS,
            "The route of "
                + plan.event().table()
                + " adds columns to "
                + plan.target()
                + ", which therefore has to be created by hand");
      }

      return false;
    }

    List<String> differences =
        plan.event().after() == null
            ? List.of()
            : SchemaJudge.differences(plan.event().after(), shape);
    if (!differences.isEmpty()) {
      throw new DmException(
          SinkError.TABLE_DIFFERS,
          "Table "
              + plan.target()
              + " is there and does not fit "
              + plan.event().table()
              + ": "
              + String.join(", ", differences));
    }

    return true;
  }
}
