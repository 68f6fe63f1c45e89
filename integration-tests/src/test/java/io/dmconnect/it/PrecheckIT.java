package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dmconnect.it.harness.ShardPipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.model.check.CheckItem;
import io.dmconnect.model.check.Finding;
import io.dmconnect.model.coordination.Decision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shard tables that do not go together are found before a row is merged. */
@ExtendWith(TestStack.class)
class PrecheckIT {
  private final LocalStack stack;

  PrecheckIT(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void tablesWithoutAJoinAreReportedByValidateOnTheRightKeys() throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      pipeline
          .on(0, "CREATE TABLE orders (id INT PRIMARY KEY, price INT)")
          .on(1, "CREATE TABLE orders (id INT PRIMARY KEY, price DATE)")
          .startSource(0)
          .startSource(1)
          .check();

      Map<String, List<String>> errors =
          stack.rest().validate(pipeline.sinkConfig("optimistic", Map.of()));
      assertThat(errors).containsOnlyKeys("routes");
      assertThat(errors.get("routes"))
          .singleElement()
          .asString()
          .contains(
              "schema_of_shard_tables",
              "column price",
              pipeline.member(0).toString(),
              pipeline.member(1).toString());
      assertThat(
              stack
                  .rest()
                  .validate(
                      pipeline.sinkConfig(
                          "optimistic", Map.of("ignore-checking-items", "schema_of_shard_tables"))))
          .isEmpty();
    }
  }

  @Test
  void nothingIsMergedBeforeEverySourceIsThereAndFits() throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      pipeline
          .on(
              0,
              "CREATE TABLE orders (id INT PRIMARY KEY, price INT)",
              "INSERT INTO orders VALUES (1, 10)")
          .on(
              1,
              "CREATE TABLE orders (id INT PRIMARY KEY, price DATE)",
              "INSERT INTO orders VALUES (1001, NULL)")
          .startSink("optimistic", Map.of())
          .startSource(0);
      pipeline.awaitDecision(0, Decision.Wait.class);
      assertThat(pipeline.tidb().column("SHOW DATABASES")).doesNotContain(pipeline.target());

      assertThat(stack.rest().validate(pipeline.sourceConfig(1)))
          .containsOnlyKeys("coordinator.task")
          .satisfies(
              errors ->
                  assertThat(errors.toString()).contains("column price", "`price` date NULL"));
      pipeline.on(1, "ALTER TABLE orders DROP COLUMN price, ADD COLUMN price INT");
      assertThat(stack.rest().validate(pipeline.sourceConfig(1))).isEmpty();
      pipeline.startSource(1);

      pipeline.awaitTarget(
          "SELECT CONCAT_WS(',', id, price) FROM " + pipeline.merged() + " ORDER BY id",
          "1,10",
          "1001");
    }
  }

  @Test
  void keysThatMeetAreAnErrorAndKeysThatAreCountedUpAWarning() throws Exception {
    try (ShardPipeline pipeline = new ShardPipeline(stack)) {
      pipeline
          .on(
              0,
              "CREATE TABLE orders (id INT PRIMARY KEY AUTO_INCREMENT, code VARCHAR(9) UNIQUE)",
              "INSERT INTO orders VALUES (1, 'a'), (3, 'b')")
          .on(
              1,
              "CREATE TABLE orders (id INT PRIMARY KEY AUTO_INCREMENT, code VARCHAR(9) UNIQUE)",
              "INSERT INTO orders VALUES (2, 'b'), (4, 'c')")
          .startSink("optimistic", Map.of())
          .startSource(0)
          .startSource(1)
          .check();

      assertThat(pipeline.findings())
          .extracting(Finding::item, Finding::severity)
          .containsExactly(
              tuple(CheckItem.UNIQUE_KEY_OF_SHARD_TABLES, Finding.Severity.ERROR),
              tuple(CheckItem.UNIQUE_KEY_OF_SHARD_TABLES, Finding.Severity.WARNING),
              tuple(CheckItem.AUTO_INCREMENT_ID, Finding.Severity.WARNING));
      assertThat(pipeline.findings().get(0).toString()).contains("(code): b in");
      assertThat(pipeline.findings().get(1).toString()).contains("1 to 3", "2 to 4");
    }
  }
}
