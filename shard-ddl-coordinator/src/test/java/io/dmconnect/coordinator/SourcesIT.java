package io.dmconnect.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourcesIT extends TwoShards {
  @Test
  void noGroupBeginsBeforeTheExpectedSourcesAreKnown() throws Exception {
    coordinator("http://a");
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(GroupMode.PESSIMISTIC, "mysql-1", "mysql-2"));
    source("mysql-1", List.of(first.id()));

    first.by(sink).created("id BIGINT PRIMARY KEY");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);
    assertThat(first.decision().reason()).contains("expected source");

    source("mysql-2", List.of());
    await("the first shard is there", first::isDone);
  }

  @Test
  void nothingResolvesBeforeEveryStatedTableIsAMember() throws Exception {
    coordinator("http://a");
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(GroupMode.PESSIMISTIC, "mysql-1", "mysql-2"));
    source("mysql-1", List.of(first.id()));
    source("mysql-2", List.of(second.id()));
    first.by(sink).created("id BIGINT PRIMARY KEY").then("ADD COLUMN note VARCHAR(20)");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);

    second.by(sink).created("id BIGINT PRIMARY KEY").then("ADD COLUMN note VARCHAR(20)");

    await("both are done", () -> first.isDone() && second.isDone());
  }

  @Test
  void aTableThatItsSourceNoLongerListsStaysUntilItsDropComes() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    twoShards(GroupMode.PESSIMISTIC);
    first.then("ADD COLUMN note VARCHAR(20)");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);

    source("mysql-2", List.of());
    await(
        "the list is known",
        () -> group(coordinator).stated().get("mysql-2").equals(new TreeSet<>()));

    assertThat(group(coordinator).members()).containsKeys(first.id(), second.id());
    second.dropped();
    await("the first shard is done", first::isDone);
    assertThat(group(coordinator).members()).containsOnlyKeys(first.id());
  }

  @Test
  void aDroppedTableIsNotWaitedForAlthoughItsSourceStillListsIt() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    twoShards(GroupMode.PESSIMISTIC);

    second.dropped();
    first.then("ADD COLUMN note VARCHAR(20)");

    await("the first shard is done", first::isDone);
    assertThat(group(coordinator).stated().get("mysql-2")).containsExactly(second.id().table());
  }

  @Test
  void theTablesOfAForgottenSourceLeaveAndComeBackWithIt() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ShardDdlClient sink = twoShards(GroupMode.PESSIMISTIC);
    first.then("ADD COLUMN note VARCHAR(20)");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);

    assertThat(coordinator.forgetSource("merge", "mysql-2", "alice")).isTrue();
    await("the first shard is done", first::isDone);
    assertThat(group(coordinator).members()).containsOnlyKeys(first.id());

    sink.announce(second.id(), second.schema());
    second.then("ADD COLUMN note VARCHAR(20)");
    await("what the forgotten one asks is passed over", second::isDone);
    assertThat(group(coordinator).members()).containsOnlyKeys(first.id());

    source("mysql-2", List.of(second.id()));
    await("it is a member again", () -> group(coordinator).members().containsKey(second.id()));
    assertThat(group(coordinator).members().get(second.id()).schema().column("note")).isPresent();
  }

  @Test
  void manyTablesOfAForgottenSourceComeBackWithIt() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ShardDdlClient sink = twoShards(GroupMode.OPTIMISTIC);
    List<TestShard> many =
        IntStream.range(1, 150)
            .mapToObj(i -> new TestShard(TestShard.member(2 * i + 1), target))
            .toList();
    many.forEach(shard -> shard.by(sink).created("id BIGINT PRIMARY KEY"));
    await("all are there", () -> many.stream().allMatch(TestShard::isDone));

    assertThat(coordinator.forgetSource("merge", "mysql-2", "alice")).isTrue();
    await("they are gone", () -> group(coordinator).members().size() == 1);
    Set<MemberId> ids = many.stream().map(TestShard::id).collect(Collectors.toSet());
    source("mysql-2", ids);

    await("they are members again", () -> group(coordinator).members().keySet().containsAll(ids));
  }

  @Test
  void aGroupMadeAfterASourceWasForgottenWaitsForItOnlyOnceItIsBack() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(GroupMode.PESSIMISTIC, "mysql-1", "mysql-2"));
    source("mysql-1", List.of(first.id()));
    source("mysql-2", List.of(second.id()));
    await(
        "both are known",
        () ->
            coordinator.tasks().containsKey("merge")
                && coordinator.tasks().get("merge").sources().size() == 2);
    assertThat(coordinator.forgetSource("merge", "mysql-2", "alice")).isTrue();

    first.by(sink).created("id BIGINT PRIMARY KEY").then("ADD COLUMN note VARCHAR(20)");
    await("the first shard is done", first::isDone);
    assertThat(group(coordinator).unknown()).isEmpty();

    source("mysql-2", List.of(second.id()));
    await("it is back", () -> !group(coordinator).unknown().isEmpty());
    first.then("ADD COLUMN more INT");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);
  }

  @Test
  void anExpectedSourceThatNeverCameCanBeForgotten() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(GroupMode.PESSIMISTIC, "mysql-1", "mysql-9"));
    source("mysql-1", List.of(first.id()));
    await(
        "the task is known",
        () ->
            coordinator.tasks().containsKey("merge")
                && coordinator.tasks().get("merge").sources().size() == 1
                && coordinator.tasks().get("merge").settings() != null);
    assertThat(coordinator.forgetSource("merge", "nobody", "alice")).isFalse();
    assertThat(coordinator.forgetSource("merge", "mysql-9", "alice")).isTrue();

    first.by(sink).created("id BIGINT PRIMARY KEY").then("ADD COLUMN note VARCHAR(20)");

    await("the shard is done", first::isDone);
  }
}
