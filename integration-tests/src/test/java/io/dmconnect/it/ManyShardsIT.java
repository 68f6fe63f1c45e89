package io.dmconnect.it;

import io.dmconnect.it.harness.ShardPipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One merged table of very many shards, from both sources through the sink's two tasks. */
@ExtendWith(TestStack.class)
class ManyShardsIT {
  private static final int SHARDS = Integer.getInteger("dm.scale.shards", 24);
  private static final Duration LIMIT = Duration.ofSeconds(60 + SHARDS);

  private final LocalStack stack;
  private final List<Integer> order = new ArrayList<>();

  ManyShardsIT(LocalStack stack) {
    this.stack = stack;
    for (int i = 0; i < SHARDS; i++) {
      order.add(i);
    }

    Collections.shuffle(order, new Random(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimistic", "pessimistic"})
  void everyShardFollowsAndNoRowIsLost(String mode) throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      for (int i = 0; i < SHARDS; i++) {
        on(
            pipeline,
            i,
            "CREATE TABLE {} (id INT PRIMARY KEY)",
            "INSERT INTO {} VALUES (" + i + ")");
      }

      long start = System.nanoTime();
      pipeline.start(mode);
      await(pipeline, "all are members", () -> pipeline.group().members().size() == SHARDS);
      await(pipeline, "all rows", () -> count(pipeline, "1 = 1") == SHARDS);
      double read = seconds(start);

      start = System.nanoTime();
      for (int i : order) {
        int id = SHARDS + i;
        on(
            pipeline,
            i,
            "ALTER TABLE {} ADD COLUMN note INT NOT NULL DEFAULT 5",
            "INSERT INTO {} VALUES (" + id + ", " + i + ")");
      }

      double changed = seconds(start);
      await(
          pipeline,
          "all rows with the new column",
          () ->
              count(pipeline, "id >= " + SHARDS + " AND note = id - " + SHARDS) == SHARDS
                  && count(pipeline, "id < " + SHARDS + " AND note = 5") == SHARDS);
      await(pipeline, "nobody waits", () -> pipeline.group().pending().isEmpty());
      System.out.printf(
          "%s: %d shards read in %.1f s; altered in MySQL in %.1f s, in TiDB %.1f s later%n",
          mode, SHARDS, read, changed, seconds(start) - changed);
    }
  }

  private static void on(ShardPipeline pipeline, int shard, String... statements) {
    String table = "orders_" + shard;
    for (String sql : statements) {
      pipeline.on(shard % 2, sql.replace("{}", table));
    }
  }

  /** The number of such rows of the merged table; -1 when it has not got the columns yet. */
  private static long count(ShardPipeline pipeline, String condition) {
    try {
      String sql = "SELECT COUNT(*) FROM " + pipeline.merged() + " WHERE " + condition;
      return pipeline.tidb().number(sql);
    } catch (RuntimeException e) {
      return -1;
    }
  }

  private static void await(ShardPipeline pipeline, String what, Callable<Boolean> condition) {
    Await.until(what, LIMIT, () -> pipeline.group() != null && condition.call());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
