package io.dmconnect.sink.ddl;

import static io.dmconnect.model.TableId.quote;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.ddl.JobHistory.Outcome;
import io.dmconnect.sink.ddl.LedgerEntry.State;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.target.Refusal;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the statements of a schema change, each exactly once. Whether one ran before is told by the
 * target's jobs, and by what the table looks like. An error is passed over only when it says that
 * the one thing is there, or gone, that an earlier attempt was to make or remove: a target that
 * died in the middle of a job may have done it and call the job cancelled.
 */
final class StatementRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StatementRunner.class);
  private static final int CANCELLED_JOB = 8214;
  private static final long JOB_POLL_MILLIS = 200;
  private static final long KILL_POLL_MILLIS = 50;
  private static final int KILL_LOOKS = 200;
  private static final int ROWS_AT_ONCE = 5_000;
  private static final String UPDATE = "UPDATE ";
  private static final String ALREADY_THERE = "the target has it already";

  private final TargetPool pool;
  private final Retry retry;
  private final Ledger ledger;
  private final TargetView target;

  StatementRunner(TargetPool pool, Retry retry, Ledger ledger) {
    this.pool = pool;
    this.retry = retry;
    this.ledger = ledger;
    this.target = new TargetView(pool, retry);
  }

  /**
   * Runs a plan that was begun, as long as the work's partition is this task's.
   *
   * @return as {@link #run(DdlPlan, LedgerEntry)}
   * @throws io.dmconnect.sink.write.FencedException when it is not
   */
  String run(DdlWork work, DdlPlan plan, LedgerEntry entry) {
    try {
      return run(plan, entry);
    } catch (TakenOverException e) {
      // A former owner's last attempt came in between; it is ended first now.
      ledger.checkOwner(work.partition(), work.epoch());
      return run(plan, ledger.begin(work, plan));
    }
  }

  /**
   * Runs a plan.
   *
   * @param entry the ledger's entry
   * @return a note for the ledger; null when there is nothing to say
   * @throws TakenOverException when others run it, or run on its table, by now; tells what is left
   * @throws DmException when the target does not take it
   */
  String run(DdlPlan plan, LedgerEntry entry) {
    boolean mayHaveRun = entry.state() != State.ENTERED;
    if (!mayHaveRun && target.shows(plan)) {
      return ALREADY_THERE;
    }

    List<String> statements = new ArrayList<>(entry.statements());
    long connection = entry.connectionId();
    int attemptedEnd = mayHaveRun ? entry.done() + 1 : 0;
    for (int next = entry.done(); next < statements.size(); next++) {
      int index = next;
      int count = statements.size();
      boolean check = index < attemptedEnd;
      Attempt attempt = new Attempt(plan, statements, index, entry.token(), connection, check);
      try {
        retry.run("carry out: " + statements.get(index), attempt);
      } catch (TakenOverException e) {
        throw e.with(statements.subList(index, statements.size()));
      }

      connection = attempt.lastConnection;
      if (attempt.wasSplit()) {
        attemptedEnd = attempt.isAgain() ? index + 1 + statements.size() - count : index;
        next--;
      }
    }

    return null;
  }

  /**
   * Waits until no other change of the plan's table, of the same ledger, runs any more: it was
   * given up, and its next statement, which may be its first, must not come in between this one's.
   */
  void endOthers(DdlPlan plan) {
    String target = plan.target().toString();
    String id = plan.event().id();
    List<Ledger.Running> others = ledger.othersRunning(target, id);
    while (!others.isEmpty()) {
      for (Ledger.Running other : others) {
        if (other.statement() != null) {
          LOG.info("Waits for the end of {} on {}", other.statement(), target);
        }

        retry.run("wait for the end of: " + other.statement(), () -> end(other));
      }

      others = ledger.othersRunning(target, id);
    }
  }

  /**
   * Waits until a change that was given up runs no more and sees to it that no further statement of
   * it does.
   *
   * @return the statements that have not run; null when somebody else carries it out
   */
  List<String> endOwn(DdlPlan plan) {
    return retry.run(
        "wait for the end of " + plan.event().id(),
        () -> {
          String id = plan.event().id();
          LedgerEntry entry = ledger.find(id);
          if (!end(new Ledger.Running(LedgerKey.of(id), entry))) {
            return null;
          }

          List<String> left = entry.statements().subList(entry.done(), entry.statements().size());
          boolean ran = !left.isEmpty() && awaitJob(entry.token(), left.get(0)) == Outcome.RAN;
          return ran ? left.subList(1, left.size()) : left;
        });
  }

  private boolean end(Ledger.Running other) throws SQLException {
    String token = other.entry().token();
    String sql = other.statement();
    Outcome unused = sql == null ? Outcome.NONE : awaitJob(token, sql);
    boolean isGivenUp = other.entry().connectionId() == LedgerEntry.GIVEN_UP;
    if (!isGivenUp && !ledger.giveUp(other)) {
      return false;
    }

    if (LedgerEntry.isConnection(other.entry().connectionId())) {
      kill(other.entry().connectionId());
      unused = sql == null ? Outcome.NONE : awaitJob(token, sql);
    }

    return true;
  }

  /** One statement, tried until it ran. */
  private final class Attempt implements Retry.Attempt<Void> {
    private final DdlPlan plan;
    private final List<String> statements;
    private final int index;
    private final String token;
    private boolean mayHaveRun;
    private boolean again;
    private boolean sent;
    private long lastConnection;
    private boolean split;

    Attempt(
        DdlPlan plan,
        List<String> statements,
        int index,
        String token,
        long lastConnection,
        boolean mayHaveRun) {
      this.plan = plan;
      this.statements = statements;
      this.index = index;
      this.token = token;
      this.mayHaveRun = mayHaveRun;
      this.again = mayHaveRun && LedgerEntry.isConnection(lastConnection);
      this.lastConnection = lastConnection;
    }

    boolean wasSplit() {
      return split;
    }

    /** Whether an attempt before the last may have run it. */
    boolean isAgain() {
      return again;
    }

    @Override
    public Void run() throws SQLException {
      if (mayHaveRun && hasRun()) {
        LOG.info("{} ran already", statements.get(index));
        return null;
      }

      again |= sent;
      mayHaveRun = true;
      Connection connection = pool.connection();
      try {
        createDatabases(connection, plan);
        long own = DdlSession.id(connection);
        ledger.update(plan.event().id(), statements, index, lastConnection, own);
        lastConnection = own;
        DdlSession.apply(connection, plan.event());
        sent = true;
        execute(connection);
      } finally {
        pool.evict(connection);
        connection.close();
      }

      return null;
    }

    private void execute(Connection connection) throws SQLException {
      String sql = statements.get(index);
      try (Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        long start = System.nanoTime();
        if (sql.startsWith(UPDATE)) {
          updateInParts(connection, statement, sql);
        } else {
          statement.execute(JobHistory.tagged(token, sql));
          // An operator's statements may change rows.
          connection.commit();
        }

        LOG.info("Ran in {} ms: {}", (System.nanoTime() - start) / 1_000_000, sql);
      } catch (SQLException e) {
        Refusal refusal = TiDbCompatibility.refusal(e);
        if (refusal == Refusal.UNREACHABLE || refusal == Refusal.TRY_AGAIN) {
          throw e;
        }

        refused(sql, e);
      }
    }

    /** The rows that an update changed no longer match it, so it can be cut and repeated. */
    private void updateInParts(Connection connection, Statement statement, String sql)
        throws SQLException {
      int updated = ROWS_AT_ONCE;
      while (updated == ROWS_AT_ONCE) {
        updated = statement.executeUpdate(sql + " LIMIT " + ROWS_AT_ONCE);
        connection.commit();
      }
    }

    private void refused(String sql, SQLException why) {
      if (why.getErrorCode() == CANCELLED_JOB) {
        throw new DmException(SinkError.DDL_CANCELLED, "Cancelled on the target: " + sql, why);
      }

      SqlModes modes = SqlModes.parse(plan.event().sqlMode());
      List<String> parts = DdlAdapter.split(sql, modes);
      if (parts.size() > 1) {
        LOG.info("TiDB refuses it as a whole ({}), running its parts: {}", why.getMessage(), sql);
        statements.remove(index);
        statements.addAll(index, parts);
        split = true;
        return;
      }

      boolean compared = plan.event().kind() != DdlKind.OTHER;
      if (again && !compared && !isRename(sql) && TiDbCompatibility.saysItIsDone(why)) {
        LOG.warn("TiDB refuses it now ({}), so an earlier attempt ran: {}", why.getMessage(), sql);
        return;
      }

      boolean onlyStatement = statements.size() == 1;
      if (onlyStatement && target.shows(plan, false)) {
        LOG.warn("TiDB refuses it ({}), but the table has it already: {}", why.getMessage(), sql);
        return;
      }

      // Refused, not lost: the next attempt is a first one.
      ledger.update(plan.event().id(), statements, index, lastConnection, 0);
      throw new DmException(
          SinkError.DDL_FAILED,
          "Schema change "
              + plan.event().id()
              + " of "
              + plan.event().table()
              + ": "
              + Retry.describe(why)
              + "; statement: "
              + sql,
          why);
    }

    /** A new name that is there may be another column's. */
    private static boolean isRename(String sql) {
      String upper = sql.toUpperCase(Locale.ROOT);
      return upper.contains(" RENAME ") || upper.contains(" CHANGE ");
    }

    /** Whether it ran under an earlier owner or on a connection that was lost. */
    private boolean hasRun() throws SQLException {
      if (awaitJob(token, statements.get(index)) == Outcome.RAN) {
        return true;
      }

      if (LedgerEntry.isConnection(lastConnection)) {
        // A connection that is only slow must not run it after this look.
        kill(lastConnection);
        if (awaitJob(token, statements.get(index)) == Outcome.RAN) {
          return true;
        }
      }

      return statements.size() == 1 && target.shows(plan);
    }
  }

  private Outcome awaitJob(String token, String sql) throws SQLException {
    while (true) {
      Outcome outcome;
      try (Connection connection = pool.connection()) {
        outcome = JobHistory.outcome(connection, token, sql);
        connection.rollback();
      }

      if (outcome != Outcome.RUNNING) {
        return outcome;
      }

      if (retry.pause(JOB_POLL_MILLIS)) {
        throw new DmException(
            SinkError.TARGET_UNREACHABLE, "Stopped while the target runs: " + sql);
      }
    }
  }

  /** Ends a connection; TiDB does that a moment after the statement. */
  private void kill(long connectionId) {
    try (Connection connection = pool.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("KILL TIDB " + connectionId);
      int looks = 0;
      while (looks++ < KILL_LOOKS && DdlSession.isThere(connection, connectionId)) {
        if (retry.pause(KILL_POLL_MILLIS)) {
          return;
        }
      }
    } catch (SQLException e) {
      LOG.debug("Connection {} is not there any more: {}", connectionId, e.getMessage());
    }
  }

  private static void createDatabases(Connection connection, DdlPlan plan) throws SQLException {
    DdlKind kind = plan.event().kind();
    if (kind != DdlKind.CREATE_TABLE && kind != DdlKind.RENAME_TABLE) {
      return;
    }

    try (Statement statement = connection.createStatement()) {
      for (TableId table : plan.targets()) {
        statement.execute("CREATE DATABASE IF NOT EXISTS " + quote(table.schema()));
      }
    }
  }
}
