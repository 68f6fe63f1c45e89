package io.dmconnect.sink.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.event.Op;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.sink.merge.NetEffect;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.testing.RandomTable;
import io.dmconnect.sink.testing.TargetDatabase;
import io.dmconnect.sink.testing.TestTable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes written in batches of net effects, compared with the same changes made one by one
 * by TiDB on a twin table.
 */
@EnabledIfSystemProperty(named = TargetDatabase.URL, matches = ".+")
class RandomChangesIT {
  private static final int CHANGES = 400;
  private static final List<Object> TEXTS =
      List.of("a", "A", "á", "a ", "b", "ß", "ss", "", "1", "１");
  private static final ColumnType INT = ColumnType.of("int");

  private static TargetDatabase database;

  @BeforeAll
  static void createDatabase() throws SQLException {
    database = new TargetDatabase("sinkrow_random");
  }

  @AfterAll
  static void dropDatabase() throws SQLException {
    database.close();
  }

  static Stream<RandomTable> tables() {
    return Stream.of(
        RandomTable.of("pk")
            .column("id", INT, "int", ints(8))
            .column("v", INT, "int", ints(100))
            .key("id"),
        RandomTable.of("pk_and_ci_unique")
            .column("id", INT, "int", ints(8))
            .nullable("u", text("utf8mb4_general_ci"), TEXTS)
            .nullable("v", ColumnType.of("decimal", 10, 2), "decimal(10,2)", decimals())
            .key("id")
            .also("UNIQUE KEY u (u)"),
        RandomTable.of("composite")
            .column("a", text("utf8mb4_0900_ai_ci"), TEXTS)
            .column("b", INT, "int", ints(3))
            .column("v", INT, "int", ints(100))
            .key("a", "b"),
        RandomTable.of("ci_pk")
            .column("k", text("utf8mb4_unicode_ci"), TEXTS)
            .nullable("v", INT, "int", ints(100))
            .key("k"),
        RandomTable.of("bin_pk")
            .column("k", text("utf8mb4_bin"), TEXTS)
            .nullable("v", INT, "int", ints(100))
            .key("k"),
        RandomTable.of("binary_pk")
            .column("k", ColumnType.of("varbinary", 4, -1), "varbinary(4)", binaries())
            .nullable("v", ColumnType.of("blob"), "blob", binaries())
            .key("k"),
        RandomTable.of("prefix_unique")
            .column("id", INT, "int", ints(8))
            .column("p", text("utf8mb4_bin"), List.of("aa1", "aa2", "ab1", "ab2", "b", "ba"))
            .key("id")
            .also("UNIQUE KEY p (p(2))"),
        RandomTable.of("two_uniques")
            .column("id", INT, "int", ints(8))
            .nullable("x", INT, "int", ints(3))
            .nullable("y", INT, "int", ints(3))
            .column("z", INT, "int", ints(10))
            .key("id")
            .also("UNIQUE KEY xy (x, y)")
            .also("UNIQUE KEY z (z)"),
        RandomTable.of("generated_unique")
            .column("id", INT, "int", ints(8))
            .column("x", INT, "int", ints(20))
            .key("id")
            .also("g int GENERATED ALWAYS AS (x DIV 2)")
            .also("UNIQUE KEY g (g)"),
        RandomTable.of("expression_unique")
            .column("id", INT, "int", ints(8))
            .column("s", text("utf8mb4_bin"), TEXTS)
            .key("id")
            .also("UNIQUE KEY e ((lower(s)))"),
        RandomTable.of("unique_only")
            .column("k", text("utf8mb4_general_ci"), TEXTS)
            .column("x", INT, "int", ints(8))
            .also("UNIQUE KEY k (k)")
            .also("UNIQUE KEY x (x)"),
        RandomTable.of("keyless")
            .nullable("a", INT, "int", ints(3))
            .nullable("f", ColumnType.of("float"), "float", List.of(0.1f, 1e10f, -3.3f))
            .nullable("d", ColumnType.of("double"), "double", List.of(0.1, 1e-10))
            .nullable("s", text("utf8mb4_general_ci"), TEXTS)
            .nullable(
                "j", ColumnType.of("json"), "json", List.of("{\"a\": 1}", "[1.5, \"x\"]", "\"1\"")),
        RandomTable.of("keyless_with_nullable_unique")
            .nullable("u", INT, "int", ints(8))
            .column("v", INT, "int", ints(3))
            .also("UNIQUE KEY u (u)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  void batchesEndInTheRowsOfSingleStatements(RandomTable table) throws SQLException {
    batchesEndInTheRowsOfSingleStatements(table, new StatementPlanner(new PlanLimits(7, 2000, 32)));
  }

  private static void batchesEndInTheRowsOfSingleStatements(
      RandomTable table, StatementPlanner planner) throws SQLException {
    table.create(database);
    Random random = new Random(20240229);
    NetEffect effect = new NetEffect();
    List<RandomTable.Step> steps = table.history(database, random, CHANGES);

    for (RowChange change : changes(table, steps, false)) {
      if (random.nextInt(25) == 0 || !effect.tryAdd(change)) {
        database.runAll(planner.plan(effect, false));
        effect.clear();
        assertThat(effect.tryAdd(change)).isTrue();
      }
    }

    database.runAll(planner.plan(effect, false));

    assertThat(table.batched(database)).isEqualTo(table.reference(database));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  void loadedBatchesEndInTheRowsOfSingleStatements(RandomTable table) throws SQLException {
    batchesEndInTheRowsOfSingleStatements(
        table, new StatementPlanner(new PlanLimits(7, 2000, 1), any -> true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  void changesAloneEndInTheRowsOfSingleStatements(RandomTable table) throws SQLException {
    table.create(database);
    StatementPlanner planner = new StatementPlanner(PlanLimits.DEFAULT);
    List<RandomTable.Step> steps = table.history(database, new Random(7), CHANGES / 4);

    for (RowChange change : changes(table, steps, false)) {
      database.runAll(planner.planSingly(change));
    }

    assertThat(table.batched(database)).isEqualTo(table.reference(database));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  void changesThatAreThereAlreadyDoNoHarmInSafeMode(RandomTable table) throws SQLException {
    table.create(database);
    if (table.isKeyless(database)) {
      return;
    }

    Random random = new Random(42);
    NetEffect effect = new NetEffect();
    StatementPlanner planner = new StatementPlanner(new PlanLimits(7, 2000, 2), any -> true);
    List<RandomTable.Step> steps = table.history(database, random, CHANGES);
    List<RowChange> all = changes(table, steps, false);
    all.addAll(changes(table, steps.subList(CHANGES / 2, CHANGES), true));

    for (RowChange change : all) {
      if (random.nextInt(25) == 0 || !effect.tryAdd(change)) {
        database.runAll(planner.plan(effect, false));
        effect.clear();
        assertThat(effect.tryAdd(change)).isTrue();
      }
    }

    database.runAll(planner.plan(effect, false));

    assertThat(table.batched(database)).isEqualTo(table.reference(database));
  }

  private static List<RowChange> changes(
      RandomTable table, List<RandomTable.Step> steps, boolean safe) {
    List<RowChange> changes = new ArrayList<>();
    for (RandomTable.Step step : steps) {
      Object before = step.before() == null ? null : table.struct(step.before());
      Object after = step.after() == null ? null : table.struct(step.after());
      if (before != null && after != null && table.changesRecordKey(step)) {
        changes.add(table.change(Op.DELETE, safe, before, null));
        changes.add(table.change(Op.CREATE, safe, null, after));
        continue;
      }

      Op op = before == null ? Op.CREATE : after == null ? Op.DELETE : Op.UPDATE;
      changes.add(table.change(op, safe, before, after));
    }

    return changes;
  }

  private static ColumnType text(String collation) {
    return TestTable.text("varchar", collation);
  }

  private static List<Object> ints(int count) {
    return new ArrayList<>(IntStream.range(0, count).boxed().toList());
  }

  private static List<Object> decimals() {
    return List.of(new BigDecimal("0.00"), new BigDecimal("-1.50"), new BigDecimal("99.99"));
  }

  private static List<Object> binaries() {
    return Arrays.asList(
        ByteBuffer.wrap(new byte[] {}),
        ByteBuffer.wrap(new byte[] {0}),
        ByteBuffer.wrap(new byte[] {0, 0}),
        ByteBuffer.wrap(new byte[] {0x27, 0x5c}),
        ByteBuffer.wrap(new byte[] {0x61}),
        ByteBuffer.wrap(new byte[] {0x41}));
  }
}
