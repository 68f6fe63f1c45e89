package io.dmconnect.sink.write;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.sql.StatementPlanner;
import io.dmconnect.sink.target.Redaction;
import io.dmconnect.sink.target.Refusal;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the row that makes a batch fail, for messages. Not thread-safe. */
final class Culprits {
  private static final Logger LOG = LoggerFactory.getLogger(Culprits.class);

  private final TargetPool pool;
  private final StatementPlanner planner;
  private final boolean showValues;

  Culprits(TargetPool pool, StatementPlanner planner, boolean showValues) {
    this.pool = pool;
    this.planner = planner;
    this.showValues = showValues;
  }

  /** Says which row it is that cannot be written exactly. */
  DmException located(SlotWrite write, DmException why) {
    for (int i = 0; i < write.rows().size(); i++) {
      RowChange change = write.rows().get(i);
      try {
        planner.planSingly(change);
      } catch (DmException e) {
        String key = showValues && change.key() != null ? ", key " + change.key() : "";
        return new DmException(e.code(), named(write, i) + key + ": " + e.problem(), e);
      }
    }

    return why;
  }

  /** An error of one row, with its place. */
  DmException located(SlotWrite write, int index, Exception why) {
    String what = named(write, index);
    if (why instanceof DmException known) {
      return new DmException(known.code(), what + ": " + known.problem(), known);
    }

    SQLException refusal = (SQLException) why;
    SQLException shown = showValues ? refusal : Redaction.of(refusal);
    return Retry.refused("write " + what, TiDbCompatibility.refusal(refusal), shown);
  }

  /** The first row that the target refuses by itself; all of them when it refuses none. */
  String named(SlotWrite write) {
    try (Connection connection = pool.connection();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("BEGIN PESSIMISTIC");
      try {
        for (int i = 0; i < write.rows().size(); i++) {
          if (trySingly(statement, write.rows().get(i)) != null) {
            return named(write, i);
          }
        }
      } finally {
        pool.abandon(connection);
      }
    } catch (SQLException e) {
      LOG.debug("The row at fault was not found", e);
    }

    return "rows up to offset " + write.to() + " of " + write.partition();
  }

  private static String named(SlotWrite write, int index) {
    RowChange change = write.rows().get(index);
    return "the "
        + change.kind()
        + " at offset "
        + write.offsets().applyAsLong(index)
        + " of topic "
        + write.partition().topic()
        + ", partition "
        + write.partition().partition()
        + " to table "
        + change.table();
  }

  /**
   * Writes a row by itself.
   *
   * @return why the target refuses it for its values; null when it does not
   * @throws SQLException when something else is wrong
   */
  Exception trySingly(Statement statement, RowChange change) throws SQLException {
    try {
      Packets.of(List.of(), planner.planSingly(change), null).run(statement);
      return null;
    } catch (SQLException e) {
      if (TiDbCompatibility.refusal(e) == Refusal.VALUE) {
        return e;
      }

      throw e;
    } catch (DmException e) {
      return e;
    }
  }
}
