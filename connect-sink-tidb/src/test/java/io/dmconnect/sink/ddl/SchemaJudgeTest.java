package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.ddl.SchemaJudge.Verdict;
import io.dmconnect.sink.ddl.TargetShape.Column;
import io.dmconnect.sink.ddl.TargetShape.Index;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaJudgeTest {
  private static final ColumnSchema ID = ColumnSchema.of("id", ColumnType.of("int"), false);
  private static final ColumnSchema NAME =
      ColumnSchema.of("Name", ColumnType.of("varchar", 20, -1), true);
  private static final ColumnSchema WIDER =
      ColumnSchema.of("Name", ColumnType.of("varchar", 50, -1), true);
  private static final IndexSchema KEY =
      new IndexSchema("k", IndexSchema.Kind.KEY, List.of(IndexSchema.Part.of("Name")), false, null);

  private static TableSchema table(ColumnSchema... columns) {
    return TableSchema.of(List.of(columns), List.of());
  }

  private static TargetShape target(Map<String, Column> columns, Map<String, Index> indexes) {
    return new TargetShape(columns, indexes);
  }

  private static final Column INT = new Column("int", false, false);
  private static final Column TEXT_20 = new Column("varchar(20)", true, true);
  private static final Column TEXT_50 = new Column("varchar(50)", true, true);

  @Test
  void anAddedColumnIsThereOrNot() {
    assertThat(
            SchemaJudge.judge(
                table(ID),
                table(ID, NAME),
                target(Map.of("id", INT, "name", TEXT_20), Map.of()),
                true))
        .isEqualTo(Verdict.APPLIED);
    assertThat(
            SchemaJudge.judge(
                table(ID), table(ID, NAME), target(Map.of("id", INT), Map.of()), true))
        .isEqualTo(Verdict.NOT_APPLIED);
  }

  @Test
  void aDroppedColumnIsGoneOrNot() {
    assertThat(
            SchemaJudge.judge(
                table(ID, NAME), table(ID), target(Map.of("id", INT), Map.of()), true))
        .isEqualTo(Verdict.APPLIED);
    assertThat(
            SchemaJudge.judge(
                table(ID, NAME),
                table(ID),
                target(Map.of("id", INT, "name", TEXT_20), Map.of()),
                true))
        .isEqualTo(Verdict.NOT_APPLIED);
  }

  @Test
  void aWiderColumnIsJudgedByItsLength() {
    assertThat(
            SchemaJudge.judge(
                table(ID, NAME),
                table(ID, WIDER),
                target(Map.of("id", INT, "name", TEXT_20), Map.of()),
                true))
        .isEqualTo(Verdict.NOT_APPLIED);
    assertThat(
            SchemaJudge.judge(
                table(ID, NAME),
                table(ID, WIDER),
                target(Map.of("id", INT, "name", TEXT_50), Map.of()),
                true))
        .isEqualTo(Verdict.APPLIED);
  }

  @Test
  void anIndexIsJudgedByItsColumns() {
    TableSchema before = table(ID, NAME);
    TableSchema after = TableSchema.of(before.columns(), List.of(KEY));
    Map<String, Column> columns = Map.of("id", INT, "name", TEXT_20);
    assertThat(
            SchemaJudge.judge(
                before,
                after,
                target(columns, Map.of("k", new Index(false, List.of("name")))),
                true))
        .isEqualTo(Verdict.APPLIED);
    assertThat(
            SchemaJudge.judge(
                before,
                after,
                target(columns, Map.of("k", new Index(true, List.of("name")))),
                true))
        .isEqualTo(Verdict.NOT_APPLIED);
  }

  @Test
  void whatCannotBeSeenIsNotTakenAsApplied() {
    TargetShape target = target(Map.of("id", INT), Map.of());
    assertThat(SchemaJudge.judge(table(ID), table(ID), target, true))
        .isEqualTo(Verdict.NOT_APPLIED);
    assertThat(SchemaJudge.judge(null, table(ID), target, true)).isEqualTo(Verdict.NOT_APPLIED);
  }

  @Test
  void anExistingTableFitsWhenItTakesTheUpstreamsColumns() {
    TargetShape wider =
        target(
            Map.of(
                "id", new Column("bigint", false, false),
                "name", new Column("text", true, true),
                "source", TEXT_20),
            Map.of());
    assertThat(SchemaJudge.differences(table(ID, NAME), wider)).isEmpty();
    TargetShape other = target(Map.of("id", TEXT_20), Map.of());
    assertThat(SchemaJudge.differences(table(ID, NAME), other))
        .containsExactly(
            "its column id is varchar(20), the upstream's int", "it has no column Name");
  }

  @Test
  void typesOfBothEndsHaveOneSpelling() {
    assertThat(ColumnTypes.ofTarget("int(11) unsigned zerofill")).isEqualTo("int unsigned");
    assertThat(ColumnTypes.of(ColumnType.of("decimal", 10, 2))).isEqualTo("decimal(10,2)");
    assertThat(ColumnTypes.of(ColumnType.of("geometry"))).isEqualTo("longblob");
    assertThat(ColumnTypes.of(ColumnType.of("uuid"))).isEqualTo("char(36)");
    assertThat(
            ColumnTypes.of(
                new ColumnType(
                    "enum", -1, -1, false, false, List.of("a", "it's"), "utf8mb4", null)))
        .isEqualTo(ColumnTypes.ofTarget("enum('a','it''s')"));
  }
}
