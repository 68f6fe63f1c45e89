package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.TopicReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables whose rows are spread over several partitions, read by several sink tasks. */
@ExtendWith(TestStack.class)
class PartitionsIT {
  private static final String NUMBERS =
      "WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 3000) SELECT ";
  private final LocalStack stack;

  PartitionsIT(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void rowsSchemaChangesAndRestartsComeOutAsWithOnePartition() {
    try (Pipeline pipeline = new Pipeline(stack, "partitions")) {
      pipeline
          .source("topic.partitions", "3")
          .source("topic.creation.default.partitions", "3")
          .source("snapshot.chunk.rows", "700")
          .sink("tasks.max", "2")
          .mysql()
          .run(
              "SET SESSION cte_max_recursion_depth = 10000",
              "CREATE TABLE spread (a INT, b DATETIME(3), v INT, PRIMARY KEY (a, b))",
              "CREATE TABLE texts (k VARCHAR(20) PRIMARY KEY, v INT)",
              "CREATE TABLE keyless (a INT)",
              "CREATE TABLE none (id INT PRIMARY KEY)",
              "INSERT INTO spread " + NUMBERS + "n, '2024-01-01 00:00:00.5', n FROM s",
              "INSERT INTO texts " + NUMBERS + "CONCAT('k', n), n FROM s",
              "INSERT INTO keyless VALUES (1), (1)");
      pipeline.start().awaitEqual("spread", "texts", "keyless", "none");
      pipeline
          .mysql()
          .run(
              "UPDATE spread SET a = -a WHERE a % 2 = 0",
              "UPDATE spread SET v = v + 1",
              "ALTER TABLE spread ADD COLUMN w INT NOT NULL DEFAULT 5",
              "UPDATE spread SET w = v, a = a + 10000 WHERE a > 2000",
              "DELETE FROM spread WHERE a < -2500",
              "UPDATE texts SET k = UPPER(k) WHERE v % 3 = 0",
              "ALTER TABLE keyless ADD COLUMN b INT");
      pipeline.restartSource(
          () ->
              pipeline
                  .mysql()
                  .run(
                      "ALTER TABLE spread ADD UNIQUE KEY uv (v, a)",
                      "UPDATE spread SET v = v + 1 WHERE a > 0",
                      "ALTER TABLE spread DROP KEY uv",
                      "UPDATE spread SET v = v * 2",
                      "CREATE TABLE later (id BIGINT PRIMARY KEY)",
                      "INSERT INTO later SELECT a + 20000 FROM spread",
                      "RENAME TABLE none TO other",
                      "INSERT INTO other VALUES (1), (2), (3), (4)",
                      "DELETE FROM keyless LIMIT 1"));
      pipeline.awaitEqual("spread", "texts", "keyless", "later", "other");
      pipeline.mysql().run("TRUNCATE TABLE later", "INSERT INTO later VALUES (1), (2), (3)");
      pipeline.awaitEqual("later");
      try (TopicReader topic = stack.read(pipeline.topic("spread"))) {
        assertThat(topic.toEnd(Pipeline.LIMIT).stream().map(ConsumerRecord::partition).distinct())
            .containsExactlyInAnyOrder(0, 1, 2);
      }
    }
  }
}
