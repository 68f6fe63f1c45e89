package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.route.Router;
import io.dmconnect.sink.testing.TestDdl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DdlPlannerTest {
  private static final TableId SHARD = new TableId("db", "shard_1");
  private static final Router MERGING =
      new Router(
          List.of(
              new RouteRule(
                  "m",
                  NamePattern.of("db", false),
                  NamePattern.of("shard_*", false),
                  "db",
                  "merged",
                  List.of())));

  private static final Router PLAIN = new Router(List.of());

  private static DdlPlan plan(Router router, String sql) {
    return plan(new DdlPlanner(router, (source, table) -> false), SHARD, sql);
  }

  private static DdlPlan plan(DdlPlanner planner, TableId table, String sql) {
    return planner.plan(
        "src",
        new TestDdl("a", DdlKind.ALTER_TABLE, table, sql)
            .schemas(TestDdl.keyed(), TestDdl.keyed())
            .event());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE shard_1 TRUNCATE PARTITION p0",
        "ALTER TABLE `shard_1` truncate partition ALL",
        "ALTER TABLE shard_1 DROP PARTITION p0, p1",
        "ALTER TABLE shard_1 ALGORITHM=INPLACE, DROP PARTITION p0",
        "ALTER TABLE shard_1 LOCK = NONE, ALGORITHM = INPLACE, DROP PARTITION p0, p1",
        "ALTER TABLE shard_1 FORCE, TRUNCATE PARTITION p0",
        "ALTER TABLE shard_1 WITHOUT VALIDATION, TRUNCATE PARTITION p0"
      })
  void passesOverWhatEmptiesPartitionsOfAMergedTable(String sql) {
    DdlPlan plan = plan(MERGING, sql);
    assertThat(plan.skipped()).isEqualTo("other upstream tables go to db.merged, too");
    assertThat(plan.refused()).isNull();
    assertThat(plan.statements()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE shard_1 EXCHANGE PARTITION p0 WITH TABLE other",
        "ALTER TABLE shard_1 EXCHANGE PARTITION p0 WITH TABLE shard_2",
        "ALTER TABLE shard_1 ALGORITHM=INPLACE, EXCHANGE PARTITION p0 WITH TABLE db.shard_2",
        "ALTER TABLE shard_1 CONVERT PARTITION p0 TO TABLE shard_2",
        "ALTER TABLE shard_1 DISCARD PARTITION p0 TABLESPACE",
        "ALTER TABLE shard_1 IMPORT PARTITION p0 TABLESPACE",
        "ALTER TABLE shard_1 CONVERT PARTITION p0 TO TABLE other",
        "ALTER TABLE shard_1 CONVERT TABLE other TO PARTITION p9 VALUES LESS THAN (9)",
        "ALTER TABLE shard_1 ADD COLUMN b INT, DROP PARTITION p0"
      })
  void leavesToTheOperatorWhatMovesRowsOfAMergedTable(String sql) {
    DdlPlan plan = plan(MERGING, sql);
    assertThat(plan.refused()).contains("db.merged");
    assertThat(plan.skipped()).isNull();
    assertThat(plan.statements()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE shard_1 ADD PARTITION (PARTITION p9 VALUES LESS THAN (9))",
        "ALTER TABLE shard_1 REORGANIZE PARTITION p0 INTO (PARTITION p1 VALUES LESS THAN (9))",
        "ALTER TABLE shard_1 ADD COLUMN b INT, ADD INDEX (b)"
      })
  void carriesOutOnAMergedTableWhatLeavesItsRows(String sql) {
    DdlPlan plan = plan(MERGING, sql);
    assertThat(plan.skipped()).isNull();
    assertThat(plan.refused()).isNull();
    assertThat(plan.statements()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE shard_1 DISCARD TABLESPACE",
        "ALTER TABLE shard_1 IMPORT TABLESPACE",
        "ALTER TABLE shard_1 ALGORITHM=COPY, FORCE"
      })
  void leavesOutOfAMergedTablesStatementsWhatTiDbIsNotGiven(String sql) {
    DdlPlan plan = plan(MERGING, sql);
    assertThat(plan.skipped()).isNull();
    assertThat(plan.refused()).isNull();
    assertThat(plan.statements()).isEmpty();
    assertThat(plan.notes()).isNotEmpty();
  }

  @Test
  void carriesOutOnATableOfItsOwnWhatEmptiesPartitions() {
    DdlPlan plan = plan(PLAIN, "ALTER TABLE shard_1 TRUNCATE PARTITION p0");
    assertThat(plan.skipped()).isNull();
    assertThat(plan.statements()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE hist EXCHANGE PARTITION p0 WITH TABLE shard_1",
        "ALTER TABLE hist ALGORITHM=INPLACE, EXCHANGE PARTITION p0 WITH TABLE `db`.`shard_1`",
        "ALTER TABLE hist CONVERT TABLE shard_1 TO PARTITION p9 VALUES LESS THAN (9)",
        "ALTER TABLE hist CONVERT PARTITION p0 TO TABLE shard_1"
      })
  void leavesToTheOperatorWhatMovesAMergedTablesRowsToOrFromATableOfItsOwn(String sql) {
    TableId hist = new TableId("db", "hist");
    DdlPlan routed = plan(new DdlPlanner(MERGING, (source, table) -> false), hist, sql);
    assertThat(routed.refused()).contains("db.merged");
    assertThat(routed.statements()).isEmpty();

    DdlPlan grouped =
        plan(new DdlPlanner(PLAIN, (source, table) -> table.equals(SHARD)), hist, sql);
    assertThat(grouped.refused()).contains("db.shard_1");
    assertThat(grouped.statements()).isEmpty();

    DdlPlan own = plan(new DdlPlanner(PLAIN, (source, table) -> false), hist, sql);
    assertThat(own.refused()).isNull();
    assertThat(own.statements()).hasSize(1);
  }

  @Test
  void carriesOutOnATableOfItsOwnWhatEmptiesItsPartitionsBesideMergedTables() {
    DdlPlanner planner = new DdlPlanner(MERGING, (source, table) -> false);
    String sql = "ALTER TABLE hist ADD COLUMN b INT, DROP PARTITION p0";
    DdlPlan plan = plan(planner, new TableId("db", "hist"), sql);
    assertThat(plan.refused()).isNull();
    assertThat(plan.statements()).hasSize(1);
  }
}
