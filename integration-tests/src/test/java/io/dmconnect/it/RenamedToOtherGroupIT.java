package io.dmconnect.it;

import io.dmconnect.it.harness.ShardPipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.MemberId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table whose new name takes it from one shard group to another. */
@ExtendWith(TestStack.class)
class RenamedToOtherGroupIT {
  private static final String ITEMS = " (id INT PRIMARY KEY, item VARCHAR(20))";
  private static final String PRICED = " (id INT PRIMARY KEY, item VARCHAR(20), price INT)";

  private final LocalStack stack;

  RenamedToOtherGroupIT(LocalStack stack) {
    this.stack = stack;
  }

  /** Two shards of {@code orders}, which are defined so, and one of {@code refunds}. */
  private static ShardPipeline started(ShardPipeline pipeline, String mode, String orders) {
    pipeline
        .on(
            0,
            "CREATE TABLE orders_1" + orders,
            "CREATE TABLE orders_2" + orders,
            "CREATE TABLE refunds_1" + ITEMS,
            "INSERT INTO orders_1 (id, item) VALUES (1, 'a1')",
            "INSERT INTO orders_2 (id, item) VALUES (501, 'b1')",
            "INSERT INTO refunds_1 VALUES (1001, 'c1')")
        .startSource(0)
        .startSink(
            mode,
            Map.of(
                "coordinator.expected-sources",
                former(pipeline).source(),
                "routes",
                "m,r",
                "routes.r.schema-pattern",
                pipeline.target() + "_*",
                "routes.r.table-pattern",
                "refunds*",
                "routes.r.target-schema",
                pipeline.target(),
                "routes.r.target-table",
                "refunds"));
    pipeline.awaitTarget(rows(orders(pipeline), "item"), "1,a1", "501,b1");
    return pipeline.awaitTarget(rows(refunds(pipeline), "item"), "1001,c1");
  }

  /** Renames a shard of {@code orders} to one of {@code refunds} and writes a row behind that. */
  private static ShardPipeline renamed(ShardPipeline pipeline) {
    pipeline.on(
        0,
        "RENAME TABLE orders_2 TO refunds_9",
        "INSERT INTO refunds_9 (id, item) VALUES (502, 'b2')");
    return pipeline.awaitDecision(orders(pipeline), former(pipeline), Decision.Conflict.class);
  }

  /** The same, and an operator leaves the rows it has where they are. */
  private static ShardPipeline moved(ShardPipeline pipeline) throws Exception {
    return renamed(pipeline).act(orders(pipeline), Exit.SKIP, former(pipeline));
  }

  private static MemberId former(ShardPipeline pipeline) {
    return pipeline.member(0, "orders_2");
  }

  private static MemberId renamedTo(ShardPipeline pipeline) {
    return pipeline.member(0, "refunds_9");
  }

  private static TableId orders(ShardPipeline pipeline) {
    return pipeline.table("orders");
  }

  private static TableId refunds(ShardPipeline pipeline) {
    return pipeline.table("refunds");
  }

  private static String rows(TableId merged, String... columns) {
    return "SELECT CONCAT_WS(',', id, "
        + String.join(", ", columns)
        + ") FROM "
        + merged.quoted()
        + " ORDER BY id";
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimistic", "pessimistic"})
  void itsRowsStayWithTheFormerGroupAndItsLaterRowsGoToTheNewOne(String mode) throws Exception {
    try (ShardPipeline pipeline = started(new ShardPipeline(stack), mode, ITEMS)) {
      moved(pipeline);

      pipeline.awaitTarget(rows(refunds(pipeline), "item"), "502,b2", "1001,c1");
      pipeline.on(0, "INSERT INTO orders_1 VALUES (2, 'a2')");
      pipeline.awaitTarget(rows(orders(pipeline), "item"), "1,a1", "2,a2", "501,b1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimistic", "pessimistic"})
  void theFormerGroupGoesOnWithoutItAndTheNewOneWaitsForIt(String mode) throws Exception {
    String change = " RENAME COLUMN item TO article";
    try (ShardPipeline pipeline = started(new ShardPipeline(stack), mode, ITEMS)) {
      moved(pipeline).awaitTarget(rows(refunds(pipeline), "item"), "502,b2", "1001,c1");

      pipeline.on(0, "ALTER TABLE orders_1" + change, "INSERT INTO orders_1 VALUES (2, 'a2')");
      pipeline.awaitTarget(rows(orders(pipeline), "article"), "1,a1", "2,a2", "501,b1");

      pipeline.on(0, "ALTER TABLE refunds_1" + change, "INSERT INTO refunds_1 VALUES (1002, 'c2')");
      awaitWait(pipeline, pipeline.member(0, "refunds_1"), renamedTo(pipeline));
      pipeline.on(0, "ALTER TABLE refunds_9" + change);
      pipeline.awaitTarget(rows(refunds(pipeline), "article"), "502,b2", "1001,c1", "1002,c2");
    }
  }

  private static void awaitWait(ShardPipeline pipeline, MemberId member, MemberId other) {
    pipeline.await(
        member + " to wait for " + other,
        () ->
            pipeline.group(refunds(pipeline)).pending().get(member).decision()
                    instanceof Decision.Wait wait
                && wait.waitsFor().equals(List.of(other.toString())));
  }

  @Test
  void inOptimisticModeAColumnThatOnlyItHasWidensTheNewGroup() throws Exception {
    try (ShardPipeline pipeline = started(new ShardPipeline(stack), "optimistic", PRICED)) {
      moved(pipeline).on(0, "UPDATE refunds_9 SET price = 7 WHERE id = 502");

      pipeline.awaitTarget(rows(refunds(pipeline), "item", "price"), "502,b2,7", "1001,c1");
    }
  }

  @Test
  void inPessimisticModeItWaitsUntilTheNewGroupHasItsColumnsToo() throws Exception {
    try (ShardPipeline pipeline = started(new ShardPipeline(stack), "pessimistic", PRICED)) {
      moved(pipeline)
          .awaitDecision(refunds(pipeline), renamedTo(pipeline), Decision.Conflict.class);

      pipeline.on(0, "ALTER TABLE refunds_1 ADD COLUMN price INT");

      pipeline.awaitTarget(rows(refunds(pipeline), "item", "price"), "502,b2", "1001,c1");
    }
  }
}
