package io.dmconnect.sink.shard;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.ddl.Executions;
import io.dmconnect.sink.error.SinkError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/** A target that runs statements and knows by its ledger what ran. */
final class FakeTarget implements ExecutionRunner, MergedTables, MemberStore, PassedOverStore {
  final List<String> ran = new ArrayList<>();
  private final Set<String> ledger = new HashSet<>();
  private final Map<TopicPartition, MemberId> members = new LinkedHashMap<>();
  private final Map<MemberId, Columns> passedOver = new HashMap<>();
  private TableSchema merged;
  private BooleanSupplier lastGivenUp = () -> false;
  private DdlEvent lastEvent;
  private String refusal;
  private CompletableFuture<Void> held;
  private DmException outage;
  private TableId unreadable;
  private Runnable afterRun = () -> {};

  /** Refuses every statement from now on; null to take them again. */
  void refuse(String error) {
    refusal = error;
  }

  /** Is away, which every question is answered with, from now on; null when it is back. */
  void outage(DmException error) {
    outage = error;
  }

  private void throwOutage() {
    if (outage != null) {
      throw outage;
    }
  }

  /** Forgets whose partitions there are. */
  void forget() {
    members.clear();
  }

  /** A merged table whose definition is not understood; null when there is none. */
  void unreadable(TableId table) {
    unreadable = table;
  }

  /** What happens between an execution and its report. */
  void afterRun(Runnable action) {
    afterRun = action;
  }

  @Override
  public CompletableFuture<Executions.Ran> run(
      Executions.Executor executor, Decision.Execute execution, BooleanSupplier givenUp) {
    lastGivenUp = givenUp;
    if (outage != null) {
      return CompletableFuture.failedFuture(outage);
    }

    if (refusal != null) {
      return CompletableFuture.completedFuture(new Executions.Ran(0, refusal));
    }

    if (givenUp.getAsBoolean() && !ledger.contains(execution.begunAs())) {
      return CompletableFuture.failedFuture(new DmException(SinkError.FENCED, "Given up"));
    }

    if (ledger.add(execution.begunAs())) {
      ran.addAll(execution.statements());
      lastEvent = executor.event();
    }

    afterRun.run();
    Executions.Ran done = new Executions.Ran(execution.statements().size(), null);
    return held == null ? CompletableFuture.completedFuture(done) : held.thenApply(go -> done);
  }

  @Override
  public CompletableFuture<Executions.Ran> ended(Decision.Execute execution) {
    boolean over = ledger.contains(execution.begunAs());
    return CompletableFuture.completedFuture(
        over ? new Executions.Ran(execution.statements().size(), null) : null);
  }

  /** Takes long for what it is given from now on, until it is let go. */
  void hold() {
    held = new CompletableFuture<>();
  }

  void letGo() {
    CompletableFuture<Void> all = held;
    held = null;
    all.complete(null);
  }

  /** The schema change whose session variables the last statements ran with; null for none. */
  DdlEvent lastEvent() {
    return lastEvent;
  }

  /** Whether what it was given last is given up by now. */
  boolean isLastGivenUp() {
    return lastGivenUp.getAsBoolean();
  }

  @Override
  public void checkOwner(Executions.Executor executor) {}

  @Override
  public TableSchema read(TableId target) {
    if (target.equals(unreadable)) {
      throw new DmException(SinkError.TARGET_SCHEMA, "The table has a column of unknown type");
    }

    throwOutage();
    return merged;
  }

  /** What the merged table is from now on. */
  void merged(TableSchema definition) {
    merged = definition;
  }

  @Override
  public Map<MemberId, Columns> load() {
    throwOutage();
    return Map.copyOf(passedOver);
  }

  @Override
  public void save(TopicPartition partition, long epoch, MemberId member, Columns columns) {
    throwOutage();
    passedOver.put(member, columns);
  }

  @Override
  public Map<TopicPartition, MemberId> load(Collection<TopicPartition> partitions) {
    throwOutage();
    Map<TopicPartition, MemberId> known = new LinkedHashMap<>(members);
    known.keySet().retainAll(partitions);
    return known;
  }

  @Override
  public void remove(TopicPartition partition, long epoch) {
    members.remove(partition);
  }

  @Override
  public void save(TopicPartition partition, MemberId member) {
    members.put(partition, member);
  }
}
