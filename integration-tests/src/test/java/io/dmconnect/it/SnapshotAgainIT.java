package io.dmconnect.it;

import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.ShardPipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Exit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot that begins again replaces what the first one wrote. */
@ExtendWith(TestStack.class)
class SnapshotAgainIT {
  private final LocalStack stack;

  SnapshotAgainIT(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void rowsDeletedWhileTheSourceHadNoOffsetsAreGone() {
    try (Pipeline pipeline = new Pipeline(stack, "again")) {
      pipeline
          .mysql()
          .run(
              "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
              "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)");
      pipeline.start().awaitEqual("t");
      pipeline.restartSourceWithoutOffsets(
          () -> pipeline.mysql().run("DELETE FROM t WHERE id = 2", "INSERT INTO t VALUES (4, 4)"));
      pipeline.awaitEqual("t");
    }
  }

  private static ShardPipeline withShards(ShardPipeline pipeline) {
    return pipeline
        .on(
            0,
            "CREATE TABLE orders (id INT PRIMARY KEY, item VARCHAR(20))",
            "INSERT INTO orders VALUES (1, 'a1'), (2, 'a2')")
        .on(
            1,
            "CREATE TABLE orders (id INT PRIMARY KEY, item VARCHAR(20))",
            "INSERT INTO orders VALUES (1001, 'b1')");
  }

  /** A definition of which the rows read before are no rows, and a row that is in no later one. */
  private static void alterWhileItIsRead(ShardPipeline pipeline) {
    pipeline.cutOffSnapshot(
        0,
        () ->
            pipeline.on(
                0,
                "DELETE FROM orders WHERE id = 1",
                "ALTER TABLE orders MODIFY item VARCHAR(30)"));
  }

  private static String ids(ShardPipeline pipeline) {
    return "SELECT id FROM " + pipeline.merged() + " ORDER BY id";
  }

  @Test
  void aRowDeletedBetweenTwoDumpsOfAnAlteredShardIsGoneWhenColumnsTellTheShards() throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      withShards(pipeline);
      pipeline
          .tidb()
          .run(
              "CREATE DATABASE `" + pipeline.target() + "`",
              "CREATE TABLE "
                  + pipeline.merged()
                  + " (id INT, item VARCHAR(20), src VARCHAR(60), db VARCHAR(60), tab VARCHAR(60),"
                  + " PRIMARY KEY (id, src, db, tab)) COLLATE utf8mb4_0900_ai_ci");
      pipeline
          .startSource(0)
          .startSource(1)
          .startSink(
              "optimistic",
              Map.of(
                  "routes.m.extract-source.source-regexp", "(.*)",
                  "routes.m.extract-source.target-column", "src",
                  "routes.m.extract-schema.schema-regexp", "(.*)",
                  "routes.m.extract-schema.target-column", "db",
                  "routes.m.extract-table.table-regexp", "(.*)",
                  "routes.m.extract-table.target-column", "tab"));
      pipeline.awaitTarget(ids(pipeline), "1", "2", "1001");

      alterWhileItIsRead(pipeline);
      pipeline.on(0, "INSERT INTO orders VALUES (3, 'a3')");
      pipeline.awaitTarget(ids(pipeline), "2", "3", "1001");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimistic", "pessimistic"})
  void aShardAlteredWhileItIsReadWaitsUntilAnOperatorHasItsFormerRowsDeleted(String mode)
      throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      withShards(pipeline).start(mode);
      pipeline.awaitTarget(ids(pipeline), "1", "2", "1001");

      alterWhileItIsRead(pipeline);
      pipeline.awaitDecision(0, Decision.Conflict.class);
      pipeline.on(1, "INSERT INTO orders VALUES (1002, 'b2')");
      pipeline.awaitTarget(
          "SELECT id FROM " + pipeline.merged() + " WHERE id > 1000 ORDER BY id", "1001", "1002");

      pipeline.act(
          Exit.REPLACE,
          pipeline.member(0),
          "DELETE FROM " + pipeline.merged() + " WHERE id < 1001");
      if (mode.equals("pessimistic")) {
        // The table comes back with another definition than the other shard's.
        pipeline.awaitDecision(0, Decision.Conflict.class);
        pipeline.act(Exit.SKIP, pipeline.member(0));
      }

      pipeline.on(0, "INSERT INTO orders VALUES (3, 'a3')");
      pipeline.awaitTarget(ids(pipeline), "2", "3", "1001", "1002");
    }
  }
}
