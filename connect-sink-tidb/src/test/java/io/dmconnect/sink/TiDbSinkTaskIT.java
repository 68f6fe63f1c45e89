package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TaskDriver;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class TiDbSinkTaskIT {
  private static final String SCHEMA = "sinktask_rows";
  private static final TableSchema KEYED = TestDdl.keyed();
  private static final TableSchema KEYLESS = TableSchema.of(KEYED.columns(), List.of());

  private final DevTiDb tidb = new DevTiDb();

  @BeforeEach
  void emptySchema() {
    tidb.drop(SCHEMA);
    tidb.run(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE " + SCHEMA + ".t (id INT PRIMARY KEY, name VARCHAR(50))",
        "CREATE TABLE " + SCHEMA + ".keyless (id INT, name VARCHAR(50))");
  }

  @AfterEach
  void dropSchema() {
    tidb.drop(SCHEMA);
  }

  private static TestTopic topic(String table, TableSchema schema) {
    return new TestTopic(new TableId(SCHEMA, table), schema);
  }

  private static TaskDriver driver(String... more) {
    return new TaskDriver(SCHEMA, more);
  }

  @Test
  void appliesInsertsUpdatesAndDeletes() {
    TestTopic topic = topic("t", KEYED);
    topic.insert(1, "a");
    topic.insert(2, "b");
    topic.insert(3, "c");
    topic.update(new Object[] {2, "b"}, 2, "B");
    topic.delete(3, "c");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".t ORDER BY id"))
        .containsExactly("1,a", "2,B");
  }

  @Test
  void anAccountWithoutCreateUsesTheTablesThatADbaMade() {
    String account = "'sinktask_poor'@'%'";
    new MetaTables(SCHEMA + "_meta").createStatements().forEach(tidb::run);
    tidb.run(
        "DROP USER IF EXISTS " + account,
        "CREATE USER " + account,
        "GRANT SELECT, INSERT, UPDATE, DELETE ON " + SCHEMA + ".* TO " + account,
        "GRANT SELECT, INSERT, UPDATE, DELETE ON " + SCHEMA + "_meta.* TO " + account);
    TestTopic topic = topic("t", KEYED);
    topic.insert(1, "a");
    try (TaskDriver task = driver("connection.username", "sinktask_poor")) {
      task.deliverAll(topic);
    } finally {
      tidb.run("DROP USER " + account);
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".t")).containsExactly("1,a");
  }

  @Test
  void refusesAJsonDocumentWithANumberThatTiDbWouldRound() {
    tidb.run("CREATE TABLE " + SCHEMA + ".j (id INT PRIMARY KEY, doc JSON)");
    TableSchema schema =
        TableSchema.of(
            List.of(
                ColumnSchema.of("id", ColumnType.of("int"), false),
                ColumnSchema.of("doc", ColumnType.of("json"), true)),
            KEYED.indexes());
    TestTopic topic = topic("j", schema);
    topic.insert(1, "{\"a\": 0.1}");
    topic.insert(2, "{\"a\": 1.12345678901234567890}");
    try (TaskDriver task = driver()) {
      assertThatThrownBy(() -> task.deliverAll(topic))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("DM-20013")
          .hasMessageContaining("offset 1 of topic src." + SCHEMA + ".j")
          .hasMessageContaining("column doc")
          .hasMessageContaining("LONGTEXT");
    }

    tidb.run("ALTER TABLE " + SCHEMA + ".j MODIFY doc LONGTEXT");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT doc FROM " + SCHEMA + ".j WHERE id = 2"))
        .containsExactly("{\"a\": 1.12345678901234567890}");
  }

  @Test
  void goesOnAfterARestartWithoutApplyingRowsAgain() {
    TestTopic topic = topic("keyless", KEYLESS);
    topic.insert(1, "a");
    topic.insert(1, "a");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    topic.insert(2, "b");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".keyless ORDER BY id"))
        .containsExactly("1,a", "1,a", "2,b");
  }

  @Test
  void aSnapshotsRowTakesThePlaceOfARowThatIsThere() {
    tidb.run("INSERT INTO " + SCHEMA + ".t VALUES (2, 'old')");
    TestTopic topic = topic("t", KEYED);
    topic.read(1, "a");
    topic.read(2, "b");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".t ORDER BY id"))
        .containsExactly("1,a", "2,b");
  }

  @Test
  void spreadsRowsWhoseKeysItCannotRead() {
    TestTopic topic = topic("made", KEYED).withOpaqueKeys();
    TableId table = new TableId(SCHEMA, "made");
    String create = "CREATE TABLE made (id INT PRIMARY KEY, name VARCHAR(50))";
    topic.ddl(new TestDdl("1", DdlKind.CREATE_TABLE, table, create).schemas(null, KEYED).event());
    topic.insert(1, "a");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT DISTINCT LEFT(layout, 4) FROM " + SCHEMA + "_meta.sink_progress"))
        .contains("key:");
  }

  @Test
  void skipsWhatAKilledSourceSendsAgain() {
    TestTopic topic = topic("keyless", KEYLESS);
    topic.again(topic.insert(1, "a"));
    topic.again(topic.from(0).get(0));
    topic.insert(2, "b");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".keyless ORDER BY id"))
        .containsExactly("1,a", "2,b");
  }

  @Test
  void refusesATopicThatWasMadeAgain() {
    TestTopic topic = topic("t", KEYED);
    topic.insert(1, "a");
    topic.insert(2, "b");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    TestTopic recreated = topic("t", KEYED);
    recreated.read(7, "x");
    recreated.read(8, "y");
    try (TaskDriver task = driver()) {
      assertThatThrownBy(() -> task.deliverAll(recreated))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("DM-20006");
    }
  }

  @Test
  void appliesATopicThatWasMadeAgainFromItsFirstRecordWhenAskedTo() {
    TestTopic topic = topic("t", KEYED);
    topic.insert(1, "a");
    topic.insert(2, "b");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    TestTopic recreated = topic("t", KEYED);
    recreated.read(7, "x");
    recreated.read(8, "y");
    try (TaskDriver task = driver("topic.recreated", "apply")) {
      task.deliverAll(recreated);
    }

    assertThat(tidb.query("SELECT id FROM " + SCHEMA + ".t ORDER BY id"))
        .containsExactly("1", "2", "7", "8");
  }

  @Test
  void stopsATaskWhosePartitionAnotherOneTookOver() {
    TestTopic topic = topic("t", KEYED);
    topic.insert(1, "a");
    try (TaskDriver first = driver();
        TaskDriver second = driver()) {
      first.deliverAll(topic);
      second.deliverAll(topic);
      topic.insert(2, "b");
      assertThatThrownBy(() -> first.deliverAll(topic)).hasMessageContaining("DM-20004");
      second.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".t ORDER BY id"))
        .containsExactly("1,a", "2,b");
  }

  @Test
  void reportsARowTheTargetRefusesAndAppliesTheOthers() {
    tidb.run("ALTER TABLE " + SCHEMA + ".t MODIFY name VARCHAR(2)");
    TestTopic topic = topic("t", KEYED);
    topic.insert(1, "a");
    topic.insert(2, "too long");
    topic.insert(3, "c");
    try (TaskDriver task = driver()) {
      task.reportErrantRecords();
      task.deliverAll(topic);
      assertThat(task.errantOffsets()).containsExactly(1L);
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".t ORDER BY id"))
        .containsExactly("1,a", "3,c");
  }

  @Test
  void failsWithoutReporterNamingTheRefusal() {
    tidb.run("ALTER TABLE " + SCHEMA + ".t MODIFY name VARCHAR(2)");
    TestTopic topic = topic("t", KEYED);
    topic.insert(1, "a");
    topic.insert(2, "too long");
    try (TaskDriver task = driver()) {
      assertThatThrownBy(() -> task.deliverAll(topic))
          .hasMessageContaining("DM-20010")
          .hasMessageContaining("the INSERT at offset 1 of topic src." + SCHEMA + ".t");
    }
  }

  @Test
  void holdsBackOnlyTheTableAtFaultWhenAskedTo() {
    tidb.run("DROP TABLE " + SCHEMA + ".t");
    TestTopic broken = topic("t", KEYED);
    broken.insert(1, "a");
    TestTopic good = topic("keyless", KEYLESS);
    good.insert(1, "a");
    try (TaskDriver task = driver("errors.isolate.table", "true")) {
      task.open(broken, good);
      task.put(broken.from(0));
      task.deliverAll(good);
      assertThat(task.context().paused()).contains(broken.partition());
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".keyless")).containsExactly("1,a");
  }
}
