package io.dmconnect.sink.shard;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.ddl.Executions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A target that runs statements and knows by its ledger what ran. */
final class FakeTarget implements ExecutionRunner, MergedTables, MemberStore {
  final List<String> ran = new ArrayList<>();
  private final Set<String> ledger = new HashSet<>();
  private final Map<TopicPartition, MemberId> members = new HashMap<>();
  private String refusal;
  private Runnable afterRun = () -> {};

  /** Refuses every statement from now on; null to take them again. */
  void refuse(String error) {
    refusal = error;
  }

  /** What happens between an execution and its report. */
  void afterRun(Runnable action) {
    afterRun = action;
  }

  @Override
  public Executions.Ran run(Executions.Executor executor, Decision.Execute execution) {
    if (refusal != null) {
      return new Executions.Ran(0, refusal);
    }

    if (ledger.add(execution.executionId())) {
      ran.addAll(execution.statements());
    }

    afterRun.run();
    return new Executions.Ran(execution.statements().size(), null);
  }

  @Override
  public void checkOwner(Executions.Executor executor) {}

  @Override
  public boolean pause(long millis) {
    return true;
  }

  @Override
  public TableSchema read(TableId target, Collection<String> added) {
    return null;
  }

  @Override
  public Map<TopicPartition, MemberId> load(Collection<TopicPartition> partitions) {
    Map<TopicPartition, MemberId> known = new HashMap<>(members);
    known.keySet().retainAll(partitions);
    return known;
  }

  @Override
  public void save(TopicPartition partition, MemberId member) {
    members.put(partition, member);
  }
}
