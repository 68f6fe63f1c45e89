package io.dmconnect.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.coordinator.engine.AuditEntry;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.error.ModelError;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionsIT extends TwoShards {
  @Test
  void aChangeOfOneShardRunsAtOnceAndTheOthersFollowWithoutRunningIt() throws Exception {
    coordinator("http://a");
    twoShards(GroupMode.OPTIMISTIC);

    first.then("ADD COLUMN note VARCHAR(20)");
    await("the first shard is done", first::isDone);
    assertThat(target.executed()).hasSize(2).last().asString().contains("ADD COLUMN `note`");

    second.then("ADD COLUMN note VARCHAR(20)");
    await("the second shard is done", second::isDone);
    assertThat(target.executed()).hasSize(2);
  }

  @Test
  void inPessimisticModeAChangeRunsOnceWhenAllStandAtIt() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    twoShards(GroupMode.PESSIMISTIC);

    first.then("ADD COLUMN note VARCHAR(20)");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);
    await("it is shown", () -> group(coordinator).pending().containsKey(first.id()));
    assertThat(group(coordinator).pending().get(first.id()).decision())
        .isInstanceOfSatisfying(
            Decision.Wait.class,
            wait -> assertThat(wait.waitsFor()).containsExactly(second.id().toString()));

    second.then("ADD COLUMN note VARCHAR(20)");
    await("both are done", () -> first.isDone() && second.isDone());
    assertThat(target.executed())
        .containsExactly(
            target.executed().get(0), "ALTER TABLE `shop`.`orders` ADD COLUMN note VARCHAR(20)");
  }

  @Test
  void anOperatorEndsAConflictAndIsRecorded() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    twoShards(GroupMode.OPTIMISTIC);
    first.then("ADD COLUMN note VARCHAR(20)");
    await("the first shard is done", first::isDone);
    second.then("ADD COLUMN note INT");
    await("the second conflicts", () -> second.decision() instanceof Decision.Conflict);

    String id = coordinator.newActionId();
    AuditEntry entry =
        coordinator.act(
            "merge",
            TestTarget.TABLE,
            new OperatorAction(
                id, Exit.SKIP, second.id(), List.of(), null, "alice", coordinator.nowMillis()));

    await("the second shard is done", second::isDone);
    assertThat(entry.notes()).isEmpty();
    assertThat(coordinator.audit("merge", 10)).containsExactly(entry);
    assertThat(entry.operator()).isEqualTo("alice");
  }

  @Test
  void aTaskThatLostAMemberIsToldAndOverwritesNothing() throws Exception {
    coordinator("http://a");
    ShardDdlClient old = twoShards(GroupMode.OPTIMISTIC);
    TestShard again = new TestShard(first.id(), target);
    again.by(sink("sink-1"));
    again.created("id BIGINT PRIMARY KEY");
    await("the new task speaks for the member", again::isDone);

    old.announce(first.id(), first.schema());

    await("the old one is told", () -> first.failure() != null);
    assertThat(first.failure().code()).isEqualTo(ModelError.MEMBER_TAKEN_OVER);
  }

  @Test
  void aSinkThatDiesBetweenRunningAndReportingRunsNothingTwice() throws Exception {
    coordinator("http://a");
    ShardDdlClient sink = twoShards(GroupMode.OPTIMISTIC);
    first.losesReports();
    first.then("ADD COLUMN note VARCHAR(20)");
    await("it ran", () -> target.executed().size() == 2);
    sink.close();

    first.reportsAgain();
    ShardDdlClient next = sink("sink-0");
    first.by(next);
    second.by(next);

    await("the first shard is done", first::isDone);
    assertThat(target.executed()).hasSize(2);
  }
}
