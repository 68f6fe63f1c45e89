package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.it.harness.ShardPipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.MemberId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables and sources that come and go while their groups change. */
@ExtendWith(TestStack.class)
class MembersIT {
  private static final String ADD = "ADD COLUMN note INT";

  private final LocalStack stack;

  MembersIT(LocalStack stack) {
    this.stack = stack;
  }

  private static ShardPipeline started(ShardPipeline pipeline) {
    pipeline
        .on(
            0,
            "CREATE TABLE orders (id INT PRIMARY KEY)",
            "CREATE TABLE orders_2 (id INT PRIMARY KEY)",
            "INSERT INTO orders VALUES (1)",
            "INSERT INTO orders_2 VALUES (501)")
        .on(1, "CREATE TABLE orders (id INT PRIMARY KEY)", "INSERT INTO orders VALUES (1001)")
        .start("pessimistic")
        .awaitTarget("SELECT id FROM " + pipeline.merged() + " ORDER BY id", "1", "501", "1001");
    return pipeline.await("all are members", () -> pipeline.group().members().size() == 3);
  }

  private static MemberId second(ShardPipeline pipeline) {
    return MemberId.of(pipeline.member(0).source(), pipeline.shard(0), "orders_2");
  }

  @Test
  void aTableThatIsNoLongerSelectedLeavesAndJoinsWhenItIsSelectedAgain() throws Exception {
    try (ShardPipeline pipeline = started(new ShardPipeline(stack))) {
      MemberId deselected = second(pipeline);
      pipeline.on(0, "ALTER TABLE orders " + ADD).on(1, "ALTER TABLE orders " + ADD);
      pipeline.awaitDecision(0, Decision.Wait.class);
      pipeline.awaitDecision(1, Decision.Wait.class);

      pipeline.reconfigureSource(0, Map.of("ignore-tables", pipeline.shard(0) + ".orders_2"));
      pipeline.on(0, "INSERT INTO orders VALUES (2, 7)");
      pipeline.awaitTarget(rows(pipeline), "1", "2,7", "501", "1001");
      assertThat(pipeline.group().members()).doesNotContainKey(deselected);

      pipeline.on(0, "INSERT INTO orders_2 VALUES (502)", "ALTER TABLE orders_2 " + ADD);
      pipeline.on(0, "INSERT INTO orders VALUES (3, 8)");
      pipeline.awaitTarget(rows(pipeline), "1", "2,7", "3,8", "501", "1001");
      pipeline.reconfigureSource(0, Map.of());
      pipeline.on(0, "INSERT INTO orders_2 VALUES (503, 9)");
      pipeline.awaitTarget(rows(pipeline), "1", "2,7", "3,8", "501", "503,9", "1001");
      assertThat(pipeline.group().members()).containsKey(deselected);
    }
  }

  @Test
  void theTablesOfADeletedSourceLeaveWhenAnOperatorDeletesItsRecord() throws Exception {
    try (ShardPipeline pipeline = started(new ShardPipeline(stack))) {
      pipeline.on(0, "ALTER TABLE orders " + ADD, "ALTER TABLE orders_2 " + ADD);
      pipeline.awaitDecision(0, Decision.Wait.class);

      pipeline.deleteSource(1).forgetSource(1);

      pipeline.on(0, "INSERT INTO orders VALUES (2, 7)");
      pipeline.awaitTarget(rows(pipeline), "1", "2,7", "501", "1001");
      assertThat(pipeline.group().members()).doesNotContainKey(pipeline.member(1));
    }
  }

  @Test
  void aDroppedTableIsNotWaitedForAndATableMadeLaterIs() throws Exception {
    try (ShardPipeline pipeline = started(new ShardPipeline(stack))) {
      MemberId made = MemberId.of(pipeline.member(1).source(), pipeline.shard(1), "orders_3");
      pipeline.on(0, "DROP TABLE orders_2").on(1, "CREATE TABLE orders_3 (id INT PRIMARY KEY)");
      pipeline.await(
          "the new one is a member, the dropped one is none",
          () ->
              pipeline.group().members().containsKey(made)
                  && !pipeline.group().members().containsKey(second(pipeline)));
      pipeline.on(0, "ALTER TABLE orders " + ADD).on(1, "ALTER TABLE orders " + ADD);
      pipeline.await(
          "only the new one is waited for",
          () ->
              pipeline.group().pending().get(pipeline.member(0)) != null
                  && pipeline.group().pending().get(pipeline.member(0)).decision()
                      instanceof Decision.Wait wait
                  && wait.waitsFor().equals(List.of(made.toString())));

      pipeline.on(1, "ALTER TABLE orders_3 " + ADD, "INSERT INTO orders_3 VALUES (1501, 3)");

      pipeline.awaitTarget(rows(pipeline), "1", "501", "1001", "1501,3");
    }
  }

  @Test
  void aSourceThatIsAddedLaterJoinsTheGroup() throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      String only = pipeline.member(0).source();
      pipeline
          .on(0, "CREATE TABLE orders (id INT PRIMARY KEY)", "INSERT INTO orders VALUES (1)")
          .on(1, "CREATE TABLE orders (id INT PRIMARY KEY)", "INSERT INTO orders VALUES (1001)")
          .startSource(0)
          .startSink("optimistic", Map.of("coordinator.expected-sources", only));
      pipeline.on(0, "ALTER TABLE orders ADD COLUMN note INT NOT NULL DEFAULT 5");
      pipeline.awaitTarget(rows(pipeline), "1,5");

      pipeline.reconfigureSink("optimistic", Map.of()).startSource(1);
      pipeline.awaitTarget(rows(pipeline), "1,5", "1001,5");

      pipeline
          .on(
              1,
              "ALTER TABLE orders ADD COLUMN note INT NOT NULL DEFAULT 5",
              "INSERT INTO orders VALUES (1002, 6)")
          .awaitTarget(rows(pipeline), "1,5", "1001,5", "1002,6");
    }
  }

  private static String rows(ShardPipeline pipeline) {
    return "SELECT CONCAT_WS(',', id, note) FROM " + pipeline.merged() + " ORDER BY id";
  }
}
