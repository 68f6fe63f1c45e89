package io.dmconnect.sink.shard;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.RowFit;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.coordination.zk.ShardDdlListener;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ErrorClass;
import io.dmconnect.model.error.ModelError;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.ddl.Background;
import io.dmconnect.sink.ddl.Executions;
import io.dmconnect.sink.error.SinkError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks for one member of a shard group: asks about its schema change, runs what the coordinator
 * decides, for the group also when the member waits at nothing, and lets the member go on. At any
 * moment it can be dropped and made again elsewhere: the question is asked again, the decision
 * stands, and the ledger knows what ran. Safe for several threads.
 */
final class MemberDesk implements ShardDdlListener {
  private static final Logger LOG = LoggerFactory.getLogger(MemberDesk.class);
  private static final long PAUSE_MILLIS = 5_000;

  private final Place place;
  private final TableSchema found;
  private final ShardDdlClient client;
  private final MemberRuns runs;
  private final PassedOverNotes notes;
  private final Background background;
  private final Consumer<TableId> changed;
  private final LatestDecision decisions;
  private Asked asked;
  private TableSchema announced;
  private Decision latest;
  private boolean closed;
  private DmException failure;

  /**
   * Where a member is.
   *
   * @param partition the partition it is read from
   * @param epoch the partition's epoch
   * @param member the member
   * @param target the merged table
   * @param addsColumns whether its route adds columns
   * @param grouped whether it is merged with others, and not only asks about a change of others'
   *     rows
   */
  record Place(
      TopicPartition partition,
      long epoch,
      MemberId member,
      TableId target,
      boolean addsColumns,
      boolean grouped) {}

  /**
   * A desk; {@link #open} begins.
   *
   * @param found the merged table as it is; null when there is none
   * @param runs runs what is decided
   * @param notes notes what is passed over of the member's rows
   * @param changed told of the merged table when an execution has run, or columns are passed over
   */
  MemberDesk(
      Place place,
      TableSchema found,
      ShardDdlClient client,
      MemberRuns runs,
      PassedOverNotes notes,
      Background background,
      Consumer<TableId> changed) {
    this.place = place;
    this.found = found;
    this.client = client;
    this.runs = runs;
    this.notes = notes;
    this.background = background;
    this.changed = changed;
    this.decisions = new LatestDecision(background, this::actOn);
  }

  MemberId member() {
    return place.member();
  }

  TableId target() {
    return place.target();
  }

  synchronized void open() {
    client.follow(place.target(), place.member(), found, this);
  }

  /** Tells of the member's table, unless it stands at a schema change. */
  synchronized void announce(TableSchema schema) {
    if (!closed && asked == null) {
      announced = schema;
      client.announce(place.member(), schema);
    }
  }

  /**
   * Asks about a schema change.
   *
   * @param epoch the epoch of who asks; one who lost the partition and comes late is refused, so
   *     that it does not take the answer from the present owner
   */
  synchronized CompletableFuture<String> ask(long epoch, DdlRequest request, DdlEvent event) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    if (failure != null || closed || epoch != place.epoch()) {
      answer.completeExceptionally(failure == null ? closedException() : failure);
      return answer;
    }

