package io.dmconnect.sink.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ErrorClass;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.join.SchemaDiff;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.progress.SlotProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what a coordinator decided, each execution once: the ledger's entry of an execution is
 * shared by all sinks of a DM task, so that another member to whom it is handed over goes on where
 * the first one ended. Safe for several threads.
 */
public final class Executions {
  private static final Logger LOG = LoggerFactory.getLogger(Executions.class);
  private static final String GIVEN_UP = "Given up, and others run on the table";
  private static final String CREATE_TABLE = "CREATE TABLE";
  private static final int ID_LENGTH = 32;

  /** In place of a statement of which the target needs nothing. */
  private static final String NOTHING = "DO 0";

  private final Ledger ledger;
  private final StatementRunner statements;

  /**
   * Executions of one DM task.
   *
   * @param ledger the ledger under the DM task's name
   * @param statements runs what an execution consists of
   */
  Executions(Ledger ledger, StatementRunner statements) {
    this.ledger = ledger;
    this.statements = statements;
  }

  /**
   * The member that runs an execution.
   *
   * @param partition its partition
   * @param epoch the partition's epoch
   * @param source its source's id
   * @param target the merged table
   * @param addsColumns whether its route adds columns, so that the table is made by hand
   * @param event its schema change at which it waits, with the session variables that the
   *     statements were written for; null when they are the group's
   */
  public record Executor(
      TopicPartition partition,
      long epoch,
      String source,
      TableId target,
      boolean addsColumns,
      DdlEvent event) {}

  /**
   * What became of an execution.
   *
   * @param executed how many of its statements have run
   * @param error why the next one failed; null when all have run
   */
  public record Ran(int executed, String error) {}

  /**
   * Runs what has not run yet of an execution, or of the one it goes on with; returns when the
   * target has run it, which may take hours. One of other statements that was given up for this
   * table is waited for, and runs no further statement. So it is with this one once it is given up,
   * also when an earlier attempt began it: what it returns then tells how far it came.
   *
   * @param givenUp whether something else is decided by now
   * @throws DmException when the target cannot be reached or another member carries the execution
   *     out, both to be tried again; or when another task owns the partition, or it was given up
   *     before any of its statements ran
   */
  public Ran run(Executor executor, Decision.Execute execution, BooleanSupplier givenUp) {
    String id = ledgerId(execution);
    DdlPlan plan = plan(executor, id, execution);
    DdlWork work =
        new DdlWork(
            executor.partition(),
            executor.epoch(),
            SlotProgress.NONE,
            RecordMark.UNKNOWN,
            executor.source(),
            plan.event());
    LedgerEntry entry = ledger.begin(work, plan);
    if (entry.state().isOver()) {
      LOG.info("Execution {} is {} already", execution.executionId(), entry.state().text());
      return new Ran(execution.statements().size(), null);
    }

    try {
      // Whoever was decided later must find this one's connection, or its place taken.
      if (givenUp.getAsBoolean()) {
        return cut(executor, plan, execution, entry);
      }

      statements.endOthers(plan);
      if (givenUp.getAsBoolean()) {
        return cut(executor, plan, execution, entry);
      }

      statements.run(plan, entry);
      ledger.complete(id);
      return new Ran(execution.statements().size(), null);
    } catch (TakenOverException e) {
      if (e.isGivenUp() && givenUp.getAsBoolean()) {
        return new Ran(executed(plan.statements(), e.left()), GIVEN_UP);
      }

      throw new DmException(SinkError.RETRIES_EXHAUSTED, e.problem(), e);
    } catch (DmException e) {
      if (e.code().errorClass() != ErrorClass.SCHEMA) {
        throw e;
      }

      LOG.error("Execution {} failed", execution.executionId(), e);
      LedgerEntry now = ledger.find(id);
      List<String> left = now.statements().subList(now.done(), now.statements().size());
      return new Ran(executed(plan.statements(), left), e.problem());
    }
  }

  /** What became of an execution; null when it has not run to its end. */
  public Ran ended(Decision.Execute execution) {
    LedgerEntry entry = ledger.find(ledgerId(execution));
    return entry != null && entry.state().isOver()
        ? new Ran(execution.statements().size(), null)
        : null;
  }

