package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TaskDriver;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Many partitions of one task that stand at schema changes at the same time. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class WaitingChangesIT {
  private static final String SCHEMA = "sinktask_waiting";
  private static final TableId T = new TableId(SCHEMA, "t");

  /** More than a task has threads. */
  private static final int TOPICS = 60;

  private final DevTiDb tidb = new DevTiDb();

  @BeforeEach
  @AfterEach
  void dropSchemas() {
    tidb.drop(SCHEMA);
  }

  @Test
  void theFirstOfManyTopicsRunsTheChangeThatTheOthersWaitFor() {
    List<TableId> tables =
        IntStream.range(100, 100 + TOPICS).mapToObj(i -> new TableId(SCHEMA, "p" + i)).toList();
    DdlEvent create =
        new TestDdl(
                "create",
                DdlKind.CREATE_TABLE,
                T,
                "CREATE TABLE `t` (`id` int NOT NULL, `name` varchar(50), PRIMARY KEY (`id`))")
            .schemas(null, TestDdl.keyed())
            .participants(tables)
            .event();
    TestTopic[] topics =
        tables.stream()
            .map(table -> new TestTopic(table, TestDdl.keyed()))
            .toArray(TestTopic[]::new);
    for (TestTopic topic : topics) {
      topic.ddl(create);
    }

    try (TaskDriver task = new TaskDriver(SCHEMA).with("topics.regex", "src\\..*")) {
      task.deliverAll(topics);
    }

    assertThat(tidb.query("SELECT state FROM " + SCHEMA + "_meta.ddl_ledger"))
        .containsExactly("done");
    assertThat(tidb.query("SHOW TABLES FROM " + SCHEMA)).containsExactly("t");
  }
}
