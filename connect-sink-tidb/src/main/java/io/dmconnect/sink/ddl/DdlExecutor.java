package io.dmconnect.sink.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.ddl.LedgerEntry.State;
import io.dmconnect.sink.engine.DdlRunner;
import io.dmconnect.sink.error.SinkError;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries schema changes out in the background, so that a long one holds up nothing but its own
 * partition. A change that goes to several partitions runs once all of them that this sink reads
 * have reached it, but for those that it never comes to; the first of them in order runs it. Safe
 * for several threads.
 */
public final class DdlExecutor implements DdlRunner, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DdlExecutor.class);

  private final DdlPlanner planner;
  private final Ledger ledger;
  private final Arrivals arrivals;
  private final StatementRunner statements;
  private final FormerSnapshots former;
  private final Participants participants;
  private final ShardGate gate;
  private final Background background;
  private final Waits waits;
  private final Map<CompletableFuture<?>, String> underWay = new ConcurrentHashMap<>();

  /**
   * An executor.
   *
   * @param participants the partitions that changes go to
   * @param gate decides about changes of merged tables
   * @param background where the steps run
   */
  DdlExecutor(
      DdlPlanner planner,
      Ledger ledger,
      Arrivals arrivals,
      StatementRunner statements,
      FormerSnapshots former,
      Participants participants,
      ShardGate gate,
      Background background) {
    this.planner = planner;
    this.ledger = ledger;
    this.arrivals = arrivals;
    this.statements = statements;
    this.former = former;
    this.participants = participants;
    this.gate = gate;
    this.background = background;
    this.waits = new Waits(background);
  }

  @Override
  public CompletableFuture<Set<TableId>> start(DdlWork work) {
    CompletableFuture<Set<TableId>> result = new CompletableFuture<>();
    underWay.put(result, work.event().id());
    CompletableFuture<?> unused = result.whenComplete((targets, error) -> underWay.remove(result));
    settle(result, () -> background.execute(() -> settle(result, () -> begin(work, result))));
    return result;
  }

  private void begin(DdlWork work, CompletableFuture<Set<TableId>> result) {
    if (!isGrouped(work)) {
      carryOut(work, result);
    } else if (!planner.movesToAnotherTarget(work)) {
      passGate(work, result);
    } else if (Renames.joinsAfterLeaving(work, participants.of(work))) {
      if (participants.of(Renames.side(work)).size() > 1) {
        arrivals.add(work);
      }

      await(
          work,
          result,
          "the table to leave its former group",
          () -> isOver(work),
          () -> passGate(Renames.side(work), result));
    } else {
      passGate(Renames.side(work), result);
    }
  }

  private static void settle(CompletableFuture<?> result, Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private boolean isGrouped(DdlWork work) {
    TableId renamed = work.event().newTable();
    return gate.isGrouped(work.source(), work.event().table())
        || (renamed != null && gate.isGrouped(work.source(), renamed))
        || (gate.isOn() && planner.plan(work.source(), work.event()).refused() != null);
  }

  /**
   * A change of a merged table: once all of its own partitions have reached it, one of them asks
   * the group.
   */
  private void passGate(DdlWork work, CompletableFuture<Set<TableId>> result) {
    DdlPlan plan = planner.plan(work.source(), work.event());
    LedgerEntry known = ledger.find(work.event().id());
    if (known != null && known.state().isOver()) {
      passedByAnother(work, known);
      result.complete(plan.targets());
      return;
    }

    Set<String> together = participants.of(work);
    if (together.size() > 1) {
      arrivals.add(work);
      boolean asks = Renames.asks(work, together).equals(Participants.own(work));
      await(
          work,
          result,
          asks ? "the other partitions" : "another partition of it to ask",
          () -> asks ? hasArrived(work, together) : isOver(work),
          () -> {
            if (asks) {
              ask(work, plan, result);
            } else {
              passedByAnother(work, ledger.find(work.event().id()));
              result.complete(plan.targets());
            }
          });
    } else {
      ask(work, plan, result);
    }
  }

  private void ask(DdlWork work, DdlPlan plan, CompletableFuture<Set<TableId>> result) {
    boolean inDoubt = former.areInDoubt(work, plan);
    CompletableFuture<String> unused =
        gate.pass(work, inDoubt)
            .whenCompleteAsync(
                (note, error) ->
                    settle(result, () -> passed(work, plan, inDoubt, note, error, result)),
                background);
  }

  private void passedByAnother(DdlWork work, LedgerEntry entry) {
    ledger.finish(work, entry.state(), null, FormerRows.PASSED);
    if (Renames.isOfNewName(work)) {
      gate.renamed(work);
    }
  }

  private void passed(
      DdlWork work,
      DdlPlan plan,
      boolean inDoubt,
      String note,
      Throwable error,
      CompletableFuture<Set<TableId>> result) {
    if (error != null) {
      result.completeExceptionally(error instanceof CompletionException e ? e.getCause() : error);
      return;
    }

    ledger.begin(work, plan.withoutStatements());
    boolean begunAnew = former.isToBeRemoved(work);
    if (begunAnew && plan.shard().isEmpty()) {
      // None of its rows can have come since it asked.
      String rows = inDoubt ? "; its former rows were seen to" : "; none of its rows was there";
      finishPassed(work, plan, note + rows, FormerRows.REMOVED, result);
    } else if (begunAnew) {
      inTurn(
          result,
          () -> {
            String removed = former.remove(work, plan, true);
            finishPassed(work, plan, note + "; " + removed, FormerRows.REMOVED, result);
          });
    } else {
      finishPassed(work, plan, note, FormerRows.STAY, result);
    }
  }

  private void finishPassed(
      DdlWork work,
      DdlPlan plan,
      String note,
      FormerRows rows,
      CompletableFuture<Set<TableId>> result) {
    ledger.finish(work, State.DONE, note, rows);
    if (work.event().participants().size() > 1) {
      arrivals.clear(work.event().id());
    }

    result.complete(plan.targets());
  }

  private void carryOut(DdlWork work, CompletableFuture<Set<TableId>> result) {
    DdlPlan plan = planner.plan(work.source(), work.event());
    SortedSet<String> others = participants.of(work);
    if (others.size() > 1) {
      arrivals.add(work);
    }

    String first = others.first();
    if (first.equals(Participants.own(work))) {
      await(
          work,
          result,
          "the other partitions",
          () -> hasArrived(work, others),
          () ->
              inTurn(
                  result,
                  () -> {
                    run(work, plan);
                    result.complete(plan.targets());
                  }));
    } else {
      await(
          work,
          result,
          "the partition " + first + " to run it",
          () -> isOver(work),
          () -> {
            ledger.finish(work, ledger.find(work.event().id()).state(), null, FormerRows.PASSED);
            result.complete(plan.targets());
          });
    }
  }

  private void await(
      DdlWork work,
      CompletableFuture<?> result,
      String what,
      BooleanSupplier condition,
      Runnable then) {
    waits.await(work.event(), result, what, condition, then);
  }

  /** Runs what holds a connection for long; not any more when the change was cancelled before. */
  private void inTurn(CompletableFuture<?> result, Runnable step) {
    background
        .statements()
        .execute(
            () -> {
              if (!result.isDone()) {
                settle(result, step);
              }
            });
  }

  private boolean hasArrived(DdlWork work, Set<String> together) {
    return together.size() == 1
        || isOver(work)
        || arrivals.areComplete(work.event().id(), Participants.own(work), together);
  }

  private boolean isOver(DdlWork work) {
    LedgerEntry entry = ledger.find(work.event().id());
    return entry != null && entry.state().isOver();
  }

  private void run(DdlWork work, DdlPlan plan) {
    LedgerEntry entry = ledger.begin(work, plan);
    if (entry.state().isOver()) {
      LOG.info("Schema change {} is {} already", work.event().id(), entry.state().text());
      ledger.finish(work, entry.state(), null, FormerRows.PASSED);
      return;
    }

    if (plan.refused() != null) {
      throw new DmException(
          SinkError.DDL_FAILED,
          "Schema change "
              + work.event().id()
              + " of "
              + work.event().table()
              + " is not carried out: "
              + plan.refused()
              + ": "
              + work.event().statements()
              + ". Do in the target by hand what is right there, if anything, set the state of "
              + work.event().id()
              + " in the ledger table to 'skipped' and restart the task");
    }

    String note = plan.skipped();
    FormerRows rows = FormerRows.STAY;
    if (note != null) {
      LOG.warn(
          "Schema change {} of {} is not carried out: {}: {}",
          work.event().id(),
          work.event().table(),
          note,
          work.event().statements());
    } else {
      note = statements.run(work, plan, entry);
      if (former.isToBeRemoved(work)) {
        note = former.remove(work, plan, plan.merged());
        rows = FormerRows.REMOVED;
      }
    }

    ledger.finish(work, plan.skipped() == null ? State.DONE : State.SKIPPED, note, rows);
    if (work.event().participants().size() > 1) {
      arrivals.clear(work.event().id());
    }
  }

  /** Ends all waiting: what is not done fails. What runs now ends with the threads. */
  @Override
  public void close() {
    underWay.forEach(
        (result, id) ->
            result.completeExceptionally(
                new DmException(
                    SinkError.TARGET_UNREACHABLE,
                    "Stopped before schema change "
                        + id
                        + " was done; the next start goes on with it")));
  }
}
