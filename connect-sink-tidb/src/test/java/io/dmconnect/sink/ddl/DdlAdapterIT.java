package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.sink.testing.DevTiDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class DdlAdapterIT {
  private static final String SCHEMA = "sinktask_adapter";

  private final DevTiDb tidb = new DevTiDb();

  @BeforeEach
  void makeTable() {
    tidb.run(
        "DROP DATABASE IF EXISTS " + SCHEMA,
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE "
            + SCHEMA
            + ".t (id INT PRIMARY KEY, a INT, b VARCHAR(20), c TEXT,"
            + " KEY ka (a), KEY kb (b))");
  }

  @AfterAll
  static void dropSchema() {
    new DevTiDb().run("DROP DATABASE IF EXISTS " + SCHEMA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE %s.t ADD COLUMN x int, ALGORITHM=INPLACE, LOCK=NONE",
        "ALTER TABLE %s.t ADD INDEX i (b), ALGORITHM=COPY",
        "ALTER TABLE %s.t ADD COLUMN x int, ADD INDEX i (x)",
        "ALTER TABLE %s.t ADD COLUMN x int, MODIFY x bigint",
        "ALTER TABLE %s.t DROP INDEX ka, ADD INDEX ka (a, b)",
        "ALTER TABLE %s.t DROP COLUMN b, ADD COLUMN b int",
        "ALTER TABLE %s.t ADD COLUMN x int UNIQUE",
        "ALTER TABLE %s.t ADD COLUMN x int AS (a + 1) STORED",
        "ALTER TABLE %s.t ADD COLUMN g geometry, ADD SPATIAL INDEX sg (g)",
        "ALTER TABLE %s.t ADD FULLTEXT INDEX f (c), ADD COLUMN x int",
        "ALTER TABLE %s.t ADD COLUMN x int, RENAME TO %s.t3",
        "ALTER TABLE %s.t ADD COLUMN x varchar(9) COLLATE utf8mb4_0900_as_cs",
        "CREATE TABLE %s.u (id int, p point NOT NULL /*!80003 SRID 0 */, SPATIAL KEY k (p))",
        "CREATE TABLE %s.u (a varchar(9)) CHARSET=latin1 COLLATE=latin1_swedish_ci",
        "CREATE TABLE %s.u (a varchar(9)) CHARSET=ucs2",
        "CREATE TABLE %s.u (a int /*!80023 INVISIBLE */, b int)",
        "CREATE TABLE %s.u (a int DEFAULT (1 + 1), b json DEFAULT (json_array()))",
        "CREATE TABLE %s.u (a text DEFAULT ('abc'), d datetime DEFAULT (now() + interval 1 day))",
        "CREATE TABLE %s.u (a int) ENGINE=InnoDB START TRANSACTION",
        "CREATE TABLE %s.u (a int) PAGE_CHECKSUM=1 TRANSACTIONAL=0 AUTOEXTEND_SIZE=4194304",
        "CREATE TABLE %s.u (a int) STATS_PERSISTENT=1 ROW_FORMAT=DYNAMIC PACK_KEYS=0",
      })
  void tiDbTakesWhatIsMadeOfIt(String template) {
    String sql = template.replace("%s", SCHEMA);
    String adapted = DdlAdapter.adapt(sql, SqlModes.DEFAULT, null).sql();
    try {
      tidb.run(adapted);
    } catch (IllegalStateException e) {
      tidb.run(DdlAdapter.split(adapted, SqlModes.DEFAULT).toArray(String[]::new));
    }

    assertThat(tidb.query("SHOW TABLES FROM " + SCHEMA)).isNotEmpty();
  }
}
