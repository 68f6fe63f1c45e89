package io.dmconnect.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.coordination.GroupMode;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand shards that each make ten changes, with a coordinator of 256 MiB. */
class ScaleIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int MEMBERS = Integer.getInteger("dm.scale.members", 200);
  private static final int CHANGES = 10;
  private static final int SINKS = 8;
  private static final int ROUNDS = Integer.getInteger("dm.scale.rounds", 50);
  private static LocalStack stack;

  @BeforeAll
  static void start() {
    stack = LocalStack.builder().zooKeeper().start();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void decisionsComeAtOnce() throws Exception {
    String zooKeeper = stack.zooKeeper().connectString() + "/latency";
    try (CoordinatorProcess coordinator =
            new CoordinatorProcess(stack.workspace(), "coordinator-latency", zooKeeper).start();
        TestGroup group = new TestGroup(zooKeeper, GroupMode.OPTIMISTIC, 2, 1)) {
      coordinator.awaitAnswer();
      Await.until("every shard is there", LIMIT, group::isDone);
      long[] nanos = new long[ROUNDS];
      TestShard shard = group.shards.get(0);
      for (int i = 0; i < ROUNDS; i++) {
        int executed = group.target.executed().size() + 1;
        long start = System.nanoTime();
        shard.then("ADD COLUMN c" + i + " INT");
        group.target.awaitExecuted(executed, LIMIT);
        nanos[i] = System.nanoTime() - start;
        Await.until("it went on", LIMIT, shard::isDone);
      }

      Arrays.sort(nanos);
      System.out.printf(
          "From a change's request to its execution: p50 %.1f ms, p99 %.1f ms%n",
          nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS * 99 / 100] / 1e6);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = GroupMode.class,
      names = {"OPTIMISTIC", "PESSIMISTIC"})
  void manyShardsConverge(GroupMode mode) throws Exception {
    String zooKeeper = stack.zooKeeper().connectString() + "/" + mode;
    try (CoordinatorProcess coordinator =
            new CoordinatorProcess(stack.workspace(), "coordinator-" + mode, zooKeeper)
                .start("-Xmx256m");
        TestGroup group = new TestGroup(zooKeeper, mode, MEMBERS, SINKS)) {
      coordinator.awaitAnswer();
      Await.until("every shard is there", LIMIT, group::isDone);

      long start = System.nanoTime();
      String[] changes = new String[CHANGES];
      for (int i = 0; i < CHANGES; i++) {
        changes[i] = "ADD COLUMN c" + i + " VARCHAR(20)";
      }

      group.shards.forEach(shard -> shard.then(changes));
      Await.until("every shard is done", LIMIT, group::isDone);
      double seconds = (System.nanoTime() - start) / 1e9;

      System.out.printf(
          "%s: %d members x %d changes resolved in %.1f s, coordinator heap 256 MiB%n",
          mode, MEMBERS, CHANGES, seconds);
      assertThat(group.target.executed()).hasSize(1 + CHANGES);
      assertThat(coordinator.leads()).isTrue();
    }
  }
}
