package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.it.harness.ShardPipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.MemberId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of its own that exchanges a partition with one of several merged tables. */
@ExtendWith(TestStack.class)
class ExchangesIT {
  private static final String EXCHANGE = "ALTER TABLE hist EXCHANGE PARTITION p0 WITH TABLE orders";

  private final LocalStack stack;

  ExchangesIT(LocalStack stack) {
    this.stack = stack;
  }

  private static TableId hist(ShardPipeline pipeline) {
    return new TableId(pipeline.shard(0), "hist");
  }

  private static ShardPipeline withTables(ShardPipeline pipeline) {
    return pipeline
        .on(
            0,
            "CREATE TABLE hist (id INT PRIMARY KEY)"
                + " PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (1000))",
            "INSERT INTO hist VALUES (7)",
            "CREATE TABLE orders (id INT PRIMARY KEY)",
            "INSERT INTO orders VALUES (1)",
            "CREATE TABLE orders_2 (id INT PRIMARY KEY)",
            "INSERT INTO orders_2 VALUES (501)")
        .on(1, "CREATE TABLE orders (id INT PRIMARY KEY)", "INSERT INTO orders VALUES (1001)");
  }

  /** Has the change wait, moves the one shard's rows in its place, and sees that all goes on. */
  private static void exchange(ShardPipeline pipeline, String... merged) throws Exception {
    TableId hist = hist(pipeline);
    MemberId member = pipeline.member(0, "hist");
    pipeline.awaitTarget("SELECT id FROM " + hist.quoted(), "7").on(0, EXCHANGE);
    pipeline.awaitDecision(hist, member, Decision.Conflict.class);

    pipeline.act(
        hist,
        Exit.REPLACE,
        member,
        "REPLACE INTO " + hist.quoted() + " VALUES (1)",
        "REPLACE INTO " + pipeline.merged() + " VALUES (7)",
        "DELETE FROM " + hist.quoted() + " WHERE id = 7",
        "DELETE FROM " + pipeline.merged() + " WHERE id = 1");

    pipeline.on(0, "INSERT INTO hist VALUES (2)", "INSERT INTO orders VALUES (8)");
    pipeline.awaitTarget("SELECT id FROM " + hist.quoted() + " ORDER BY id", "1", "2");
    pipeline.awaitTarget("SELECT id FROM " + pipeline.merged() + " ORDER BY id", merged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimistic", "pessimistic"})
  void waitsForAnOperatorWhenSeveralSourcesAreMerged(String mode) throws Exception {
    try (ShardPipeline pipeline = withTables(new ShardPipeline(stack))) {
      pipeline.start(mode);
      exchange(pipeline, "7", "8", "501", "1001");
    }
  }

  @Test
  void waitsForAnOperatorWhenTheTableIsInNoGroupAndIsInNoneAfterwards() throws Exception {
    try (ShardPipeline pipeline = withTables(new ShardPipeline(stack))) {
      String only = pipeline.member(0).source();
      pipeline.startSource(0).startSink("optimistic", Map.of("coordinator.expected-sources", only));
      exchange(pipeline, "7", "8", "501");

      pipeline.await(
          "the table is in no group", () -> pipeline.group(hist(pipeline)).members().isEmpty());
      pipeline.on(0, "ALTER TABLE hist ADD COLUMN v INT", "INSERT INTO hist VALUES (3, 30)");
      pipeline.awaitTarget("SELECT v FROM " + hist(pipeline).quoted() + " WHERE id = 3", "30");
      assertThat(pipeline.group(hist(pipeline)).pending()).isEmpty();
    }
  }
}
