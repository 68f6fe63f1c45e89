package io.dmconnect.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.source.testing.TaskDriver;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/** A task on a worker that writes no transactions. */
class RequiredTransactionsTest {

  @Test
  void requiredTransactionsOfItsOwnThatTheWorkerDoesNotWriteStopTheTask() {
    try (TaskDriver driver =
        new TaskDriver(
            Map.of(
                "name", "c",
                "topic.prefix", "s1",
                "database.hostname", "localhost",
                "database.port", "1",
                "database.user", "u",
                "database.password", "",
                "database.server.id", "7",
                "exactly.once.support", "required",
                "transaction.boundary", "connector"))) {
      assertThatThrownBy(driver::start)
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("DM-10108")
          .hasMessageContaining("exactly.once.support is required");
    }
  }
}
