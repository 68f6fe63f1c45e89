package io.dmconnect.source;

import io.dmconnect.local.client.Sql;
import io.dmconnect.source.testing.SharedMysql;
import io.dmconnect.source.testing.TaskDriver;
import io.dmconnect.source.testing.Upstream;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A task that captures an empty schema, both of a test's own, on the MySQL that all classes of this
 * kind share. What a test opens is closed after it.
 */
@ExtendWith(SharedMysql.class)
abstract class TaskOnMysql {
  /** The configuration of topics with several partitions. */
  static final Map<String, String> SPREAD = Map.of("topic.partitions", "3");

  Upstream upstream;
  Sql sql;
  TaskDriver driver;

  @BeforeEach
  final void emptySchema(Upstream empty) {
    upstream = empty;
    sql = empty.sql();
    driver = empty.driver();
  }
}
