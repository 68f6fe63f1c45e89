package io.dmconnect.it;

import io.dmconnect.it.harness.ShardPipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.model.coordination.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shards of two sources whose definitions change one after the other. */
@ExtendWith(TestStack.class)
class ShardMergeIT {
  private final LocalStack stack;

  ShardMergeIT(LocalStack stack) {
    this.stack = stack;
  }

  private static ShardPipeline withShards(ShardPipeline pipeline) {
    return pipeline
        .on(
            0,
            "CREATE TABLE orders (id INT PRIMARY KEY, item VARCHAR(20))",
            "INSERT INTO orders VALUES (1, 'a1')")
        .on(
            1,
            "CREATE TABLE orders (id INT PRIMARY KEY, item VARCHAR(20))",
            "INSERT INTO orders VALUES (1001, 'b1')");
  }

  private static String rows(ShardPipeline pipeline, String... columns) {
    return "SELECT CONCAT_WS(',', id, "
        + String.join(", ", columns)
        + ") FROM "
        + pipeline.merged()
        + " ORDER BY id";
  }

  @Test
  void rowsUseAColumnAtOnceThatTheOtherShardGetsLater() throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      withShards(pipeline).start("optimistic");
      pipeline.awaitTarget(rows(pipeline, "item"), "1,a1", "1001,b1");

      pipeline.on(
          0,
          "ALTER TABLE orders ADD COLUMN price INT NOT NULL DEFAULT 7",
          "INSERT INTO orders VALUES (2, 'a2', 20)");
      pipeline.on(1, "INSERT INTO orders VALUES (1002, 'b2')");
      pipeline.awaitTarget(
          rows(pipeline, "item", "price"), "1,a1,7", "2,a2,20", "1001,b1,7", "1002,b2,7");

      pipeline.on(
          1,
          "ALTER TABLE orders ADD COLUMN price INT NOT NULL DEFAULT 7",
          "INSERT INTO orders VALUES (1003, 'b3', 30)",
          "UPDATE orders SET price = 31 WHERE id = 1001");
      pipeline.awaitTarget(
          rows(pipeline, "item", "price"),
          "1,a1,7",
          "2,a2,20",
          "1001,b1,31",
          "1002,b2,7",
          "1003,b3,30");
    }
  }

  @Test
  void aShardThatRenamesAColumnWaitsUntilTheOtherFollows() throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      withShards(pipeline).start("optimistic");
      pipeline.awaitTarget(rows(pipeline, "item"), "1,a1", "1001,b1");

      pipeline.on(
          0,
          "ALTER TABLE orders RENAME COLUMN item TO article",
          "INSERT INTO orders VALUES (2, 'a2')");
      pipeline.awaitDecision(0, Decision.Wait.class);
      pipeline.on(1, "INSERT INTO orders VALUES (1002, 'b2')");
      pipeline.awaitTarget(rows(pipeline, "item"), "1,a1", "1001,b1", "1002,b2");

      pipeline.on(1, "ALTER TABLE orders RENAME COLUMN item TO article");
      pipeline.awaitTarget(rows(pipeline, "article"), "1,a1", "2,a2", "1001,b1", "1002,b2");
    }
  }

  @Test
  void inPessimisticModeBothShardsChangeTogether() throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      withShards(pipeline).start("pessimistic");
      pipeline.awaitTarget(rows(pipeline, "item"), "1,a1", "1001,b1");

      pipeline.on(
          0, "ALTER TABLE orders ADD COLUMN price INT", "INSERT INTO orders VALUES (2, 'a2', 20)");
      pipeline.awaitDecision(0, Decision.Wait.class);
      pipeline.on(
          1,
          "INSERT INTO orders VALUES (1002, 'b2')",
          "ALTER TABLE orders ADD COLUMN price INT",
          "INSERT INTO orders VALUES (1003, 'b3', 30)");
      pipeline.awaitTarget(
          rows(pipeline, "item", "price"), "1,a1", "2,a2,20", "1001,b1", "1002,b2", "1003,b3,30");
    }
  }

  @Test
  void droppingOneShardLeavesTheOthersRows() throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      withShards(pipeline).start("optimistic");
      pipeline.awaitTarget(rows(pipeline, "item"), "1,a1", "1001,b1");

      pipeline.on(0, "DROP TABLE orders");
      pipeline.on(
          1,
          "ALTER TABLE orders DROP COLUMN item, ADD COLUMN n INT",
          "INSERT INTO orders VALUES (1002, 5)");
      pipeline.awaitTarget(rows(pipeline, "n"), "1", "1001", "1002,5");
    }
  }
}
