package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.RowLoader;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TaskDriver;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Many rows of a table go by LOAD DATA, with the outcome that an INSERT has. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class LoadDataIT {
  private static final String SCHEMA = "sinktask_load";
  private static final int ROWS = 300;
  private static final TableSchema KEYED = TestDdl.keyed();
  private static final TableSchema KEYLESS = TableSchema.of(KEYED.columns(), List.of());

  private final DevTiDb tidb = new DevTiDb();

  @BeforeEach
  void emptySchema() {
    tidb.drop(SCHEMA);
    tidb.run(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE " + SCHEMA + ".t (id INT PRIMARY KEY, name VARCHAR(9))",
        "CREATE TABLE " + SCHEMA + ".loaded LIKE " + SCHEMA + ".t",
        "CREATE TABLE " + SCHEMA + ".inserted LIKE " + SCHEMA + ".t",
        "CREATE TABLE " + SCHEMA + ".keyless (id INT, name VARCHAR(9))");
  }

  @AfterEach
  void dropSchema() {
    tidb.drop(SCHEMA);
  }

  private static TestTopic topic(String table, TableSchema schema) {
    return new TestTopic(new TableId(SCHEMA, table), schema);
  }

  private static TaskDriver driver(String... more) {
    return new TaskDriver(SCHEMA, more).with("writers", "1");
  }

  /** TiDB's statistics have no LOAD DATA, but INSERTs. */
  private List<String> inserts(String table) {
    return tidb.query(
        "SELECT DISTINCT stmt_type FROM information_schema.statements_summary WHERE digest_text"
            + " LIKE 'insert into `"
            + SCHEMA
            + "` . `"
            + table
            + "`%'");
  }

  @Test
  void manyRowsOfABatchAreLoaded() {
    TestTopic topic = topic("loaded", KEYED);
    for (int id = 0; id < ROWS; id++) {
      topic.insert(id, id % 2 == 0 ? null : "n\t" + id);
    }

    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(inserts("loaded")).isEmpty();
    assertThat(tidb.query("SELECT COUNT(*), COUNT(name), MAX(name) FROM " + SCHEMA + ".loaded"))
        .containsExactly(ROWS + "," + ROWS / 2 + ",n\t99");
  }

  @Test
  void rowsOfASnapshotReplaceThoseThatAreThere() {
    tidb.run("INSERT INTO " + SCHEMA + ".t VALUES (7, 'old'), (-1, 'other')");
    TestTopic topic = topic("t", KEYED);
    for (int id = 0; id < ROWS; id++) {
      topic.read(id, "n" + id);
    }

    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT name FROM " + SCHEMA + ".t WHERE id IN (-1, 7) ORDER BY id"))
        .containsExactly("other", "n7");
    assertThat(tidb.query("SELECT COUNT(*) FROM " + SCHEMA + ".t"))
        .containsExactly(String.valueOf(ROWS + 1));
  }

  @Test
  void rowsOfASnapshotThatAreThereAlreadyDoNoHarm() {
    tidb.run("INSERT INTO " + SCHEMA + ".t VALUES (7, 'n7'), (9, 'n9')");
    TestTopic topic = topic("t", KEYED);
    for (int id = 0; id < ROWS; id++) {
      topic.read(id, "n" + id);
    }

    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT COUNT(*), SUM(name = CONCAT('n', id)) FROM " + SCHEMA + ".t"))
        .containsExactly(ROWS + "," + ROWS);
  }

  @Test
  void rowsWithoutAKeyAreLoadedOnce() {
    TestTopic topic = topic("keyless", KEYLESS);
    for (int id = 0; id < ROWS; id++) {
      topic.insert(id % 3, "n");
    }

    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT COUNT(*) FROM " + SCHEMA + ".keyless"))
        .containsExactly(String.valueOf(ROWS));
  }

  @Test
  void aValueThatDoesNotFitIsReportedAndNotCut() {
    TestTopic topic = topic("t", KEYED);
    for (int id = 0; id < ROWS; id++) {
      topic.insert(id, id == 77 ? "much too long" : "n");
    }

    try (TaskDriver task = driver()) {
      assertThatThrownBy(() -> task.deliverAll(topic))
          .hasMessageContaining("DM-20010")
          .hasMessageContaining("the INSERT at offset 77 of topic src." + SCHEMA + ".t");
    }

    assertThat(tidb.query("SELECT COUNT(*) FROM " + SCHEMA + ".t WHERE name <> 'n'"))
        .containsExactly("0");
  }

  @Test
  void aValueThatDoesNotFitAmongMegabytesOfASnapshotIsReported() {
    tidb.run("CREATE TABLE " + SCHEMA + ".wide (id INT PRIMARY KEY, name TEXT)");
    TestTopic topic = topic("wide", KEYED);
    String big = "b".repeat(60_000);
    topic.read(0, "t".repeat(70_000));
    for (int id = 1; id < 100; id++) {
      topic.read(id, big);
    }

    try (TaskDriver task = driver()) {
      assertThatThrownBy(() -> task.deliverAll(topic))
          .hasMessageContaining("DM-20010")
          .hasMessageContaining("the READ at offset 0 of topic src." + SCHEMA + ".wide");
    }
  }

  @Test
  void aTableWithCheckConstraintsReportsTheRowThatBreaksOne() {
    tidb.run("SET GLOBAL tidb_enable_check_constraint = ON");
    try {
      tidb.run(
          "CREATE TABLE "
              + SCHEMA
              + ".checked (id INT PRIMARY KEY, name VARCHAR(9),"
              + " CHECK (name <> 'bad'))");
      TestTopic topic = topic("checked", KEYED);
      for (int id = 0; id < ROWS; id++) {
        topic.read(id, id == 99 ? "bad" : "n");
      }

      try (TaskDriver task = driver()) {
        assertThatThrownBy(() -> task.deliverAll(topic))
            .hasMessageContaining("the READ at offset 99 of topic src." + SCHEMA + ".checked");
      }
    } finally {
      tidb.run("SET GLOBAL tidb_enable_check_constraint = OFF");
    }
  }

  @Test
  void aConnectionThatIsLostMeanwhileIsReportedAsLost() throws SQLException {
    try (TargetPool pool = pool();
        Connection connection = pool.connection();
        Statement statement = connection.createStatement()) {
      RowLoader loader = new RowLoader(RowLoader.version(connection));
      long id = connectionId(statement);
      InputStream rows =
          new InputStream() {
            @Override
            public int read() {
              return -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
              tidb.run("KILL TIDB CONNECTION " + id);
              return -1;
            }
          };

      assertThatThrownBy(
              () ->
                  loader.load(
                      statement,
                      "LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + SCHEMA + ".keyless",
                      rows,
                      1,
                      false))
          .isInstanceOf(SQLException.class);
    }
  }

  private static long connectionId(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("SELECT CONNECTION_ID()")) {
      result.next();
      return result.getLong(1);
    }
  }

  @Test
  void rowsAreNotLoadedByAServerOfAnotherVersionThanTheOneTried() throws SQLException {
    try (TargetPool pool = pool();
        Connection connection = pool.connection();
        Statement statement = connection.createStatement()) {
      RowLoader loader = new RowLoader("8.0.11-TiDB-v7.1.0");

      assertThatThrownBy(
              () -> loader.load(statement, "LOAD …", InputStream.nullInputStream(), 1, false))
          .isInstanceOf(RowLoader.NotLoadedException.class)
          .hasMessageContaining("instead of 8.0.11-TiDB-v7.1.0");
    }
  }

  @Test
  void aNewRowThatIsThereAlreadyIsReportedAndNotLeftOut() {
    tidb.run("INSERT INTO " + SCHEMA + ".t VALUES (7, 'old')");
    TestTopic topic = topic("t", KEYED);
    for (int id = 0; id < ROWS; id++) {
      topic.insert(id, "n");
    }

    try (TaskDriver task = driver()) {
      assertThatThrownBy(() -> task.deliverAll(topic))
          .hasMessageContaining("DM-20010")
          .hasMessageContaining("the INSERT at offset 7 of topic src." + SCHEMA + ".t");
    }
  }

  @Test
  void nothingIsLoadedWhenThatIsTurnedOff() {
    TestTopic topic = topic("inserted", KEYED);
    for (int id = 0; id < ROWS; id++) {
      topic.insert(id, "n");
    }

    try (TaskDriver task = driver("load.data", "false")) {
      task.deliverAll(topic);
    }

    assertThat(inserts("inserted")).isNotEmpty();
    assertThat(tidb.query("SELECT COUNT(*) FROM " + SCHEMA + ".inserted"))
        .containsExactly(String.valueOf(ROWS));
  }

  @Test
  void theProbeFindsATargetThatRefusesItUnsafe() {
    try (TargetPool pool = pool("load.data", "false")) {
      Retry retry = new Retry(1000);
      MetaTables tables = new MetaTables(SCHEMA + "_meta");
      MetaSetup.ensure(pool, retry, tables);

      assertThat(LoadProbe.loader(pool, retry, tables)).isNull();
    }
  }

  @Test
  void theProbeFindsThisTargetSafeAndLeavesNothing() {
    try (TargetPool pool = pool()) {
      Retry retry = new Retry(1000);
      MetaTables tables = new MetaTables(SCHEMA + "_meta");
      MetaSetup.ensure(pool, retry, tables);

      assertThat(LoadProbe.loader(pool, retry, tables)).isNotNull();
      assertThat(tidb.query("SELECT * FROM " + tables.progress())).isEmpty();
    }
  }

  @Test
  void aServerThatAsksForAFileGetsNone() throws SQLException {
    try (TargetPool pool = pool();
        Connection connection = pool.connection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE "
                          + SCHEMA
                          + ".keyless (name)"))
          .isInstanceOf(SQLException.class);
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".keyless")).isEmpty();
  }

  private static TargetPool pool(String... more) {
    Map<String, String> props = new HashMap<>();
    props.put("name", SCHEMA);
    props.put("connection.url", DevTiDb.url());
    props.put("connection.username", "root");
    for (int i = 0; i < more.length; i += 2) {
      props.put(more[i], more[i + 1]);
    }

    return new TargetPool(new TiDbSinkConfig(props).target(2), "load-data-test");
  }
}