  /** How far one came that earlier attempts began; no further statement of it runs. */
  private Ran cut(Executor executor, DdlPlan plan, Decision.Execute execution, LedgerEntry begun) {
    if (begun.state() != LedgerEntry.State.ENTERED) {
      checkOwner(executor);
      List<String> left = statements.endOwn(plan);
      if (left != null && left.isEmpty()) {
        ledger.complete(plan.event().id());
        return new Ran(execution.statements().size(), null);
      }

      int executed = left == null ? 0 : executed(plan.statements(), left);
      if (executed > 0) {
        return new Ran(executed, GIVEN_UP);
      }
    }

    String what = "Execution " + execution.executionId() + " was given up before it ran";
    throw new DmException(SinkError.FENCED, what);
  }

  /** Whether an execution could not be carried out since another member does that. */
  public static boolean isOthers(DmException error) {
    return error.getCause() instanceof TakenOverException taken && !taken.isGivenUp();
  }

  /**
   * Merged tables that executions changed.
   *
   * @param targets the tables as text
   * @param upTo the moment to ask from next time
   */
  public record Changes(Set<String> targets, String upTo) {
    /** Copies the set. */
    public Changes {
      targets = Set.copyOf(targets);
    }
  }

  /** What changed since that moment; null for the first time. */
  public Changes changesSince(String moment) {
    return ledger.doneSince(moment);
  }

  /**
   * Makes sure that this task still owns the executor's partition.
   *
   * @throws io.dmconnect.sink.write.FencedException when it does not
   */
  public void checkOwner(Executor executor) {
    ledger.checkOwner(executor.partition(), executor.epoch());
  }

  private static DdlPlan plan(Executor executor, String id, Decision.Execute execution) {
    DdlEvent event = executor.event();
    String sqlMode = execution.generated() || event == null ? SchemaDiff.SQL_MODE : event.sqlMode();
    SqlModes modes = SqlModes.parse(sqlMode);
    TableSchema after = event == null ? null : event.after();
    List<String> notes = new ArrayList<>();
    notes.add("execution " + execution.executionId());
    List<String> adapted = new ArrayList<>();
    for (String sql : execution.statements()) {
      DdlAdapter.Adapted one = DdlAdapter.adapt(sql, modes, after);
      notes.addAll(one.notes());
      // Each stays where it is, so that what ran can be counted.
      adapted.add(one.sql() == null ? NOTHING : one.sql());
    }

    boolean creates =
        adapted.size() == 1
            && adapted.get(0).regionMatches(true, 0, CREATE_TABLE, 0, CREATE_TABLE.length());
    DdlEvent own =
        new DdlEvent(
            id,
            creates ? DdlKind.CREATE_TABLE : DdlKind.OTHER,
            executor.target(),
            null,
            execution.statements(),
            executor.target().schema(),
            sqlMode,
            event == null ? null : event.timeZone(),
            event == null ? null : event.charset(),
            event == null ? null : event.collation(),
            event == null ? 0 : event.timestampMicros(),
            null,
            creates ? after : null,
            List.of(),
            false);
    return new DdlPlan(
        own,
        executor.target(),
        null,
        adapted,
        null,
        null,
        notes,
        true,
        executor.addsColumns(),
        List.of());
  }

  /**
   * How many of the statements have run, by those that are left, the first of which may be one that
   * was split.
   */
  static int executed(List<String> statements, List<String> left) {
    int same = 0;
    while (same < Math.min(statements.size(), left.size())
        && statements.get(statements.size() - 1 - same).equals(left.get(left.size() - 1 - same))) {
      same++;
    }

    boolean partly = left.size() > same;
    return Math.max(0, statements.size() - same - (partly ? 1 : 0));
  }

  /**
   * The execution's id in the ledger, the same as that of the one it goes on with. It holds what is
   * run, so that an execution of the same id in another life of the coordination tree is another
   * one.
   */
  static String ledgerId(Decision.Execute execution) {
    List<String> parts = new ArrayList<>();
    parts.add(execution.begunAs());
    parts.addAll(execution.statements());
    return "execution:" + LedgerKey.sha256(parts).substring(0, ID_LENGTH);
  }
}
