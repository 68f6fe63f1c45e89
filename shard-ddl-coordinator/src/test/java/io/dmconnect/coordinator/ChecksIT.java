package io.dmconnect.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.coordinator.engine.AuditEntry;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.coordination.zk.ZooKeeperSourceClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksIT extends TwoShards {
  @Test
  void aGroupOfTablesWithoutAJoinDoesNotBeginUntilTheyHaveOne() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(GroupMode.OPTIMISTIC, "mysql-1", "mysql-2"));
    source("mysql-1", first.id(), "id BIGINT PRIMARY KEY, a INT");
    ZooKeeperSourceClient other = source("mysql-2", second.id(), "id BIGINT PRIMARY KEY, a DOUBLE");

    first.by(sink).created("id BIGINT PRIMARY KEY, a INT");
    await("the first shard conflicts", () -> first.decision() instanceof Decision.Conflict);
    assertThat(first.decision().reason())
        .contains("schema_of_shard_tables", first.id().toString(), second.id().toString());
    assertThat(coordinator.tasks().get("merge").findings()).hasSize(1);

    other.onCheck(
        number ->
            other.found(facts("mysql-2", number, second.id(), "id BIGINT PRIMARY KEY, a INT")));
    await("the first shard is there", first::isDone);
    assertThat(coordinator.tasks().get("merge").findings()).isEmpty();
  }

  @Test
  void aSourceLooksAtItsTablesWhenACheckIsAskedFor() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ZooKeeperSourceClient source = source("mysql-1", first.id(), "id BIGINT PRIMARY KEY");
    source.onCheck(
        number ->
            source.found(facts("mysql-1", number, first.id(), "id BIGINT PRIMARY KEY, a INT")));
    await("the task is known", () -> coordinator.tasks().containsKey("merge"));

    long number = coordinator.askForCheck("merge", "alice");

    await(
        "the source answers",
        () -> coordinator.tasks().get("merge").answers().getOrDefault("mysql-1", 0L) == number);
    assertThat(coordinator.audit("merge", 1))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(List.of(entry.operator(), entry.action()))
                    .isEqualTo(List.of("alice", "CHECK")));
  }

  @Test
  void manyAskedChecksPushNoOtherActionOutOfTheAudit() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    source("mysql-1", List.of(first.id()));
    await("the task is known", () -> coordinator.tasks().containsKey("merge"));
    assertThat(coordinator.forgetSource("merge", "mysql-1", "alice")).isTrue();

    for (int i = 0; i < 120; i++) {
      coordinator.askForCheck("merge", "cron");
    }

    List<AuditEntry> entries = coordinator.audit("merge", 1_000);
    assertThat(entries).hasSize(100 + 1);
    assertThat(entries).last().extracting(AuditEntry::action).isEqualTo("FORGET_SOURCE");
  }
}
