package io.dmconnect.it;

import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
}
