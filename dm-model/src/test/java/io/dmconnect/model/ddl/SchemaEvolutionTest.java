package io.dmconnect.model.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.schema.TableSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaEvolutionTest {
  private static final SchemaDefaults MYSQL =
      SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31"));
  private static final SchemaDefaults MARIADB =
      SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("10.11.6-MariaDB"));

  /** The cases of {@code evolution.sql} against what servers showed after each step. */
  @TestFactory
  Stream<DynamicTest> agreesWithTheServersAfterEveryStatement() {
    return Stream.of("mysql-8.0.31", "mysql-5.7.22", "mariadb-11.4.5").flatMap(this::ofServer);
  }

  private Stream<DynamicTest> ofServer(String server) {
    String[] parts = server.split("-", 2);
    String version = parts[1] + (parts[0].equals("mariadb") ? "-MariaDB" : "");
    Map<String, String> recorded = recorded("evolution-" + server + ".txt");
    return EvolutionCases.all().stream()
        .filter(test -> test.isFor(version))
        .map(
            test ->
                DynamicTest.dynamicTest(
                    server + ": " + test.name(), () -> run(test, version, recorded)));
  }

  private static void run(EvolutionCases.Case test, String version, Map<String, String> recorded) {
    EvolutionRun run = new EvolutionRun(test, version);
    for (int step = 1; step <= test.statements().size(); step++) {
      String shown = recorded.get(test.name() + " / " + step);
      if (shown != null) {
        String sql = test.statements().get(step - 1);
        run.compare(run.apply(sql), shown, sql);
      }
    }
  }

  private static Map<String, String> recorded(String resource) {
    Map<String, String> recorded = new HashMap<>();
    for (String block : EvolutionCases.text(resource).split("(?m)^### ", -1)) {
      if (!block.isEmpty()) {
        int lineEnd = block.indexOf('\n');
        recorded.put(block.substring(0, lineEnd), block.substring(lineEnd + 1));
      }
    }
    return recorded;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t DROP x",
        "ALTER TABLE t MODIFY x INT",
        "ALTER TABLE t ADD y INT AFTER x",
        "ALTER TABLE t ADD KEY (x)",
        "CREATE TABLE t SELECT 1",
        "CREATE TABLE t LIKE u"
      })
  void whatDoesNotFitOrNeedsTheServerIsAnError(String sql) {
    TableSchema before = apply(null, "CREATE TABLE t (a INT)", MYSQL);

    assertThatThrownBy(() -> apply(before, sql, MYSQL))
        .isInstanceOf(SchemaEvolutionException.class);
  }

  @Test
  void alteringAnUnknownTableIsAnError() {
    assertThatThrownBy(() -> apply(null, "ALTER TABLE t ADD a INT", MYSQL))
        .isInstanceOf(SchemaEvolutionException.class)
        .hasMessageContaining("d.t");
  }

  @Test
  void droppedTablesHaveNoSchema() {
    TableSchema before = apply(null, "CREATE TABLE t (a INT)", MYSQL);

    assertThat(apply(before, "DROP TABLE t", MYSQL)).isNull();
    assertThat(apply(before, "DROP DATABASE d", MYSQL)).isNull();
    assertThat(apply(before, "TRUNCATE t", MYSQL)).isEqualTo(before);
  }

  @Test
  void mariadbShowsTheSameSchemaInItsOwnForm() {
    TableSchema mysql =
        apply(
            null,
            "CREATE TABLE `t` (`id` int NOT NULL AUTO_INCREMENT, `a` varchar(3) DEFAULT '5',"
                + " `b` int DEFAULT '5', `c` timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE"
                + " CURRENT_TIMESTAMP, `d` date DEFAULT (curdate()), PRIMARY KEY (`id`))"
                + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci",
            MYSQL);
    TableSchema mariadb =
        apply(
            null,
            "CREATE TABLE `t` (`id` int(11) NOT NULL AUTO_INCREMENT, `a` varchar(3) DEFAULT '5',"
                + " `b` int(11) DEFAULT 5, `c` timestamp NULL DEFAULT current_timestamp() ON UPDATE"
                + " current_timestamp(), `d` date DEFAULT curdate(), PRIMARY KEY (`id`))"
                + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci",
            MARIADB);

    assertThat(mariadb).isEqualTo(mysql);
  }

  @Test
  void mariadbIfExistsFormsPassOverWhatIsThereOrMissing() {
    TableSchema before = apply(null, "CREATE TABLE t (a INT, KEY k (a))", MARIADB);

    TableSchema after =
        apply(
            before,
            "ALTER TABLE t ADD COLUMN IF NOT EXISTS a VARCHAR(3), DROP COLUMN IF EXISTS x,"
                + " MODIFY IF EXISTS x INT, ADD INDEX IF NOT EXISTS k (a, a), DROP INDEX IF EXISTS"
                + " y, RENAME COLUMN IF EXISTS x TO z",
            MARIADB);

    assertThat(after).isEqualTo(before);
    assertThat(apply(null, "ALTER TABLE IF EXISTS t ADD a INT", MARIADB)).isNull();
  }

  @Test
  void mariadbJsonIsLongtext() {
    TableSchema table = apply(null, "CREATE TABLE t (a JSON)", MARIADB);

    assertThat(table.columns().get(0).type().name()).isEqualTo("longtext");
    assertThat(table.columns().get(0).type().collation()).isEqualTo("utf8mb4_bin");
  }

  @Test
  void mariadbCollationsWithoutCharsetTakeTheTables() {
    TableSchema table =
        apply(
            null,
            "CREATE TABLE t (a VARCHAR(3), b VARCHAR(3) CHARSET utf8 COLLATE uca1400_as_ci)"
                + " COLLATE uca1400_ai_ci",
            MARIADB);

    assertThat(table.columns().get(0).type().collation()).isEqualTo("utf8mb4_uca1400_ai_ci");
    assertThat(table.columns().get(1).type().collation()).isEqualTo("utf8mb3_uca1400_as_ci");
  }

  @Test
  void inlineReferencesMakeAnIndexOnlyWhereTheServerEnforcesThem() {
    String sql = "CREATE TABLE t (a INT REFERENCES u (id))";
    SchemaDefaults mysql9 = SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("9.1.0"));

    assertThat(apply(null, sql, MYSQL).indexes()).isEmpty();
    assertThat(apply(null, sql, mysql9).index("a")).isPresent();
  }

  @Test
  void charsetsStatedAloneHaveTheServersDefaultCollation() {
    ServerTraits mysql57 = ServerTraits.ofVersion("5.7.44-log");
    String sql = "CREATE TABLE t (a VARCHAR(3)) CHARSET utf8mb4";
    SchemaDefaults latin1 = SchemaDefaults.ofCharset("latin1", mysql57);
    SchemaDefaults changed =
        SchemaDefaults.ofCharset(
            "latin1", mysql57.withDefaultCollation("utf8mb4", "utf8mb4_unicode_ci"));

    assertThat(apply(null, sql, latin1).options()).containsEntry("collate", "utf8mb4_general_ci");
    assertThat(apply(null, sql, changed).options()).containsEntry("collate", "utf8mb4_unicode_ci");
    assertThat(mysql57.explicitDefaultsForTimestamp()).isFalse();
  }

  private static TableSchema apply(TableSchema before, String sql, SchemaDefaults defaults) {
    return SchemaEvolution.apply(before, DdlParser.parse(sql, SqlModes.DEFAULT, "d"), defaults);
  }
}
