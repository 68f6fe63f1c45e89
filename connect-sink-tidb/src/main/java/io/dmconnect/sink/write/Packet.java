package io.dmconnect.sink.write;

import io.dmconnect.sink.sql.PlannedStatement;
import io.dmconnect.sink.target.Refusal;
import io.dmconnect.sink.target.RowLoader;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.sql.SQLException;
import java.sql.Statement;

/** What is sent to the target at once. */
sealed interface Packet {

  /**
   * Runs it.
   *
   * @throws Packets.NotMovedException when a slot is not where it should be
   * @throws ForgoneException when rows were not loaded as they are
   */
  void run(Statement statement) throws SQLException;

  /** Rows of a table were not loaded as they are; they are to be written by DML. */
  final class ForgoneException extends SQLException {
    private static final long serialVersionUID = 1;

    private final transient PlannedStatement statement;

    ForgoneException(PlannedStatement statement, SQLException why) {
      super(why.getMessage(), why);
      this.statement = statement;
    }

    /** The LOAD DATA. */
    PlannedStatement statement() {
      return statement;
    }
  }

  /**
   * One or more statements.
   *
   * @param moves how many of the first have to affect a row each
   */
  record Sql(String text, int moves) implements Packet {
    @Override
    public void run(Statement statement) throws SQLException {
      boolean isRows = statement.execute(text);
      for (int i = 0; isRows || statement.getUpdateCount() != -1; i++) {
        if (i < moves && statement.getUpdateCount() == 0) {
          throw new Packets.NotMovedException();
        }

        isRows = statement.getMoreResults();
      }
    }
  }

  /** A LOAD DATA. */
  record Load(PlannedStatement load, RowLoader loader) implements Packet {
    @Override
    public void run(Statement statement) throws SQLException {
      boolean replaces = load.kind() == PlannedStatement.Kind.REPLACE;
      try {
        loader.load(statement, load.sql(), load.data().open(), load.rows(), replaces);
      } catch (RowLoader.NotLoadedException e) {
        throw new ForgoneException(load, e);
      } catch (SQLException e) {
        // TiDB may cut the connection instead of telling what is wrong with a row of many.
        if (TiDbCompatibility.refusal(e) == Refusal.UNREACHABLE) {
          throw new ForgoneException(load, e);
        }

        throw e;
      }
    }
  }
}
