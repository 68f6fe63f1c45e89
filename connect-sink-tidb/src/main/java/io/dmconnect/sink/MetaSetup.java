package io.dmconnect.sink;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Refusal;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Sees to it that the bookkeeping tables are there. */
final class MetaSetup {

  /**
   * Makes what is missing; an account without CREATE can use tables that a DBA made.
   *
   * @throws DmException when they are missing and cannot be made
   */
  static void ensure(TargetPool pool, Retry retry, MetaTables tables) {
    try {
      retry.run(
          "make the tables of " + tables.schema(),
          () -> {
            try (Connection connection = pool.connection();
                Statement statement = connection.createStatement()) {
              if (!areThere(statement, tables)) {
                for (String sql : tables.createStatements()) {
                  statement.execute(sql);
                }
              }

              connection.commit();
              return null;
            }
          });
    } catch (DmException e) {
      throw e.code() == SinkError.ACCESS_DENIED || e.code() == SinkError.TARGET_SCHEMA
          ? new DmException(SinkError.META_SCHEMA, e.problem(), e)
          : e;
    }
  }

  /** Whether all of them can be read. */
  static boolean areThere(Statement statement, MetaTables tables) throws SQLException {
    try {
      for (String table : tables.all()) {
        statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 0").close();
      }

      return true;
    } catch (SQLException e) {
      Refusal refusal = TiDbCompatibility.refusal(e);
      if (refusal == Refusal.SCHEMA || refusal == Refusal.DENIED) {
        return false;
      }

      throw e;
    }
  }

  private MetaSetup() {}
}
