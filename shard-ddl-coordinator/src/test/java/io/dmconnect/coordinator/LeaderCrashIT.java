package io.dmconnect.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.coordination.GroupMode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Leaders die while shards make changes; nothing is lost and nothing runs twice. */
class LeaderCrashIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int MEMBERS = 12;
  private static final int CHANGES = 30;
  private static final int KILLS = 5;
  private static final long SEED = 7;
  private static LocalStack stack;

  @BeforeAll
  static void start() {
    stack = LocalStack.builder().zooKeeper().start();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = GroupMode.class,
      names = {"OPTIMISTIC", "PESSIMISTIC"})
  void everyChangeRunsOnceHoweverOftenTheLeaderDies(GroupMode mode) throws Exception {
    String zooKeeper = stack.zooKeeper().connectString() + "/" + mode;
    CoordinatorProcess first = new CoordinatorProcess(stack.workspace(), "a-" + mode, zooKeeper);
    CoordinatorProcess second = new CoordinatorProcess(stack.workspace(), "b-" + mode, zooKeeper);
    try (CoordinatorProcess a = first.start().awaitAnswer();
        CoordinatorProcess b = second.start().awaitAnswer();
        TestGroup group = new TestGroup(zooKeeper, mode, MEMBERS, 2)) {
      Await.until("every shard is there", LIMIT, group::isDone);
      Random random = new Random(SEED);
      for (int round = 1; round <= KILLS; round++) {
        change(group, round);
        int part = random.nextInt(CHANGES / KILLS);
        int ran = 1 + (round - 1) * (CHANGES / KILLS) + part;
        Await.until("some have run", LIMIT, () -> group.target.executed().size() >= ran);
        CoordinatorProcess leader = a.leads() ? a : b;
        leader.kill9();
        leader.start();
        Await.until("every shard is done", LIMIT, group::isDone);
      }

      assertThat(group.target.executed()).hasSize(1 + CHANGES).doesNotHaveDuplicates();
      assertThat(group.shards).allSatisfy(s -> assertThat(s.schema().columns()).hasSize(31));
    }
  }

  private static void change(TestGroup group, int round) {
    int each = CHANGES / KILLS;
    String[] changes = new String[each];
    for (int i = 0; i < each; i++) {
      changes[i] = "ADD COLUMN c" + round + "_" + i + " INT";
    }

    group.shards.forEach(shard -> shard.then(changes));
  }
}
