package io.dmconnect.sink.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.Event;
import io.dmconnect.model.event.Op;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.sink.literal.SqlBuffer;
import io.dmconnect.sink.table.TargetColumn;
import io.dmconnect.sink.table.TargetTable;
import io.dmconnect.sink.testing.TestTable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RowChangeReaderTest {
  private static final TableId UP = new TableId("up", "t");
  private static final TableId DOWN = new TableId("d", "t");
  private static final ColumnType INT = ColumnType.of("int");
  private static final ColumnType TEXT = TestTable.text("varchar", "utf8mb4_bin");
  private static final ColumnType BLOB = ColumnType.of("blob");

  @Test
  void namesBothTablesWhenTheTargetLacksAColumn() {
    TestTable upstream = TestTable.define().column("id", INT).column("extra", INT).build();
    TargetTable target = TestTable.define().column("id", INT).target(DOWN);
    RowChangeReader reader = new RowChangeReader(UP, target, Set.of(), Map.of());

    assertThatThrownBy(() -> reader.read(create(upstream.row(1, 2)), false))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("up.t")
        .hasMessageContaining("d.t")
        .hasMessageContaining("extra");
  }

  @Test
  void namesTheColumnWhoseValueDoesNotFit() {
    TestTable upstream =
        TestTable.define().column("price", ColumnType.of("decimal", 10, 4)).build();
    TargetTable target =
        TestTable.define().column("price", ColumnType.of("decimal", 10, 2)).target(DOWN);
    RowChange change =
        new RowChangeReader(UP, target, Set.of(), Map.of())
            .read(create(upstream.row(new BigDecimal("1.2345"))), false);

    assertThatThrownBy(() -> change.writeValues(new SqlBuffer()))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("price")
        .hasMessageContaining("1.2345");
  }

  @Test
  void columnsMatchWithoutCaseAndKeepTheTargetsNames() {
    TestTable upstream = TestTable.define().column("ID", INT).build();
    TargetTable target = TestTable.define().column("id", INT).primaryKey("id").target(DOWN);
    RowChange change =
        new RowChangeReader(UP, target, Set.of("ID"), Map.of())
            .read(create(upstream.row(1)), false);

    assertThat(change.mapper().texts()).hasToString("`d`.`t`(`id`)`id`");
    assertThat(change.mapper().isSpread()).isTrue();
  }

  @Test
  void generatedTargetColumnsAreLeftToTheTarget() {
    TestTable upstream = TestTable.define().column("a", INT).column("g", INT).build();
    TargetTable target =
        TestTable.define()
            .column("a", INT)
            .targetColumn(
                new TargetColumn("g", "int", false, true, true, true, false, null, null, -1))
            .target(DOWN);
    RowChange change =
        new RowChangeReader(UP, target, Set.of(), Map.of()).read(create(upstream.row(1, 2)), false);

    assertThat(values(change)).isEqualTo("(1)");
  }

  @Test
  void exactLiteralsStandForTheirCells() {
    TestTable table =
        TestTable.define().column("id", INT).column("d", ColumnType.of("date"), true).build();

    assertThat(
            values(
                table.change(
                    Op.CREATE, false, null, table.row(1, null), Map.of("d", "'0000-00-00'"))))
        .isEqualTo("(1,'0000-00-00')");
  }

  @Test
  void anExactKeyDiffersFromTheValueItsFieldHolds() {
    TestTable table =
        TestTable.define().column("id", ColumnType.of("bigint")).primaryKey("id").build();
    RowChange wrapped =
        table.change(Op.CREATE, false, null, table.row(-1L), Map.of("id", "18446744073709551615"));

    assertThat(wrapped.key()).isNotEqualTo(table.insert(-1L).key());
  }

  @Test
  void anUpdateOfTheRecordKeyIsRefused() {
    TestTable table = TestTable.define().column("id", INT).primaryKey("id").build();

    assertThatThrownBy(() -> table.update(List.of(1), List.of(2)))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("changes the primary key");
  }

  @Test
  void rowsAreSpreadOnlyWhenNoUpdateCanMoveThem() {
    TestTable byRecordKey = TestTable.define().column("id", INT).primaryKey("id").build();
    TestTable byOtherKey = TestTable.define().column("id", INT).targetPrimaryKey("id").build();
    TestTable twoKeys =
        TestTable.define()
            .column("id", INT)
            .column("u", INT)
            .primaryKey("id")
            .uniqueKey("u", "u")
            .build();

    assertThat(byRecordKey.insert(1).mapper().isSpread()).isTrue();
    assertThat(byOtherKey.insert(1).mapper().isSpread()).isFalse();
    assertThat(twoKeys.insert(1, 1).mapper().isSpread()).isFalse();
  }

  @Test
  void extractedColumnsTakePartInTheKey() {
    TestTable.Builder definition =
        TestTable.define()
            .column("id", INT)
            .targetColumn(TestTable.target("shard", TEXT, false))
            .primaryKey("id", "shard");
    TargetTable target = definition.target(DOWN);
    TestTable upstream = TestTable.define().column("id", INT).build();
    RowChange one =
        new RowChangeReader(UP, target, Set.of("id"), Map.of("shard", "a"))
            .read(create(upstream.row(1)), false);
    RowChange other =
        new RowChangeReader(UP, target, Set.of("id"), Map.of("shard", "b"))
            .read(create(upstream.row(1)), false);

    assertThat(one.key()).isNotEqualTo(other.key());
    assertThat(one.mapper().isSpread()).isTrue();
    assertThat(values(one)).isEqualTo("(1,'a')");
  }

  @Test
  void columnsThatArePassedOverAreNotWritten() {
    TargetTable target =
        TestTable.define().column("id", INT).column("a", INT).primaryKey("id").target(DOWN);
    TestTable upstream =
        TestTable.define().column("id", INT).column("A", BLOB).column("b", INT).build();
    PassedOver passedOver =
        new PassedOver(new TreeSet<>(Set.of("b")), new TreeSet<>(Set.of("a")), new TreeMap<>());

    RowChange change =
        new RowChangeReader(UP, target, Set.of("id"), Map.of(), passedOver)
            .read(create(upstream.row(1, ByteBuffer.allocate(1), 3)), false);

    assertThat(values(change)).isEqualTo("(1)");
  }

  @Test
  void aRowHasAFormWithoutTheValuesThatMayBeLeftOut() {
    TargetTable target =
        TestTable.define().column("id", INT).column("a", INT).primaryKey("id").target(DOWN);
    TestTable upstream = TestTable.define().column("id", INT).column("a", INT).build();
    PassedOver passedOver =
        new PassedOver(new TreeSet<>(), new TreeSet<>(Set.of("a")), new TreeMap<>());

    RowChange change =
        new RowChangeReader(UP, target, Set.of("id"), Map.of(), passedOver)
            .read(create(upstream.row(1, 2)), false);

    assertThat(values(change)).isEqualTo("(1,2)");
    assertThat(values(change.reduced())).isEqualTo("(1)");
    assertThat(change.reduced().key()).isEqualTo(change.key());
  }

  @Test
  void columnsThatRowsLackAreFilled() {
    TargetTable target =
        TestTable.define()
            .column("id", INT)
            .targetColumn(TestTable.target("t", TEXT, false))
            .primaryKey("id")
            .target(DOWN);
    TestTable upstream = TestTable.define().column("id", INT).build();
    PassedOver passedOver =
        new PassedOver(new TreeSet<>(), new TreeSet<>(), new TreeMap<>(Map.of("t", "''")));

    RowChange change =
        new RowChangeReader(UP, target, Set.of("id"), Map.of(), passedOver)
            .read(create(upstream.row(1)), false);

    assertThat(values(change)).isEqualTo("(1,'')");
  }

  @Test
  void aKeyMadeByTheTargetLeavesTheNextKeyToIdentifyRows() {
    TargetTable target =
        TestTable.define()
            .targetColumn(
                new TargetColumn("auto", "bigint", false, false, false, true, true, null, null, -1))
            .column("id", INT)
            .primaryKey("auto")
            .uniqueKey("uk", "id")
            .target(DOWN);
    TestTable upstream = TestTable.define().column("id", INT).build();
    RowChange change =
        new RowChangeReader(UP, target, Set.of("id"), Map.of())
            .read(create(upstream.row(1)), false);

    assertThat(change.mapper().keyName()).isEqualTo("uk");
    assertThat(change.mapper().hasSecondaryUnique()).isFalse();
  }

  @Test
  void mapsAreReadWithTheDefinitionOfTheLastSchemaChange() {
    TestTable.Builder definition =
        TestTable.define()
            .column("id", ColumnType.of("bigint"))
            .column("b", ColumnType.of("blob"))
            .column("d", ColumnType.of("decimal", 10, 2))
            .column("f", ColumnType.of("float"))
            .column("ts", ColumnType.of("timestamp", 0, -1))
            .column("bits", ColumnType.of("bit", 16, -1))
            .primaryKey("id");
    RowChangeReader reader =
        new RowChangeReader(UP, definition.target(DOWN), Set.of("id"), Map.of());
    Map<String, Object> row =
        Map.of(
            "id",
            7L,
            "b",
            "AP8=",
            "d",
            "AMg=",
            "f",
            0.5,
            "ts",
            "2024-01-01T00:00:00Z",
            "bits",
            "AQI=");

    assertThatThrownBy(() -> reader.read(create(row), false)).hasMessageContaining("no schema");
    reader.sourceSchema(definition.source());
    assertThat(values(reader.read(create(row), false)))
        .isEqualTo("(7,x'00FF',2.00,0.5e0,'2024-01-01 00:00:00',513)");
  }

  @Test
  void equalSchemasShareAMapper() {
    TestTable one = TestTable.define().column("id", INT).primaryKey("id").build();
    TestTable same = TestTable.define().column("id", INT).primaryKey("id").build();
    TargetTable target = TestTable.define().column("id", INT).primaryKey("id").target(DOWN);
    RowChangeReader reader = new RowChangeReader(UP, target, Set.of("id"), Map.of());

    assertThat(reader.read(create(one.row(1)), false).mapper())
        .isSameAs(reader.read(create(same.row(1)), false).mapper());
  }

  private static Event create(Object row) {
    return new Event(Op.CREATE, null, row, Map.of(), Map.of(), false, 0, null, null);
  }

  private static String values(RowChange change) {
    SqlBuffer out = new SqlBuffer();
    change.writeValues(out);
    return out.toString();
  }
}
