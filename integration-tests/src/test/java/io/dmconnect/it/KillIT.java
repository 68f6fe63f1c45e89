package io.dmconnect.it;

import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.ConnectWorker;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that are killed with SIGKILL lose nothing and repeat nothing. */
@ExtendWith(TestStack.class)
class KillIT {
  private static final String NUMBERS =
      "WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 30000)"
          + " SELECT n, n * 7919 % 10007, CONCAT('row ', n) FROM s";

  private enum Half {
    SOURCE,
    SINK
  }

  private final LocalStack stack;

  KillIT(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void duringTheSnapshot() {
    try (Pipeline pipeline = pipeline("killsnapshot")) {
      pipeline.source("snapshot.chunk.rows", "500").start();
      awaitSomeRows(pipeline, "keyed");
      kill(workerOf(pipeline, pipeline.sourceName()));
      pipeline.mysql().run("UPDATE keyed SET v = v + 1 WHERE id % 3 = 0");
      pipeline.awaitEqual("keyed", "keyless");
      pipeline.mysql().run("DELETE FROM keyless WHERE id % 2 = 0", "DELETE FROM keyed");
      pipeline.awaitEqual("keyed", "keyless");
    }
  }

  @ParameterizedTest
  @EnumSource
  void duringStreaming(Half half) {
    try (Pipeline pipeline = pipeline("killstream" + half.name().toLowerCase(Locale.ROOT))) {
      pipeline.start().awaitEqual("keyed", "keyless");
      pipeline
          .mysql()
          .run(
              "UPDATE keyed SET v = v + 1",
              "INSERT INTO keyless SELECT id + 100000, v, s FROM keyless",
              "UPDATE keyed SET id = -id WHERE id % 2 = 1");
      awaitChange(pipeline);
      kill(workerOf(pipeline, half == Half.SOURCE ? pipeline.sourceName() : pipeline.sinkName()));
      pipeline
          .mysql()
          .run(
              "ALTER TABLE keyed ADD COLUMN extra INT DEFAULT 3",
              "DELETE FROM keyless WHERE id % 5 = 0",
              "UPDATE keyed SET extra = v WHERE id > 0");
      pipeline.awaitEqual("keyed", "keyless");
    }
  }

  private Pipeline pipeline(String name) {
    Pipeline pipeline = new Pipeline(stack, name);
    pipeline
        .mysql()
        .run(
            "SET SESSION cte_max_recursion_depth = 1000000",
            "CREATE TABLE keyed (id INT PRIMARY KEY, v INT, s VARCHAR(40))",
            "CREATE TABLE keyless (id INT, v INT, s VARCHAR(40))",
            "INSERT INTO keyed " + NUMBERS,
            "INSERT INTO keyless SELECT * FROM keyed WHERE id <= 400");
    return pipeline;
  }

  private static void awaitSomeRows(Pipeline pipeline, String table) {
    Await.until(
        "the first rows of " + table,
        Pipeline.LIMIT,
        () ->
            pipeline.tidb().number("SELECT COUNT(*) FROM `" + pipeline.database() + "`." + table)
                > 0);
  }

  private static void awaitChange(Pipeline pipeline) {
    Await.until(
        "the first changed rows",
        Pipeline.LIMIT,
        () ->
            pipeline
                    .tidb()
                    .number(
                        "SELECT COUNT(*) FROM `"
                            + pipeline.database()
                            + "`.keyless WHERE id > 100000")
                > 0);
  }

  private ConnectWorker workerOf(Pipeline pipeline, String connector) {
    return stack.connect().worker(pipeline.rest().status(connector).tasks().get(0).worker());
  }

  private void kill(ConnectWorker worker) {
    worker.kill9();
    stack.addWorker();
  }
}
