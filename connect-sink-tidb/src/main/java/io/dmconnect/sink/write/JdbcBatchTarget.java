package io.dmconnect.sink.write;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.merge.NetEffect;
import io.dmconnect.sink.progress.ProgressSql;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.sql.PlanLimits;
import io.dmconnect.sink.sql.PlannedStatement;
import io.dmconnect.sink.sql.StatementPlanner;
import io.dmconnect.sink.table.TargetTable;
import io.dmconnect.sink.target.Redaction;
import io.dmconnect.sink.target.Refusal;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.RowLoader;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches to TiDB. A batch's rows are reduced to their net effect, and one transaction holds
 * it together with the progress. The progress rows move first and only from where they must be, so
 * that a batch is never written twice: not when a commit's outcome was lost, not when another owner
 * took over.
 */
public final class JdbcBatchTarget implements BatchTarget {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcBatchTarget.class);

  /** {@code ER_NO_DEFAULT_FOR_FIELD}. */
  private static final int NO_DEFAULT = 1364;

  /** {@code ER_DUP_ENTRY}. */
  private static final int DUPLICATE = 1062;

  /** How many batches with rows of a snapshot are written with care after one had a duplicate. */
  private static final int CAREFUL_BATCHES = 64;

  private static final String TRY_AGAIN = "40001";

  private final TargetPool pool;
  private final Retry retry;
  private final ProgressSql progress;
  private final boolean showValues;
  private final long defaultsNanos;
  private final RowLoader loader;
  private final Culprits culprits;
  private final NetEffect effect = new NetEffect();
  private final StatementPlanner planner;
  private final Caution notLoaded = new Caution();
  private int careful;

  /**
   * A target for one writer's thread.
   *
   * @param showValues whether messages may hold row values
   * @param defaultsMillis for how long a row without a value for a column is tried again, since the
   *     column may be about to become nullable; 0 when none may
   * @param loader writes many rows of a table; null when it may not
   */
  public JdbcBatchTarget(
      TargetPool pool,
      Retry retry,
      ProgressSql progress,
      PlanLimits limits,
      boolean showValues,
      long defaultsMillis,
      RowLoader loader) {
    this.pool = pool;
    this.retry = retry;
    this.progress = progress;
    this.showValues = showValues;
    this.defaultsNanos = TimeUnit.MILLISECONDS.toNanos(defaultsMillis);
    this.loader = loader;
    this.planner = new StatementPlanner(limits, this::isLoaded);
    this.culprits = new Culprits(pool, planner, showValues);
  }

  private boolean isLoaded(TargetTable table) {
    return loader != null && !table.hasChecks() && !notLoaded.applies(table.id());
  }

  @Override
  public void apply(List<SlotWrite> writes) {
    boolean reads = writes.stream().anyMatch(SlotWrite::hasSnapshotRows);
    boolean written = false;
    while (!written) {
      written = run(writes, reads && careful == 0);
    }

    careful -= reads && careful > 0 ? 1 : 0;
    notLoaded.batchWritten();
  }

  /**
   * Writes a batch.
   *
   * @param expectsNew whether rows of a snapshot are written as new ones
   * @return false when nothing was written and the batch has to be planned with more care
   */
  private boolean run(List<SlotWrite> writes, boolean expectsNew) {
    List<PlannedStatement> statements = planned(writes, expectsNew);
    Packets packets = Packets.of(moves(writes), statements, loader);
    return inTransaction(writes, null, statement -> packets.run(statement), expectsNew);
  }

  private List<PlannedStatement> planned(List<SlotWrite> writes, boolean expectsNew) {
    try {
      return plan(writes, expectsNew);
    } catch (DmException e) {
      effect.clear();
      throw writes.size() == 1 ? culprits.located(writes.get(0), e) : e;
    }
  }

  private List<PlannedStatement> plan(List<SlotWrite> writes, boolean expectsNew) {
    List<PlannedStatement> statements = new ArrayList<>();
    effect.clear();
    for (SlotWrite write : writes) {
      for (RowChange change : write.rows()) {
        if (change.isReducible() && change.isLenient()) {
          throw new DmException(
              SinkError.ROW_REFUSED,
              change + " needs a lenient session, which would cut values that may be left out");
        }

        if (!effect.tryAdd(change)) {
          statements.addAll(planner.plan(effect, expectsNew));
          effect.clear();
          effect.tryAdd(change);
        }
      }
    }

    statements.addAll(planner.plan(effect, expectsNew));
    effect.clear();
    return statements;
  }

  private List<String> moves(List<SlotWrite> writes) {
    List<String> moves = new ArrayList<>();
    for (SlotWrite write : writes) {
      moves.add(
          progress.move(
              write.partition(),
              write.slot(),
              write.epoch(),
              write.from(),
              write.to(),
              write.mark(),
              write.layout()));
    }

    return moves;
  }

  @Override
  public void applySingly(SlotWrite write, RefusedRow refused) {
    Set<Integer> told = new HashSet<>();
    Packets moves = Packets.of(moves(List.of(write)), List.of(), null);
    inTransaction(
        List.of(write),
        "BEGIN PESSIMISTIC",
        statement -> {
          moves.run(statement);
          for (int i = 0; i < write.rows().size(); i++) {
            Exception why = writeSingly(statement, write.rows().get(i));
            if (why == null) {
              continue;
            }

            if (refused == null) {
              throw culprits.located(write, i, why);
            }

            if (told.add(i)) {
              refused.accept(write.records().get(i), why);
            }
          }
        },
        false);
  }

  /** Writes a row, without the values that may be left out if need be; null when that is done. */
  private Exception writeSingly(Statement statement, RowChange change) throws SQLException {
    RowChange reduced = change.reduced();
    if (reduced != null && change.isLenient()) {
      return culprits.trySingly(statement, reduced);
    }

    Exception why = culprits.trySingly(statement, change);
    return why == null || reduced == null ? why : culprits.trySingly(statement, reduced);
  }

  /** What happens inside a transaction. */
  private interface Work {
    void run(Statement statement) throws SQLException;
  }

  private boolean inTransaction(
      List<SlotWrite> writes, String begin, Work work, boolean expectsNew) {
    long start = System.nanoTime();
    return retry.run(
        "write to the target",
        () -> {
          try {
            attempt(begin, work);
          } catch (Packets.NotMovedException e) {
            check(writes, null);
          } catch (Packet.ForgoneException e) {
            forgo(e);
            return false;
          } catch (SQLException e) {
            Refusal refusal = TiDbCompatibility.refusal(e);
            if (refusal == Refusal.UNREACHABLE || refusal == Refusal.TRY_AGAIN) {
              throw e;
            }

            if (expectsNew && e.getErrorCode() == DUPLICATE) {
              careful = CAREFUL_BATCHES;
              return false;
            }

            boolean soon = System.nanoTime() - start < defaultsNanos;
            if (e.getErrorCode() == NO_DEFAULT && soon) {
              throw new SQLException(e.getMessage(), TRY_AGAIN, e);
            }

            check(writes, e);
          }

          return true;
        });
  }

  /** The table's rows are written by DML for a while, which tells exactly what is wrong. */
  private void forgo(Packet.ForgoneException why) {
    PlannedStatement load = why.statement();
    notLoaded.begin(load.table().id());
    LOG.info(
        "{} rows of {} are written by INSERT or REPLACE: LOAD DATA did not take them as they are,"
            + " {}",
        load.rows(),
        load.table(),
        why.getMessage());
  }

  private void attempt(String begin, Work work) throws SQLException {
    Connection connection = pool.connection();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (begin != null) {
        statement.execute(begin);
      }

      work.run(statement);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      pool.abandon(connection);
      throw e;
    } finally {
      connection.close();
    }
  }

  /**
   * Looks at the stored progress to learn why a batch was refused: an earlier attempt, whose
   * outcome was unknown, may have committed it.
   *
   * @param refusal the error to pass on when the progress is as it should be; null when it is not
   */
  private void check(List<SlotWrite> writes, SQLException refusal) throws SQLException {
    try (Connection connection = pool.connection()) {
      for (SlotWrite write : writes) {
        ProgressSql.Standing standing =
            progress.standing(connection, write.partition(), write.slot());
        if (standing != null && standing.epoch() != write.epoch()) {
          throw new FencedException(write.partition(), write.epoch(), standing.epoch());
        }

        if (standing == null || standing.offset() != write.to()) {
          refuse(write, standing, refusal);
        }
      }

      connection.rollback();
    }
  }

  private void refuse(SlotWrite write, ProgressSql.Standing standing, SQLException refusal) {
    if (standing != null && standing.offset() == write.from() && refusal != null) {
      SQLException shown = showValues ? refusal : Redaction.of(refusal);
      throw Retry.refused(
          "write " + culprits.named(write), TiDbCompatibility.refusal(refusal), shown);
    }

    throw new DmException(
        SinkError.PROGRESS_CHANGED,
        "The progress of "
            + write.partition()
            + ", slot "
            + write.slot()
            + ", should be at offset "
            + write.from()
            + " but is at "
            + (standing == null ? "none" : standing.offset()));
  }
}
