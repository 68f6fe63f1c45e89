package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.it.harness.ShardPipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.model.coordination.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the optimistic mode lets a table wait, the strict one stops the task. */
@ExtendWith(TestStack.class)
class StrictModeIT {
  private static final String TABLE = "CREATE TABLE orders (id INT PRIMARY KEY)";

  private final LocalStack stack;

  StrictModeIT(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void aChangeWithoutAJoinStopsTheTaskAndGoesOnOnceAnOperatorHasDecided() throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      pipeline
          .on(0, TABLE, "INSERT INTO orders VALUES (1)")
          .on(1, TABLE, "INSERT INTO orders VALUES (1001)")
          .start("strict_optimistic")
          .awaitTarget("SELECT id FROM " + pipeline.merged() + " ORDER BY id", "1", "1001");
      pipeline.on(0, "ALTER TABLE orders ADD COLUMN price INT");
      pipeline.awaitTarget(
          "SELECT COALESCE(price, 0) FROM " + pipeline.merged() + " WHERE id = 1", "0");

      pipeline.on(
          1, "ALTER TABLE orders ADD COLUMN price DATE", "INSERT INTO orders VALUES (1002, NULL)");

      assertThat(pipeline.awaitSinkFailure()).contains("column price", "`price` date");
      pipeline.act(Exit.SKIP, pipeline.member(1)).awaitNoRequest(1).restartSink();
      pipeline.awaitTarget(
          "SELECT id FROM " + pipeline.merged() + " ORDER BY id", "1", "1001", "1002");
    }
  }
}
