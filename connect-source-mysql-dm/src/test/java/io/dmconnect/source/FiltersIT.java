package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.isRow;
import static io.dmconnect.source.testing.Upstream.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.testing.Records;
import io.dmconnect.source.testing.Upstream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Binlog event filters, and events that are refused, on a real binlog. */
class FiltersIT extends TaskOnMysql {
  @BeforeEach
  void makeTables() {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT, j JSON)", "CREATE TABLE u LIKE t");
  }

  private static Map<String, String> rule(String name, String... keysAndValues) {
    Map<String, String> config = new HashMap<>();
    config.put("filters", name);
    config.put("filters." + name + ".schema-pattern", Upstream.SCHEMA);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config.put("filters." + name + "." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return config;
  }

  private List<SourceRecord> run(Map<String, String> config, String... statements)
      throws InterruptedException {
    upstream.startStreaming(config);
    sql.run(statements).run("INSERT INTO beat VALUES (77)");
    List<SourceRecord> records = upstream.driver().until(isRow("c", 77));
    return records.subList(0, records.size() - 1);
  }

  @Test
  void deletesOfOneTableAreLeftOut() throws Exception {
    List<SourceRecord> records =
        run(
            rule("f", "table-pattern", "t", "events", "delete", "action", "ignore"),
            "INSERT INTO t (id) VALUES (1), (2)",
            "INSERT INTO u (id) VALUES (1)",
            "DELETE FROM t",
            "DELETE FROM u");

    assertThat(records)
        .extracting(r -> r.topic() + " " + Records.op(r))
        .containsExactly(
            topic("t") + " c", topic("t") + " c", topic("u") + " c", topic("u") + " d");
  }

  @Test
  void schemaChangesOfAKindAreKeptFromTheTopicButCountForTheRows() throws Exception {
    List<SourceRecord> records =
        run(
            rule("f", "events", "truncate table,drop column", "action", "ignore"),
            "INSERT INTO t (id, v) VALUES (1, 1)",
            "TRUNCATE TABLE t",
            "ALTER TABLE t DROP COLUMN v",
            "INSERT INTO t (id, j) VALUES (2, '{}')",
            "ALTER TABLE t ADD COLUMN w INT",
            "INSERT INTO t (id, w) VALUES (3, 3)");

    assertThat(records.stream().filter(Records::isDdlRecord).map(Records::ddlText))
        .containsExactly("s1.src.t ALTER_TABLE t");
    assertThat(records).filteredOn(isRow("c", 2).or(isRow("c", 3))).hasSize(2);
  }

  @Test
  void statementsAreLeftOutByTheirText() throws Exception {
    List<SourceRecord> records =
        run(
            rule("f", "sql-pattern", "^ALTER TABLE u ", "action", "ignore"),
            "ALTER TABLE t ADD COLUMN w INT",
            "ALTER TABLE u ADD COLUMN w INT");

    assertThat(records.stream().filter(Records::isDdlRecord).map(Records::ddlText))
        .containsExactly("s1.src.t ALTER_TABLE t");
  }

  @Test
  void onlyWhatARuleLetsThroughGoesOn() throws Exception {
    List<SourceRecord> records =
        run(
            rule("f", "table-pattern", "t", "events", "insert", "action", "do"),
            "INSERT INTO t (id) VALUES (1)",
            "UPDATE t SET v = 1",
            "DELETE FROM t",
            "UPDATE u SET v = 1");

    assertThat(records).extracting(Records::op).containsExactly("c");
  }

  @Test
  void anErrorRuleStopsTheTaskWithTheStatement() throws Exception {
    upstream.startStreaming(rule("f", "events", "drop table", "action", "error"));

    sql.run("DROP TABLE u");

    assertThat(upstream.driver().untilFailure())
        .hasMessageContaining("DM-10409")
        .hasMessageContaining("DROP TABLE");
  }

  @Test
  void jsonDifferencesAreRefused() throws Exception {
    sql.run("INSERT INTO t (id, j) VALUES (1, '{\"a\": \"some text that is long enough\"}')");
    upstream.startStreaming(Map.of());

    sql.run(
        "SET SESSION binlog_row_value_options = PARTIAL_JSON",
        "UPDATE t SET j = JSON_SET(j, '$.a', 'x')");

    assertThat(upstream.driver().untilFailure())
        .hasMessageContaining("DM-10302")
        .hasMessageContaining("src.t");
  }

  @Test
  void jsonDifferencesOfTablesThatAreNotCapturedStopNothing() throws Exception {
    sql.run("INSERT INTO u (id, j) VALUES (1, '{\"a\": \"some text that is long enough\"}')");

    List<SourceRecord> records =
        run(
            Map.of("ignore-tables", "src.u"),
            "SET SESSION binlog_row_value_options = PARTIAL_JSON",
            "UPDATE u SET j = JSON_SET(j, '$.a', 'x')",
            "SET SESSION binlog_row_value_options = ''");

    assertThat(records).isEmpty();
  }
}
