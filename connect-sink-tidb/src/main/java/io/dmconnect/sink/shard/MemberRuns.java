package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ErrorClass;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.ddl.Executions;
import io.dmconnect.sink.ddl.Executions.Ran;
import io.dmconnect.sink.shard.MemberDesk.Place;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one member's sink task runs, one execution after the other. One that was begun and is to be
 * tried again is remembered: when something else is decided meanwhile, it is ended, and how far it
 * came is told. Safe for several threads.
 */
final class MemberRuns {
  private static final Logger LOG = LoggerFactory.getLogger(MemberRuns.class);

  private final Place place;
  private final ShardDdlClient client;
  private final ExecutionRunner executions;
  private final MergedTables tables;
  private final AtomicReference<Begun> begun = new AtomicReference<>();

  /** An execution whose end is not known. */
  private record Begun(Decision.Execute execution, Executions.Executor executor) {}

  /**
   * The runs of a member.
   *
   * @param tables tells what statements made of the merged table that nobody computed
   */
  MemberRuns(Place place, ShardDdlClient client, ExecutionRunner executions, MergedTables tables) {
    this.place = place;
    this.client = client;
    this.executions = executions;
    this.tables = tables;
  }

  /**
   * Whether it was neither handed over to another member nor released meanwhile. Released, one that
   * belongs to no request leaves no decision; a member that is spoken for again is told anew.
   */
  boolean stands(Decision.Execute execution) {
    return client.decision(place.member()) instanceof Decision.Execute now
        && now.executionId().equals(execution.executionId());
  }

  /** Whether it was begun and its end is not known. */
  boolean isBegun(Decision decision) {
    Begun now = begun.get();
    return now != null && now.execution().equals(decision);
  }

  /** Runs one. */
  CompletableFuture<Ran> run(Decision.Execute execution, DdlEvent event) {
    Begun now = new Begun(execution, executor(event));
    begun.set(now);
    return executions
        .run(now.executor(), execution, () -> !stands(execution))
        .whenComplete(
            (ran, error) -> {
              if (ran != null || !mayHaveBegun(error)) {
                begun.compareAndSet(now, null);
              }
            });
  }

  /** What became of one that may have run before; completes with null when it has not. */
  CompletableFuture<Ran> ended(Decision.Execute execution) {
    return executions.ended(execution);
  }

  private static boolean mayHaveBegun(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof DmException known
        && known.code().errorClass() == ErrorClass.RETRIABLE
        && !Executions.isOthers(known);
  }

  /**
   * Ends the one that was begun unless it stands, or that is decided which goes on with it.
   *
   * @param decision what is decided
   * @return completes with what there is to report about it; with null for nothing; fails when the
   *     target is away, to be tried again
   */
  CompletableFuture<Input.ExecutionReported> endFormer(Decision decision) {
    Begun former = begun.get();
    if (former == null || stands(former.execution())) {
      return CompletableFuture.completedFuture(null);
    }

    begun.compareAndSet(former, null);
    Decision.Execute execution = former.execution();
    boolean goesOn =
        !execution.equals(decision)
            && decision instanceof Decision.Execute next
            && next.begunAs().equals(execution.begunAs());
    if (goesOn) {
      return CompletableFuture.completedFuture(null);
    }

    return executions
        .run(former.executor(), execution, () -> true)
        .thenApply(ran -> report(execution, ran))
        .exceptionally(
            error -> {
              if (mayHaveBegun(error)) {
                begun.compareAndSet(null, former);
                throw new CompletionException(error);
              }

              LOG.warn("Nothing is told of what ran of {}: {}", execution, error.getMessage());
              return null;
            });
  }

  private Input.ExecutionReported report(Decision.Execute execution, Ran ran) {
    return report(execution, ran, null);
  }

  private Input.ExecutionReported report(
      Decision.Execute execution, Ran ran, TableSchema observed) {
    return new Input.ExecutionReported(
        place.member(), execution.executionId(), ran.executed(), ran.error(), observed);
  }

  /**
   * What became of one that runs no more. The group does not know what an operator's statements
   * make of the merged table, nor those that ended half-way: it is told.
   *
   * @param own the statements of the change that the member waits at; null when it waits at none
   * @throws DmException when the target is away: to be tried again
   */
  Input.ExecutionReported result(Decision.Execute execution, Ran ran, List<String> own) {
    boolean replaced = !execution.statements().equals(own);
    boolean halfWay = ran.error() != null && ran.executed() > 0;
    boolean unknown = !execution.generated() && (halfWay || (replaced && ran.error() == null));
    return report(execution, ran, unknown ? merged(execution) : null);
  }

  private TableSchema merged(Decision.Execute execution) {
    try {
      return tables.read(place.target());
    } catch (DmException e) {
      if (e.code().errorClass() == ErrorClass.RETRIABLE) {
        // What is decided otherwise meanwhile has it reported without.
        begun.compareAndSet(null, new Begun(execution, executor(null)));
        throw e;
      }

      LOG.warn("The group is not told what {} is now: {}", place.target(), e.getMessage());
      return null;
    }
  }

  /**
   * Makes sure that this task still owns the member's partition.
   *
   * @throws io.dmconnect.sink.write.FencedException when it does not
   */
  void checkOwner() {
    executions.checkOwner(executor(null));
  }

  private Executions.Executor executor(DdlEvent event) {
    return new Executions.Executor(
        place.partition(),
        place.epoch(),
        place.member().source(),
        place.target(),
        place.addsColumns(),
        event);
  }
}
