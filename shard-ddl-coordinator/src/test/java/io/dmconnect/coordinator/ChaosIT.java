package io.dmconnect.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.coordination.GroupMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Leaders, ZooKeeper and sink tasks die while shards make changes: nothing is lost, nothing runs
 * twice. {@code -Ddm.chaos.rounds} and {@code -Ddm.chaos.seed} make it longer or other.
 */
class ChaosIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int ROUNDS = Integer.getInteger("dm.chaos.rounds", 9);
  private static final long SEED = Long.getLong("dm.chaos.seed", 7);
  private static final int MEMBERS = 12;
  private static final int SINKS = 2;
  private static final int CHANGES = 4;

  private final Random random = new Random(SEED);
  private final List<Long> takeOvers = new ArrayList<>();
  private LocalStack stack;

  private enum Victim {
    LEADER,
    ZOOKEEPER,
    SINK
  }

  @BeforeEach
  void start() {
    stack = LocalStack.builder().zooKeeper().start();
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = GroupMode.class,
      names = {"OPTIMISTIC", "PESSIMISTIC"})
  void everyChangeRunsOnceWhoeverDies(GroupMode mode) throws Exception {
    String zooKeeper = stack.zooKeeper().connectString() + "/chaos";
    CoordinatorProcess first = new CoordinatorProcess(stack.workspace(), "a", zooKeeper);
    CoordinatorProcess second = new CoordinatorProcess(stack.workspace(), "b", zooKeeper);
    try (CoordinatorProcess a = first.start().awaitAnswer();
        CoordinatorProcess b = second.start().awaitAnswer();
        TestGroup group = new TestGroup(zooKeeper, mode, MEMBERS, SINKS)) {
      Await.until("every shard is there", LIMIT, group::isDone);
      for (int round = 0; round < ROUNDS; round++) {
        change(group, round);
        int ran = 1 + round * CHANGES + random.nextInt(CHANGES);
        Await.until("some have run", LIMIT, () -> group.target.executed().size() >= ran);
        kill(Victim.values()[round % Victim.values().length], group, a, b);
        Await.until("every shard is done", LIMIT, group::isDone);
      }

      assertThat(group.target.executed()).hasSize(1 + ROUNDS * CHANGES).doesNotHaveDuplicates();
      assertThat(group.shards)
          .allSatisfy(shard -> assertThat(shard.schema().columns()).hasSize(1 + ROUNDS * CHANGES));
      System.out.printf(
          "%s: %d rounds, seed %d; a standby took over in %d to %d ms (session timeout 4000)%n",
          mode, ROUNDS, SEED, Collections.min(takeOvers), Collections.max(takeOvers));
    }
  }

  private void kill(Victim victim, TestGroup group, CoordinatorProcess a, CoordinatorProcess b) {
    switch (victim) {
      case LEADER -> {
        CoordinatorProcess leader = a.leads() ? a : b;
        CoordinatorProcess standby = leader == a ? b : a;
        long start = System.nanoTime();
        leader.kill9();
        Await.until("the standby leads", LIMIT, standby::leads);
        takeOvers.add((System.nanoTime() - start) / 1_000_000);
        leader.start().awaitAnswer();
      }
      case ZOOKEEPER -> {
        stack.zooKeeper().kill9();
        stack.zooKeeper().start();
      }
      case SINK -> group.replaceSink(random.nextInt(SINKS));
    }
  }

  private static void change(TestGroup group, int round) {
    String[] changes = new String[CHANGES];
    for (int i = 0; i < CHANGES; i++) {
      changes[i] = "ADD COLUMN c" + round + "_" + i + " INT";
    }

    group.shards.forEach(shard -> shard.then(changes));
  }
}