    asked = new Asked(request, event, answer);
    latest = null;
    LOG.info("{} asks about {}: {}", place.member(), request.id(), request.statements());
    client.submit(request);
    return answer;
  }

  private DmException closedException() {
    return new DmException(
        SinkError.FENCED, "The task gave up the partition " + place.partition() + " meanwhile");
  }

  /** Only hands over: the client's own thread calls it. */
  @Override
  public void decided(MemberId member, Decision decision) {
    decisions.take(decision);
  }

  /** Does what is decided; what fails is dealt with. */
  private CompletableFuture<Void> actOn(Decision decision) {
    Asked now;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.completedFuture(null);
      }

      now = asked;
      if (!decision.equals(latest)) {
        DecisionText.log(place.member(), decision);
      }

      latest = decision;
    }

    CompletableFuture<Void> acted;
    try {
      acted =
          runs.endFormer(decision)
              .thenAccept(this::report)
              .thenCompose(reported -> act(decision, now));
    } catch (RuntimeException e) {
      acted = CompletableFuture.failedFuture(e);
    }

    return acted.handle(
        (done, error) -> {
          if (error != null) {
            failed(decision, asDmException(error));
          }

          return null;
        });
  }

  private static DmException asDmException(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof DmException known
        ? known
        : new DmException(
            SinkError.UNEXPECTED, "A decision could not be acted on: " + cause, cause);
  }

  private CompletableFuture<Void> act(Decision decision, Asked now) {
    if (decision instanceof Decision.Execute execute) {
      return execute(execute, now);
    }

    if (decision instanceof Decision.Skip skip) {
      note(skip.fit(), subject(skip, now));
      answer(skip.requestId(), now, skip.reason());
    } else if (decision instanceof Decision.Conflict conflict
        && conflict.stopsTask()
        && now != null
        && now.isAbout(conflict.requestId())) {
      now.stop(conflict);
    }

    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> execute(Decision.Execute execute, Asked now) {
    if (!runs.stands(execute)) {
      return CompletableFuture.completedFuture(null);
    }

    String request = execute.requestId();
    if (request == null || DdlRequest.isAnnouncement(request, place.member())) {
      return runs.run(execute, null).thenAccept(ran -> executed(execute, null, ran));
    }

    if (now != null && now.isAbout(request)) {
      return runs.run(execute, now.event()).thenAccept(ran -> executed(execute, now, ran));
    }

    // Its session variables are in the member's record: it runs when the member stands there again.
    return runs.ended(execute)
        .thenAccept(
            ran -> {
              if (ran != null) {
                executed(execute, null, ran);
              }
            });
  }

  private synchronized void report(Input.ExecutionReported report) {
    if (!closed && report != null) {
      client.report(report);
    }
  }

  private void executed(Decision.Execute execute, Asked own, Executions.Ran ran) {
    changed.accept(place.target());
    Input.ExecutionReported result =
        runs.result(execute, ran, own == null ? null : own.request().statements());
    boolean stands = runs.stands(execute);
    synchronized (this) {
      if (closed) {
        return;
      }

      client.report(result);
    }

    // Given up meanwhile: the member goes on when that is decided, or the execution is again.
    if (ran.error() == null && own != null && stands) {
      note(RowFit.FITS, own.request());
      answer(execute.requestId(), own, execute.executionId() + ": " + execute.reason());
    }
  }

  /** What the member is told to go past; null when that is not known. */
  private DdlRequest subject(Decision.Skip skip, Asked now) {
    String id = skip.requestId();
    if (now != null && id != null && now.isAbout(id)) {
      return now.request();
    }

    TableSchema schema;
    synchronized (this) {
      schema = announced;
    }

    boolean announcement = id != null && DdlRequest.isAnnouncement(id, place.member());
    return announcement && schema != null ? DdlRequest.joins(place.member(), schema) : null;
  }

  /** Notes what is passed over of the member's rows, before it goes past the change if any. */
  private void note(RowFit fit, DdlRequest request) {
    if (notes.decided(place, fit, request)) {
      changed.accept(place.target());
    }
  }

  private void answer(String requestId, Asked now, String note) {
    if (now == null || !now.isAbout(requestId)) {
      return;
    }

    synchronized (this) {
      if (now.equals(asked)) {
        asked = null;
        announced = place.grouped() ? now.request().after() : null;
      }
    }

    LOG.info("{} goes past {}: {}", place.member(), requestId, note);
    now.answer().complete(note);
  }

  /** What could not be acted on now is tried again, unless somebody else is to act. */
  private void failed(Decision decision, DmException error) {
    if (error.code() == SinkError.FENCED) {
      LOG.warn("{} does not act on {}: {}", place.member(), decision, error.getMessage());
      return;
    }

    LOG.error("{} could not act on {}", place.member(), decision, error);
    if (error.code().errorClass() != ErrorClass.RETRIABLE) {
      fail(error);
    } else {
      background.later(() -> actAgain(decision), PAUSE_MILLIS);
    }
  }

  private void actAgain(Decision decision) {
    if (decision.equals(client.decision(place.member())) || runs.isBegun(decision)) {
      decisions.takeAgain(decision);
    }
  }

  /** Only hands over: the client's own thread calls it. */
  @Override
  public void failed(MemberId member, DmException error) {
    background.execute(() -> notFollowed(error));
  }

  /** Another task took the member over; unless this one owns the partition, that is right. */
  private void notFollowed(DmException error) {
    if (error.code() != ModelError.MEMBER_TAKEN_OVER) {
      fail(error);
      return;
    }

    try {
      runs.checkOwner();
      LOG.warn("{} is spoken for again: the partition is still owned", place.member());
      speakAgain();
    } catch (DmException e) {
      fail(e);
    }
  }

  private synchronized void speakAgain() {
    if (closed) {
      return;
    }

    open();
    if (asked != null) {
      client.submit(asked.request());
    } else if (announced != null) {
      client.announce(place.member(), announced);
    }
  }

  private void fail(DmException error) {
    Asked now;
    synchronized (this) {
      failure = error;
      now = asked;
    }

    if (now != null) {
      now.answer().completeExceptionally(error);
    }
  }

  /** What the member waits at and for; null when it does not wait. */
  synchronized String standing() {
    return asked == null ? null : asked.standing(latest);
  }

  /** Speaks for the member no more. */
  synchronized void close() {
    closed = true;
    client.unfollow(place.member());
    if (asked != null) {
      asked.answer().completeExceptionally(closedException());
      asked = null;
    }
  }
}
