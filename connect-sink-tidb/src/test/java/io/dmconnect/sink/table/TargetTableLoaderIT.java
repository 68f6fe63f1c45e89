package io.dmconnect.sink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dmconnect.sink.testing.ChangeUnderWay;
import io.dmconnect.sink.testing.TargetDatabase;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = TargetDatabase.URL, matches = ".+")
class TargetTableLoaderIT {
  private static TargetDatabase database;

  @BeforeAll
  static void createDatabase() throws SQLException {
    database = new TargetDatabase("sinkrow_loader");
  }

  @AfterAll
  static void dropDatabase() throws SQLException {
    database.close();
  }

  @Test
  void readsColumnsAsTiDbStatesThem() throws SQLException {
    database.run(
        "CREATE TABLE columns (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, d decimal(10,3),"
            + " g int GENERATED ALWAYS AS (d + 1), t timestamp(3) NULL, n int NOT NULL,"
            + " s varchar(10) COLLATE utf8mb4_general_ci NOT NULL DEFAULT 'x', b varbinary(3))");

    assertThat(database.load("columns").columns())
        .containsExactly(
            new TargetColumn("id", "bigint", true, false, false, true, true, null, null, -1),
            new TargetColumn("d", "decimal", false, true, false, true, false, null, null, 3),
            new TargetColumn("g", "int", false, true, true, true, false, null, null, -1),
            new TargetColumn("t", "timestamp", false, true, false, true, false, null, null, 3),
            new TargetColumn("n", "int", false, false, false, false, false, null, null, -1),
            new TargetColumn(
                "s",
                "varchar",
                false,
                false,
                false,
                true,
                false,
                "utf8mb4",
                "utf8mb4_general_ci",
                -1),
            new TargetColumn("b", "varbinary", false, true, false, true, false, null, null, -1));
  }

  @Test
  void readsTheMembersOfEnumsAndSets() throws SQLException {
    database.run(
        "CREATE TABLE members (e ENUM('a', 'it''s', '2', 'b,c(d)'), s SET('x', '0x2'), t TEXT)");

    assertThat(database.load("members").columns())
        .extracting(TargetColumn::members)
        .containsExactly(Set.of("a", "it's", "2", "b,c(d)"), Set.of("x", "0x2"), Set.of());
  }

  @Test
  void readsUniqueKeysWithThePrimaryKeyFirst() throws SQLException {
    database.run(
        "CREATE TABLE uniques (id int PRIMARY KEY, a varchar(9) NOT NULL, b int, g int GENERATED"
            + " ALWAYS AS (b + 1), UNIQUE KEY a (a(3)), UNIQUE KEY b (b, a), UNIQUE KEY e"
            + " ((lower(a))), UNIQUE KEY g (g), KEY plain (b))");

    TargetTable table = database.load("uniques");
    assertThat(table.uniqueKeys())
        .extracting(TargetKey::name, TargetKey::notNull, TargetKey::computed)
        .containsExactly(
            tuple("PRIMARY", true, false),
            tuple("a", true, false),
            tuple("b", false, false),
            tuple("e", false, true),
            tuple("g", false, true));
    assertThat(table.hasSecondaryUnique()).isTrue();
  }

  @Test
  void tablesWithoutAUsableKeyAreKeyless() throws SQLException {
    database.run("CREATE TABLE keyless (a int, UNIQUE KEY a (a))");

    assertThat(database.load("keyless").isKeyless()).isTrue();
    assertThat(database.load("keyless").hasSecondaryUnique()).isTrue();
  }

  @Test
  void seesAutoRandomKeys() throws SQLException {
    database.run("CREATE TABLE random (id bigint AUTO_RANDOM PRIMARY KEY)");

    assertThat(database.load("random").column("ID").autoAssigned()).isTrue();
  }

  @Test
  void viewsAndMissingTablesAreNoTables() throws SQLException {
    database.run("CREATE VIEW seen AS SELECT 1 AS one");

    assertThat(TargetTableLoader.load(database.connection(), database.table("seen"))).isEmpty();
    assertThat(TargetTableLoader.load(database.connection(), database.table("none"))).isEmpty();
  }

  @Test
  void columnsThatAreStillBeingAddedAreNotThereYet() throws Exception {
    database.run("CREATE TABLE growing (id int PRIMARY KEY)");

    try (ChangeUnderWay change =
        new ChangeUnderWay(database, "growing", "ADD COLUMN a int", "columns")) {
      assertThat(change.listed()).contains("a");
      assertThat(database.load("growing").columns())
          .extracting(TargetColumn::name)
          .containsExactly("id");
    }

    assertThat(database.load("growing").columns())
        .extracting(TargetColumn::name)
        .containsExactly("id", "a");
  }

  @Test
  void uniqueKeysThatAreStillBeingAddedCountAndIdentifyNoRow() throws Exception {
    database.run("CREATE TABLE keyed (id int PRIMARY KEY, a int)");

    try (ChangeUnderWay change =
        new ChangeUnderWay(database, "keyed", "ADD UNIQUE KEY u (a)", "statistics")) {
      assertThat(change.listed()).contains("u");
      assertThat(database.load("keyed").uniqueKeys())
          .extracting(TargetKey::name, TargetKey::computed)
          .containsExactly(tuple("PRIMARY", false), tuple("u", true));
    }

    assertThat(database.load("keyed").uniqueKeys())
        .extracting(TargetKey::name, TargetKey::computed)
        .containsExactly(tuple("PRIMARY", false), tuple("u", false));
  }
}
