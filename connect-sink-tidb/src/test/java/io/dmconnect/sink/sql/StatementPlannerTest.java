package io.dmconnect.sink.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dmconnect.model.event.Op;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.sink.merge.NetEffect;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.table.TargetColumn;
import io.dmconnect.sink.testing.TestTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatementPlannerTest {
  private static final ColumnType INT = ColumnType.of("int");
  private static final String ON_DUPLICATE = " ON DUPLICATE KEY UPDATE ";

  private static final TestTable KEYED =
      TestTable.define().column("id", INT).column("v", INT, true).primaryKey("id").build();
  private static final TestTable UNIQUE =
      TestTable.define()
          .column("id", INT)
          .column("u", INT, true)
          .column("v", INT, true)
          .primaryKey("id")
          .uniqueKey("u", "u")
          .build();
  private static final TestTable KEYLESS =
      TestTable.define().column("a", INT, true).column("b", INT, true).build();
  private static final TestTable REKEYED =
      TestTable.define().column("id", INT).column("k", INT).targetPrimaryKey("k").build();

  static Stream<Arguments> netEffects() {
    return Stream.of(
        batch("nothing", List.of()),
        batch(
            "inserts share a statement",
            List.of(KEYED.insert(1, 10), KEYED.insert(2, null)),
            "INSERT INTO `d`.`t` (`id`,`v`) VALUES (1,10),(2,NULL)"),
        batch(
            "insert and update make an insert",
            List.of(KEYED.insert(1, 10), update(KEYED, 1, 10, 11)),
            "INSERT INTO `d`.`t` (`id`,`v`) VALUES (1,11)"),
        batch(
            "a row that came and went leaves nothing",
            List.of(KEYED.insert(1, 10), KEYED.delete(1, 10))),
        batch(
            "a row that may have been there and went is deleted",
            List.of(safe(KEYED, Op.CREATE, null, row(1, 10)), KEYED.delete(1, 10)),
            "DELETE FROM `d`.`t` WHERE `id` IN (1)"),
        batch(
            "a row that came and went, the second time perhaps before, is deleted",
            List.of(KEYED.insert(1, 10), safe(KEYED, Op.DELETE, row(1, 10), null)),
            "DELETE FROM `d`.`t` WHERE `id` IN (1)"),
        batch(
            "updates of one row make one",
            List.of(update(KEYED, 1, 10, 11), update(KEYED, 1, 11, 12)),
            "INSERT INTO `d`.`t` (`id`,`v`) VALUES (1,12)" + ON_DUPLICATE + "`v`=VALUES(`v`)"),
        batch(
            "update and delete make a delete",
            List.of(update(KEYED, 1, 10, 11), KEYED.delete(1, 11)),
            "DELETE FROM `d`.`t` WHERE `id` IN (1)"),
        batch(
            "delete and insert replace the row",
            List.of(KEYED.delete(1, 10), KEYED.insert(1, 11)),
            "REPLACE INTO `d`.`t` (`id`,`v`) VALUES (1,11)"),
        batch(
            "deletes come first",
            List.of(KEYED.insert(1, 1), update(KEYED, 2, 2, 3), KEYED.delete(3, 3)),
            "DELETE FROM `d`.`t` WHERE `id` IN (3)",
            "INSERT INTO `d`.`t` (`id`,`v`) VALUES (1,1)",
            "INSERT INTO `d`.`t` (`id`,`v`) VALUES (2,3)" + ON_DUPLICATE + "`v`=VALUES(`v`)"),
        batch(
            "snapshot rows replace",
            List.of(KEYED.read(1, 1), KEYED.read(2, 2)),
            "REPLACE INTO `d`.`t` (`id`,`v`) VALUES (1,1),(2,2)"),
        batch(
            "safe updates replace",
            List.of(safe(KEYED, Op.UPDATE, row(1, 1), row(1, 2))),
            "REPLACE INTO `d`.`t` (`id`,`v`) VALUES (1,2)"),
        batch(
            "an update that keeps the unique key is guarded against another row's",
            List.of(UNIQUE.update(row(1, 5, 0), row(1, 5, 1))),
            "INSERT INTO `d`.`t` (`id`,`u`,`v`) VALUES (1,5,1)"
                + ON_DUPLICATE
                + "`id`=IF(`id`<=>VALUES(`id`),`id`,NULL),`u`=VALUES(`u`),`v`=VALUES(`v`)"),
        batch(
            "unique values are swapped through deletes",
            List.of(
                UNIQUE.update(row(1, 5, 0), row(1, null, 0)),
                UNIQUE.update(row(2, 6, 0), row(2, 5, 0)),
                UNIQUE.update(row(1, null, 0), row(1, 6, 0))),
            "DELETE FROM `d`.`t` WHERE `id` IN (1,2)",
            "INSERT INTO `d`.`t` (`id`,`u`,`v`) VALUES (1,6,0),(2,5,0)"),
        batch(
            "a unique value that changes and changes back needs no delete",
            List.of(
                UNIQUE.update(row(1, 5, 0), row(1, 6, 0)),
                UNIQUE.update(row(1, 6, 0), row(1, 5, 1))),
            "INSERT INTO `d`.`t` (`id`,`u`,`v`) VALUES (1,5,1)"
                + ON_DUPLICATE
                + "`id`=IF(`id`<=>VALUES(`id`),`id`,NULL),`u`=VALUES(`u`),`v`=VALUES(`v`)"),
        batch(
            "a replaced row of a table with more unique keys is deleted and inserted",
            List.of(UNIQUE.delete(1, 5, 0), UNIQUE.insert(1, 5, 1)),
            "DELETE FROM `d`.`t` WHERE `id` IN (1)",
            "INSERT INTO `d`.`t` (`id`,`u`,`v`) VALUES (1,5,1)"),
        batch(
            "a chain of changes of the target's key",
            List.of(
                REKEYED.update(row(7, 1), row(7, 9)),
                REKEYED.update(row(8, 2), row(8, 1)),
                REKEYED.update(row(7, 9), row(7, 2))),
            "REPLACE INTO `d`.`t` (`id`,`k`) VALUES (8,1),(7,2)"),
        batch(
            "rows of keyless tables keep their order",
            List.of(
                KEYLESS.insert(1, 1),
                KEYLESS.insert(1, 1),
                KEYLESS.delete(1, 1),
                KEYLESS.update(row(1, 1), Arrays.asList(1, null)),
                KEYLESS.insert(2, 2)),
            "INSERT INTO `d`.`t` (`a`,`b`) VALUES (1,1),(1,1)",
            "DELETE FROM `d`.`t` WHERE `a`<=>1 AND `b`<=>1 LIMIT 1",
            "UPDATE `d`.`t` SET `a`=1,`b`=NULL WHERE `a`<=>1 AND `b`<=>1 LIMIT 1",
            "INSERT INTO `d`.`t` (`a`,`b`) VALUES (2,2)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("netEffects")
  void plansTheNetEffect(String what, List<RowChange> changes, List<String> statements) {
    assertThat(plan(changes, PlanLimits.DEFAULT)).as(what).isEqualTo(statements);
  }

  @Test
  void compositeKeysAreComparedAsRows() {
    TestTable table =
        TestTable.define().column("a", INT).column("b", INT).primaryKey("a", "b").build();

    assertThat(plan(List.of(table.delete(1, 2), table.delete(3, 4)), PlanLimits.DEFAULT))
        .containsExactly("DELETE FROM `d`.`t` WHERE (`a`,`b`) IN ((1,2),(3,4))");
  }

  @Test
  void tablesOfKeyColumnsOnlyAreUpdatedToThemselves() {
    TestTable table = TestTable.define().column("a", INT).primaryKey("a").build();

    assertThat(plan(List.of(table.update(row(1), row(1))), PlanLimits.DEFAULT))
        .containsExactly("INSERT INTO `d`.`t` (`a`) VALUES (1)" + ON_DUPLICATE + "`a`=VALUES(`a`)");
  }

  @Test
  void statementsEndAtTheRowLimit() {
    List<RowChange> changes =
        List.of(KEYED.insert(1, 1), KEYED.insert(2, 2), KEYED.insert(3, 3), KEYED.insert(4, 4));

    assertThat(plan(changes, new PlanLimits(2, 10_000, 32)))
        .containsExactly(
            "INSERT INTO `d`.`t` (`id`,`v`) VALUES (1,1),(2,2)",
            "INSERT INTO `d`.`t` (`id`,`v`) VALUES (3,3),(4,4)");
  }

  @Test
  void statementsEndBeforeTheByteLimit() {
    String two = "INSERT INTO `d`.`t` (`id`,`v`) VALUES (1,1),(2,2)";
    List<RowChange> changes = List.of(KEYED.insert(1, 1), KEYED.insert(2, 2), KEYED.insert(3, 3));

    assertThat(plan(changes, new PlanLimits(100, two.length(), 32)))
        .containsExactly(two, "INSERT INTO `d`.`t` (`id`,`v`) VALUES (3,3)");
    assertThat(plan(changes, new PlanLimits(100, two.length() - 1, 32))).hasSize(3);
  }

  @Test
  void aSecondInsertOfAKeyWaitsForTheNextBatch() {
    NetEffect effect = new NetEffect();

    assertThat(effect.tryAdd(KEYED.insert(1, 1))).isTrue();
    assertThat(effect.tryAdd(KEYED.insert(1, 2))).isFalse();
    assertThat(effect.changes()).isEqualTo(1);
    effect.clear();
    assertThat(effect.tryAdd(KEYED.insert(1, 2))).isTrue();
  }

  @Test
  void aRepeatedChangeWaitsForTheNextBatchWhereUniqueKeysCouldCollide() {
    NetEffect effect = new NetEffect();

    assertThat(effect.tryAdd(UNIQUE.insert(1, 5, 0))).isTrue();
    assertThat(effect.tryAdd(UNIQUE.read(2, 5, 0))).isFalse();
    effect.clear();
    assertThat(effect.tryAdd(KEYED.insert(1, 0))).isTrue();
    assertThat(effect.tryAdd(KEYED.read(2, 0))).isTrue();
  }

  @Test
  void targetColumnsTheRecordLacksAreLeftOut() {
    TestTable table =
        TestTable.define()
            .column("id", INT)
            .targetColumn(
                new TargetColumn("x", "int", false, true, false, true, false, null, null, -1))
            .targetColumn(
                new TargetColumn(
                    "source", "varchar", false, true, false, true, false, null, null, -1))
            .primaryKey("id")
            .build(Map.of("source", "it's"));

    assertThat(plan(List.of(table.insert(1)), PlanLimits.DEFAULT))
        .containsExactly("INSERT INTO `d`.`t` (`id`,`source`) VALUES (1,'it''s')");
  }

  @Test
  void anEnumsErrorValueIsWrittenInALenientSession() {
    TestTable table =
        TestTable.define()
            .column("id", INT)
            .column(
                "e", new ColumnType("enum", -1, -1, false, false, List.of("a"), "utf8mb4", null))
            .primaryKey("id")
            .build();
    RowChange odd = table.change(Op.CREATE, false, null, table.row(2, ""), Map.of("e", "0"));
    NetEffect effect = new NetEffect();
    effect.tryAdd(table.insert(1, "a"));
    effect.tryAdd(odd);

    assertThat(new StatementPlanner(PlanLimits.DEFAULT).plan(effect, false))
        .extracting(PlannedStatement::sql, PlannedStatement::lenient)
        .containsExactly(
            tuple("INSERT INTO `d`.`t` (`id`,`e`) VALUES (1,'a')", false),
            tuple("INSERT INTO `d`.`t` (`id`,`e`) VALUES (2,0)", true));
  }

  @Test
  void aSnapshotsRowIsWrittenAsANewOneWhenThatIsExpected() {
    NetEffect effect = new NetEffect();
    effect.tryAdd(KEYED.read(1, 10));
    effect.tryAdd(safe(KEYED, Op.CREATE, null, row(2, 20)));
    effect.tryAdd(KEYED.read(3, 30));
    effect.tryAdd(update(KEYED, 3, 30, 31));

    assertThat(new StatementPlanner(PlanLimits.DEFAULT).plan(effect, true))
        .extracting(PlannedStatement::sql)
        .containsExactly(
            "REPLACE INTO `d`.`t` (`id`,`v`) VALUES (2,20),(3,31)",
            "INSERT INTO `d`.`t` (`id`,`v`) VALUES (1,10)");
  }

  @Test
  void manyRowsAreLoaded() {
    NetEffect effect = new NetEffect();
    effect.tryAdd(KEYED.read(1, 10));
    effect.tryAdd(KEYED.read(2, 20));
    effect.tryAdd(KEYED.insert(3, 30));
    effect.tryAdd(KEYED.insert(4, null));
    effect.tryAdd(update(KEYED, 5, 50, 51));

    assertThat(loader(2).plan(effect, true))
        .extracting(PlannedStatement::sql, statement -> String.valueOf(statement.data()))
        .containsExactly(
            tuple(load("REPLACE "), "1\t10\n2\t20\n"),
            tuple(load(""), "3\t30\n4\t\\N\n"),
            tuple(
                "INSERT INTO `d`.`t` (`id`,`v`) VALUES (5,51) ON DUPLICATE KEY UPDATE"
                    + " `v`=VALUES(`v`)",
                "null"));
  }

  @Test
  void fewRowsAreNotLoaded() {
    NetEffect effect = new NetEffect();
    effect.tryAdd(KEYED.insert(3, 30));

    assertThat(loader(2).plan(effect, true)).noneMatch(PlannedStatement::loads);
  }

  @Test
  void rowsWithValuesThatLoadDataTakesOtherwiseAreNotLoaded() {
    TestTable table =
        TestTable.define()
            .column("id", INT)
            .column("y", ColumnType.of("year"))
            .primaryKey("id")
            .build();
    NetEffect effect = new NetEffect();
    effect.tryAdd(table.insert(1, 0));

    assertThat(loader(1).plan(effect, true)).noneMatch(PlannedStatement::loads);
  }

  private static StatementPlanner loader(int loadRows) {
    return new StatementPlanner(new PlanLimits(100, 10_000, loadRows), table -> true);
  }

  private static String load(String onDuplicate) {
    return "LOAD DATA LOCAL INFILE 'rows' "
        + onDuplicate
        + "INTO TABLE `d`.`t` CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\'"
        + " LINES TERMINATED BY '\\n' (`id`,`v`)";
  }

  static Stream<Arguments> singleChanges() {
    return Stream.of(
        batch("insert", List.of(KEYED.insert(1, 1)), "INSERT INTO `d`.`t` (`id`,`v`) VALUES (1,1)"),
        batch(
            "snapshot read",
            List.of(KEYED.read(1, 1)),
            "REPLACE INTO `d`.`t` (`id`,`v`) VALUES (1,1)"),
        batch(
            "update",
            List.of(update(KEYED, 1, 1, 2)),
            "UPDATE `d`.`t` SET `id`=1,`v`=2 WHERE `id`=1"),
        batch(
            "update of the key",
            List.of(REKEYED.update(row(7, 1), row(7, 2))),
            "UPDATE `d`.`t` SET `id`=7,`k`=2 WHERE `k`=1"),
        batch(
            "safe update of the key",
            List.of(safe(REKEYED, Op.UPDATE, row(7, 1), row(7, 2))),
            "DELETE FROM `d`.`t` WHERE `k` IN (1)",
            "REPLACE INTO `d`.`t` (`id`,`k`) VALUES (7,2)"),
        batch("delete", List.of(KEYED.delete(1, 1)), "DELETE FROM `d`.`t` WHERE `id` IN (1)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("singleChanges")
  void plansOneChangeAlone(String what, List<RowChange> changes, List<String> statements) {
    StatementPlanner planner = new StatementPlanner(PlanLimits.DEFAULT);

    assertThat(planner.planSingly(changes.get(0)))
        .as(what)
        .extracting(PlannedStatement::sql)
        .isEqualTo(statements);
  }

  private static List<String> plan(List<RowChange> changes, PlanLimits limits) {
    NetEffect effect = new NetEffect();
    changes.forEach(change -> assertThat(effect.tryAdd(change)).isTrue());
    return new StatementPlanner(limits)
        .plan(effect, false).stream().map(PlannedStatement::sql).toList();
  }

  private static Arguments batch(String what, List<RowChange> changes, String... statements) {
    return Arguments.of(what, new ArrayList<>(changes), List.of(statements));
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  private static RowChange update(TestTable table, int id, int before, int after) {
    return table.update(row(id, before), row(id, after));
  }

  private static RowChange safe(TestTable table, Op op, List<?> before, List<?> after) {
    return table.change(
        op,
        true,
        before == null ? null : table.row(before.toArray()),
        after == null ? null : table.row(after.toArray()));
  }
}
