package io.dmconnect.model.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinlogEventFilterTest {
  private static final TableId TABLE = new TableId("db", "t1");

  @ParameterizedTest
  @CsvSource({
    // events, action, event, result
    "insert, ignore, insert, ignore",
    "insert, ignore, update, do",
    "insert, do, insert, do",
    "insert, do, update, ignore",
    "insert, error, insert, error",
    "insert, error, update, do",
    "all, ignore, truncate table, ignore",
    "all dml, ignore, delete, ignore",
    "all dml, ignore, add column, do",
    "all ddl, ignore, add column, ignore",
    "all ddl, ignore, create table, ignore",
    "all ddl, ignore, delete, do",
    "'none dml, all', do, insert, ignore",
    "'none dml, all', do, create table, do",
    "'all dml, none', do, create table, ignore",
    "none ddl, do, create table, ignore",
    "incompatible ddl changes, ignore, drop column, ignore",
    "incompatible ddl changes, ignore, create table, do",
    "incompatible ddl changes, ignore, add column, do",
    "'incompatible DDL changes', ignore, drop table, ignore",
    "drop schema, ignore, drop database, ignore",
  })
  void judgesByTheEventsKind(String events, String action, String event, String result) {
    BinlogEventFilter filter = filter("db", "t*", "events", events, "action", action);

    assertThat(filter.judgeDdl(TABLE, List.of(EventSelector.of(event).event()), "x"))
        .isEqualTo(action(result));
  }

  @ParameterizedTest
  @CsvSource({
    "^DROP\\s+PROCEDURE, ignore, drop  procedure p, ignore",
    "^DROP\\s+PROCEDURE, ignore, CREATE TABLE t (a int), do",
    "add|drop, error, ALTER TABLE t ADD a int, error",
  })
  void judgesByTheStatementsText(String pattern, String action, String sql, String result) {
    BinlogEventFilter filter = filter("db", "t*", "sql-pattern", pattern, "action", action);

    assertThat(filter.judgeDdl(TABLE, List.of(BinlogEvent.ALTER_TABLE), sql))
        .isEqualTo(action(result));
  }

  @Test
  void judgesAnUnclassifiedStatementByItsTextOnly() {
    BinlogEventFilter filter =
        filter("db", "t*", "events", "all", "sql-pattern", "analyze", "action", "ignore");

    assertThat(filter.judgeDdl(TABLE, List.of(), "ANALYZE TABLE t1"))
        .isEqualTo(FilterAction.IGNORE);
    assertThat(filter.judgeDdl(TABLE, List.of(), "OPTIMIZE TABLE t1")).isEqualTo(FilterAction.DO);
  }

  @Test
  void letsThroughTablesThatNoRuleIsAbout() {
    BinlogEventFilter filter = filter("db", "t*", "events", "all", "action", "ignore");

    assertThat(filter.judgeRows(new TableId("db", "u"), BinlogEvent.INSERT))
        .isEqualTo(FilterAction.DO);
    assertThat(filter.judgeRows(new TableId("db2", "t1"), BinlogEvent.INSERT))
        .isEqualTo(FilterAction.DO);
  }

  @Test
  void appliesASchemaRuleToAllItsTables() {
    BinlogEventFilter filter = filter("db", null, "events", "delete", "action", "ignore");

    assertThat(filter.judgeRows(new TableId("db", "any"), BinlogEvent.DELETE))
        .isEqualTo(FilterAction.IGNORE);
  }

  @Test
  void reportsMistakesOnTheirKeys() {
    List<ConfigProblem> problems = new ArrayList<>();
    Map<String, String> props = new TreeMap<>();
    props.put("filters", "a,b");
    props.put("filters.a.schema-pattern", "db");
    props.put("filters.a.action", "ignore");
    props.put("filters.b.schema-pattern", "db");
    props.put("filters.b.events", "insert, upsert");
    props.put("filters.b.action", "skip");
    FilterRules.parse(props, false, problems::add);

    assertThat(problems)
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder("filters.a.events", "filters.b.events", "filters.b.action");
    assertThat(problems)
        .extracting(ConfigProblem::message)
        .anyMatch(message -> message.contains("'upsert'"))
        .anyMatch(message -> message.contains("one of do, ignore, error"));
  }

  @Test
  void knowsDmsNameOfEveryEvent() {
    for (BinlogEvent event : BinlogEvent.values()) {
      assertThat(EventSelector.of(event.eventName()).event()).isEqualTo(event);
    }
  }

  private static BinlogEventFilter filter(String schema, String table, String... fields) {
    Map<String, String> props = new TreeMap<>();
    props.put("filters", "f");
    props.put("filters.f.schema-pattern", schema);
    if (table != null) {
      props.put("filters.f.table-pattern", table);
    }

    for (int i = 0; i < fields.length; i += 2) {
      props.put("filters.f." + fields[i], fields[i + 1]);
    }

    List<ConfigProblem> problems = new ArrayList<>();
    List<FilterRule> rules = FilterRules.parse(props, false, problems::add);
    assertThat(problems).isEmpty();
    return new BinlogEventFilter(rules);
  }

  private static FilterAction action(String name) {
    return FilterAction.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
