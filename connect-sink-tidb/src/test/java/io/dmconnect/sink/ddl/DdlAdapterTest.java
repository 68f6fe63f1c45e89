package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DdlAdapterTest {

  /** What MySQL or MariaDB writes, and what TiDB gets; empty when nothing is left to do. */
  static Stream<Arguments> rewritten() {
    return Stream.of(
        arguments(
            "ALTER TABLE t ADD COLUMN x int, ALGORITHM=INPLACE, LOCK=NONE",
            "ALTER TABLE t ADD COLUMN x int"),
        arguments("ALTER TABLE t ALGORITHM=COPY,ADD x int", "ALTER TABLE t ADD x int"),
        arguments("ALTER TABLE t FORCE", ""),
        arguments("ALTER TABLE t ENGINE=InnoDB", ""),
        arguments("ALTER TABLE t ORDER BY a, b", ""),
        arguments("ALTER TABLE t STATS_PERSISTENT=0", ""),
        arguments("ALTER TABLE t DISABLE KEYS", ""),
        arguments("ALTER TABLE t DISCARD TABLESPACE", ""),
        arguments("ALTER TABLE t ADD FULLTEXT INDEX f (c)", ""),
        arguments("CREATE FULLTEXT INDEX f ON t (c)", ""),
        arguments("CREATE SPATIAL INDEX f ON t (c)", ""),
        arguments(
            "ALTER TABLE t ADD x int, ADD FULLTEXT f (c), DROP y",
            "ALTER TABLE t ADD x int, DROP y"),
        arguments(
            "ALTER TABLE t ADD COLUMN x int UNIQUE KEY",
            "ALTER TABLE t ADD COLUMN x int , ADD UNIQUE `x` (`x`)"),
        arguments(
            "ALTER TABLE t ADD COLUMN x int AS (a+1) STORED",
            "ALTER TABLE t ADD COLUMN x int AS (a+1) VIRTUAL"),
        arguments(
            "ALTER TABLE t MODIFY g point NOT NULL", "ALTER TABLE t MODIFY g longblob NOT NULL"),
        arguments(
            "CREATE TABLE t (g geometry NOT NULL /*!80003 SRID 0 */, b int, SPATIAL KEY k (g))",
            "CREATE TABLE t (g longblob NOT NULL /*!80003  */, b int)"),
        arguments(
            "CREATE TABLE t (`uuid` uuid NOT NULL, a INET4, b inet6 DEFAULT NULL)",
            "CREATE TABLE t (`uuid` char(36) NOT NULL, a varchar(15), b varchar(45) DEFAULT NULL)"),
        arguments(
            "CREATE TABLE t (a text, FULLTEXT KEY f (a), b int)", "CREATE TABLE t (a text, b int)"),
        arguments(
            "CREATE TABLE t (a int /*!80023 INVISIBLE */, b int)",
            "CREATE TABLE t (a int /*!80023  */, b int)"),
        arguments(
            "CREATE TABLE t (a int DEFAULT (1 + 1), b varchar(36) DEFAULT (uuid()))",
            "CREATE TABLE t (a int , b varchar(36) DEFAULT (uuid()))"),
        arguments(
            "CREATE TABLE t (a int) UNION=(x,y) INSERT_METHOD=LAST COMMENT='c'",
            "CREATE TABLE t (a int)   COMMENT='c'"),
        arguments(
            "CREATE TABLE t (a int) ENGINE=InnoDB START TRANSACTION",
            "CREATE TABLE t (a int) ENGINE=InnoDB "),
        arguments(
            "CREATE TABLE t (a int) PAGE_CHECKSUM=1 TRANSACTIONAL=0", "CREATE TABLE t (a int)  "),
        arguments(
            "CREATE TABLE t (a varchar(9)) CHARSET=latin1 COLLATE=latin1_swedish_ci",
            "CREATE TABLE t (a varchar(9)) CHARSET=latin1 COLLATE=latin1_bin"),
        arguments(
            "CREATE TABLE t (a varchar(9) CHARACTER SET ucs2 COLLATE 'ucs2_unicode_ci')",
            "CREATE TABLE t (a varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)"),
        arguments(
            "CREATE TABLE t (a varchar(9) COLLATE utf8mb4_0900_as_cs)",
            "CREATE TABLE t (a varchar(9) COLLATE utf8mb4_bin)"),
        arguments(
            "CREATE TABLE t (a varchar(9) COLLATE utf8mb4_uca1400_ai_ci)",
            "CREATE TABLE t (a varchar(9) COLLATE utf8mb4_unicode_ci)"));
  }

  @ParameterizedTest
  @MethodSource("rewritten")
  void rewritesWhatTiDbDoesNotTake(String sql, String expected) {
    DdlAdapter.Adapted adapted = DdlAdapter.adapt(sql, SqlModes.DEFAULT, null);
    assertThat(adapted.sql() == null ? "" : adapted.sql()).isEqualTo(expected);
    assertThat(adapted.notes()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE `d`.`t` ADD COLUMN `a,b` enum('x,y','(') DEFAULT 'x,y' AFTER c",
        "ALTER TABLE t ADD INDEX i (a), ADD UNIQUE (b)",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a IN (1, 2))",
        "CREATE TABLE t (`invisible` int, `stored` int, `srid` int) COLLATE utf8mb4_bin",
        "CREATE TABLE t (a int, KEY k (a) /*!80000 INVISIBLE */) CHARSET utf8mb3",
        "CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p VALUES LESS THAN (9))",
        "CREATE TABLE t LIKE u",
        "CREATE UNIQUE INDEX i ON t (a) ALGORITHM=INPLACE LOCK=NONE",
        "DROP INDEX i ON t",
        "TRUNCATE t",
      })
  void leavesEverythingElseAsItIs(String sql) {
    DdlAdapter.Adapted adapted = DdlAdapter.adapt(sql, SqlModes.DEFAULT, null);
    assertThat(adapted.sql()).isSameAs(sql);
    assertThat(adapted.notes()).isEmpty();
  }

  @Test
  void statesTheUpstreamsCharsetWhenTheStatementDoesNot() {
    TableSchema after =
        new TableSchema(
            List.of(),
            List.of(),
            new TreeMap<>(Map.of("charset", "latin1", "collate", "latin1_swedish_ci")),
            null);
    assertThat(DdlAdapter.adapt("CREATE TABLE t (a int)", SqlModes.DEFAULT, after).sql())
        .isEqualTo("CREATE TABLE t (a int) DEFAULT CHARSET=latin1 COLLATE=latin1_bin");
    String partitioned = "CREATE TABLE t (a int) PARTITION BY HASH (a)";
    assertThat(DdlAdapter.adapt(partitioned, SqlModes.DEFAULT, after).sql())
        .isEqualTo(
            "CREATE TABLE t (a int) DEFAULT CHARSET=latin1 COLLATE=latin1_bin "
                + " PARTITION BY HASH (a)");
  }

  @Test
  void splitsAnAlterWithDropsFirstAndTheNewNameLast() {
    assertThat(
            DdlAdapter.split(
                "ALTER TABLE `t` RENAME TO u, ADD COLUMN x int, DROP INDEX i, DROP FOREIGN KEY f",
                SqlModes.DEFAULT))
        .containsExactly(
            "ALTER TABLE `t` DROP FOREIGN KEY f",
            "ALTER TABLE `t` DROP INDEX i",
            "ALTER TABLE `t` ADD COLUMN x int",
            "ALTER TABLE `t` RENAME TO u");
  }

  @Test
  void splitsAnAlterWithNewKeysBehindTheColumnsTheyMayBeOf() {
    assertThat(
            DdlAdapter.split(
                "ALTER TABLE t ADD INDEX k (c), ADD CONSTRAINT u UNIQUE (b), ADD COLUMN c int,"
                    + " RENAME COLUMN a TO b",
                SqlModes.DEFAULT))
        .containsExactly(
            "ALTER TABLE t ADD COLUMN c int",
            "ALTER TABLE t RENAME COLUMN a TO b",
            "ALTER TABLE t ADD INDEX k (c)",
            "ALTER TABLE t ADD CONSTRAINT u UNIQUE (b)");
  }

  @Test
  void keepsAnAlterWholeWhoseColumnsMaySwapNames() {
    String swap = "ALTER TABLE t CHANGE a b int, CHANGE b a int";
    assertThat(DdlAdapter.split(swap, SqlModes.DEFAULT)).containsExactly(swap);
  }
}
