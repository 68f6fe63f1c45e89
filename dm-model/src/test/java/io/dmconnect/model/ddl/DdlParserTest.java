package io.dmconnect.model.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DdlParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          TINYINT(1)                       | tinyint(1)
          TINYINT(1) UNSIGNED              | tinyint unsigned
          BOOL                             | tinyint(1)
          INT1                             | tinyint
          MIDDLEINT                        | mediumint
          INTEGER(11) UNSIGNED             | int unsigned
          INT ZEROFILL                     | int(10) unsigned zerofill
          INT(4) ZEROFILL SIGNED           | int(4) unsigned zerofill
          INT8 UNSIGNED                    | bigint unsigned
          DECIMAL                          | decimal(10,0)
          DEC(8)                           | decimal(8,0)
          NUMERIC(8, 3) UNSIGNED           | decimal(8,3) unsigned
          FIXED(5)                         | decimal(5,0)
          FLOAT(24)                        | float
          FLOAT(25)                        | double
          FLOAT4                           | float
          FLOAT(7,4)                       | float(7,4)
          DOUBLE PRECISION                 | double
          REAL                             | double
          BIT                              | bit(1)
          YEAR(4)                          | year
          DATETIME(0)                      | datetime
          TIMESTAMP(6)                     | timestamp(6)
          CHAR                             | char(1)
          CHARACTER VARYING(3)             | varchar(3)
          NATIONAL CHARACTER VARYING(3)    | varchar(3) utf8mb3
          NCHAR(3)                         | char(3) utf8mb3
          NCHAR VARCHAR(3)                 | varchar(3) utf8mb3
          CHAR(3) BYTE                     | binary(3)
          VARCHAR(3) ASCII                 | varchar(3) latin1
          VARCHAR(3) CHARSET utf8          | varchar(3) utf8mb3
          VARCHAR(3) CHARACTER SET 'GBK' COLLATE gbk_bin | varchar(3) gbk gbk_bin
          LONG                             | mediumtext
          LONG VARBINARY                   | mediumblob
          LONG CHAR VARYING                | mediumtext
          TEXT(100)                        | text(100)
          BLOB(70000)                      | blob(70000)
          BINARY                           | binary(1)
          GEOMCOLLECTION                   | geometrycollection
          VECTOR                           | vector(2048)
          INET6                            | inet6
          """)
  void resolvesTypeSynonyms(String stated, String resolved) {
    assertThat(describe(column("a " + stated).type())).isEqualTo(resolved);
  }

  @Test
  void readsEnumMembers() {
    assertThat(column("a ENUM('it''s', \"b,c\", 0x64, 'e  ')").type().members())
        .containsExactly("it's", "b,c", "d", "e");
  }

  @Test
  void realIsFloatWithRealAsFloat() {
    DdlStatement.CreateTable table =
        (DdlStatement.CreateTable)
            DdlParser.parse("CREATE TABLE t (a REAL)", SqlModes.parse("REAL_AS_FLOAT"), "d");

    assertThat(table.columns().get(0).type().name()).isEqualTo("float");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          DEFAULT 5                        | 5
          DEFAULT -1.5                     | -1.5
          DEFAULT +1                       | 1
          DEFAULT 'a' 'b'                  | 'ab'
          DEFAULT _utf8mb4'a'              | 'a'
          DEFAULT NULL                     | NULL
          DEFAULT true                     | TRUE
          DEFAULT b'101'                   | b'101'
          DEFAULT DATE'2020-01-01'         | '2020-01-01'
          DEFAULT (uuid())                 | (uuid())
          DEFAULT uuid()                   | (uuid())
          DEFAULT nextval(`d`.`s`)         | (nextval(`d`.`s`))
          DEFAULT NEXT VALUE FOR d.s       | (NEXT VALUE FOR d.s)
          DEFAULT now(3)                   | CURRENT_TIMESTAMP(3)
          DEFAULT LOCALTIME()              | CURRENT_TIMESTAMP
          """)
  void readsDefaults(String stated, String defaultSql) {
    assertThat(column("a INT " + stated + " COMMENT 'c'").defaultSql()).isEqualTo(defaultSql);
  }

  @Test
  void readsAttributesInAnyOrder() {
    ColumnDefinition column =
        column("a INT COMMENT 'it''s' INVISIBLE AUTO_INCREMENT COLUMN_FORMAT FIXED NOT NULL");

    assertThat(column)
        .isEqualTo(
            new ColumnDefinition(
                "a",
                ColumnType.of("int"),
                false,
                ColumnDefinition.Nullability.NOT_NULL,
                null,
                null,
                ColumnSchema.Generated.NO,
                null,
                true,
                true,
                "it's"));
  }

  @Test
  void readsGeneratedColumns() {
    ColumnDefinition column =
        column("a INT GENERATED ALWAYS AS ( concat('(', b, \")\") ) STORED NOT NULL");

    assertThat(column.generated()).isEqualTo(ColumnSchema.Generated.STORED);
    assertThat(column.generatedSql()).isEqualTo("concat('(', b, \")\")");
  }

  @Test
  void expressionsReadAsWithAnEmptySqlMode() {
    DdlStatement.CreateTable table =
        (DdlStatement.CreateTable)
            DdlParser.parse(
                "CREATE TABLE t (a INT AS (concat(\"b\", '\\')) VIRTUAL)",
                SqlModes.parse("ANSI_QUOTES,NO_BACKSLASH_ESCAPES"),
                "d");

    assertThat(table.columns().get(0).generatedSql()).isEqualTo("concat(`b`, '\\\\')");
  }

  @Test
  void readsKeysInOrderOfAppearance() {
    DdlStatement.CreateTable table =
        create(
            "a SERIAL, b TEXT, c INT UNIQUE PRIMARY KEY, KEY k USING BTREE (b(10), a DESC) COMMENT"
                + " 'x' INVISIBLE, FULLTEXT (b) WITH PARSER ngram, CONSTRAINT u UNIQUE (a, c),"
                + " CONSTRAINT f FOREIGN KEY (a) REFERENCES x.y (z) ON DELETE SET NULL ON UPDATE NO"
                + " ACTION, CHECK (a > 0) NOT ENFORCED, KEY e ((a + 1), (lower(b)) DESC)");

    assertThat(table.indexes())
        .extracting(IndexDefinition::name)
        .containsExactly(null, null, null, "k", null, "u", "f", "e");
    assertThat(table.indexes())
        .extracting(IndexDefinition::kind)
        .containsExactly(
            IndexSchema.Kind.UNIQUE,
            IndexSchema.Kind.PRIMARY,
            IndexSchema.Kind.UNIQUE,
            IndexSchema.Kind.KEY,
            IndexSchema.Kind.FULLTEXT,
            IndexSchema.Kind.UNIQUE,
            IndexSchema.Kind.KEY,
            IndexSchema.Kind.KEY);
    assertThat(table.indexes().get(3))
        .isEqualTo(
            new IndexDefinition(
                "k",
                IndexSchema.Kind.KEY,
                List.of(
                    new IndexSchema.Part("b", null, 10, false),
                    new IndexSchema.Part("a", null, -1, true)),
                true,
                "x",
                IndexDefinition.Purpose.INDEX));
    assertThat(table.indexes().get(6).purpose()).isEqualTo(IndexDefinition.Purpose.FOREIGN_KEY);
    assertThat(table.indexes().get(7).parts())
        .containsExactly(
            new IndexSchema.Part(null, "a + 1", -1, false),
            new IndexSchema.Part(null, "lower(b)", -1, true));
  }

  @Test
  void readsTableOptionsAndPartitioning() {
    DdlStatement.CreateTable table =
        (DdlStatement.CreateTable)
            parse(
                "CREATE TABLE t (a INT) ENGINE=innodb, AUTO_INCREMENT=5 DEFAULT CHARSET = utf8"
                    + " COLLATE utf8_bin COMMENT='x' ROW_FORMAT=compressed STATS_PERSISTENT=0"
                    + " PAGE_COMPRESSED=1 START TRANSACTION"
                    + " /*!50100 PARTITION BY HASH (`a`) PARTITIONS 4 */");

    assertThat(table.options())
        .containsOnly(
            Map.entry("engine", "InnoDB"),
            Map.entry("charset", "utf8mb3"),
            Map.entry("collate", "utf8mb3_bin"),
            Map.entry("comment", "x"),
            Map.entry("row_format", "COMPRESSED"),
            Map.entry("stats_persistent", "0"),
            Map.entry("page_compressed", "1"));
    assertThat(table.partitioning()).isEqualTo("PARTITION BY HASH (`a`) PARTITIONS 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t SELECT 1",
        "CREATE TABLE t (a INT) ENGINE=InnoDB AS (SELECT 1)",
        "CREATE TABLE t (SELECT 1)",
        "CREATE TABLE t (a INT) PARTITION BY HASH (a) IGNORE SELECT 1",
      })
  void tablesMadeFromAQueryNeedTheServer(String sql) {
    assertThat(((DdlStatement.CreateTable) parse(sql)).needsServer()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t ADD COLUMN a INT FIRST, ADD b INT AFTER a, ADD (c INT, KEY (c)), ADD UNIQUE"
            + " KEY (a), DROP d, DROP COLUMN e, DROP KEY f, DROP PRIMARY KEY, DROP FOREIGN KEY g,"
            + " DROP CHECK h, DROP CONSTRAINT i",
        "ALTER TABLE t MODIFY a BIGINT NOT NULL AFTER b, CHANGE COLUMN c d VARCHAR(3) FIRST,"
            + " ALTER e SET DEFAULT 5, ALTER COLUMN f DROP DEFAULT, ALTER g SET INVISIBLE, ALTER h"
            + " SET DEFAULT (uuid()), RENAME COLUMN i TO j, RENAME INDEX k TO l, ALTER INDEX m"
            + " INVISIBLE, ALTER CHECK n NOT ENFORCED",
        "ALTER TABLE t ENGINE=InnoDB CHARSET=latin1, COMMENT 'x', ALGORITHM=INPLACE, LOCK=NONE",
        "ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        "ALTER TABLE t CONVERT TO CHARSET DEFAULT",
        "ALTER TABLE t ORDER BY a, b DESC, ADD c INT",
        "ALTER TABLE t DISABLE KEYS, FORCE",
        "ALTER TABLE t ADD PARTITION (PARTITION p3 VALUES LESS THAN (10) ENGINE = InnoDB)",
        "ALTER TABLE t ADD PARTITION PARTITIONS 3",
        "ALTER TABLE t DROP PARTITION p1, p2",
        "ALTER TABLE t REORGANIZE PARTITION p1 INTO (PARTITION a VALUES IN (1,2), PARTITION b"
            + " VALUES IN (3))",
        "ALTER TABLE t COALESCE PARTITION 2",
        "ALTER TABLE t EXCHANGE PARTITION p WITH TABLE u WITHOUT VALIDATION",
        "ALTER TABLE t TRUNCATE PARTITION ALL",
        "ALTER TABLE t REBUILD PARTITION p1, p2",
        "ALTER TABLE t PARTITION BY RANGE COLUMNS (a) (PARTITION p VALUES LESS THAN (MAXVALUE))",
        "ALTER TABLE t REMOVE PARTITIONING",
        "ALTER TABLE t ADD COLUMN IF NOT EXISTS a UUID DEFAULT uuid(), DROP COLUMN IF EXISTS b,"
            + " MODIFY IF EXISTS c INET4, ADD INDEX IF NOT EXISTS d (a), DROP INDEX IF EXISTS e,"
            + " ALTER INDEX f NOT IGNORED",
        "ALTER TABLE t ADD SYSTEM VERSIONING",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1), ADD CONSTRAINT UNIQUE (a)",
        "ALTER TABLE t",
        "CREATE OR REPLACE TABLE t (a INT COMPRESSED, b INT AS (a) PERSISTENT, PERIOD FOR p(a, b))",
        "CREATE TABLE t (a BIGINT AUTO_RANDOM(5) PRIMARY KEY CLUSTERED)",
        "CREATE INDEX i USING BTREE ON t (a) COMMENT 'x' ALGORITHM=INPLACE LOCK=NONE",
        "CREATE FULLTEXT INDEX i ON t (a) WITH PARSER ngram",
        "DROP INDEX i ON t ALGORITHM DEFAULT",
        "TRUNCATE t;",
        "SET STATEMENT lock_wait_timeout=5 FOR ALTER TABLE t ADD a INT",
        "RENAME TABLES a TO b, c TO d",
        "DROP TABLE IF EXISTS a, b RESTRICT",
        "CREATE DATABASE d DEFAULT CHARACTER SET utf8 COLLATE = utf8_bin ENCRYPTION='N'",
        "ALTER DATABASE d READ ONLY = 1",
        "DROP SCHEMA d",
      })
  void readsStatementsOfAllServers(String sql) {
    assertThat(parse(sql)).isNotInstanceOf(DdlStatement.Other.class);
  }

  @Test
  void whatChangesNoTableIsOther() {
    assertThat(parse("CREATE VIEW v AS SELECT ((")).isInstanceOf(DdlStatement.Other.class);
    assertThat(parse("BEGIN")).isEqualTo(new DdlStatement.Other(StatementClass.BEGIN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE t (a INT b)          | 22 | Expected ')' instead of 'b'
          CREATE TABLE t (a NOTATYPE)       | 18 | Unknown data type 'NOTATYPE'
          ALTER TABLE t FROBNICATE          | 14 | Expected an alter specification
          DROP INDEX i ON t WHATEVER        | 18 | Expected the end of the statement
          """)
  void textThatIsNotUnderstoodIsAnErrorWithItsPlace(String sql, int position, String message) {
    assertThatThrownBy(() -> parse(sql))
        .isInstanceOf(DdlSyntaxException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("⟨here⟩")
        .extracting(e -> ((DdlSyntaxException) e).position())
        .isEqualTo(position);
  }

  private static DdlStatement parse(String sql) {
    return DdlParser.parse(sql, SqlModes.DEFAULT, "d");
  }

  private static DdlStatement.CreateTable create(String elements) {
    return (DdlStatement.CreateTable) parse("CREATE TABLE t (" + elements + ")");
  }

  private static ColumnDefinition column(String definition) {
    return create(definition).columns().get(0);
  }

  private static String describe(ColumnType type) {
    String text = type.name();
    if (type.length() >= 0) {
      text += "(" + type.length() + (type.scale() >= 0 ? "," + type.scale() : "") + ")";
    }
    text += type.unsigned() ? " unsigned" : "";
    text += type.zerofill() ? " zerofill" : "";
    text += type.charset() == null ? "" : " " + type.charset();
    return text + (type.collation() == null ? "" : " " + type.collation());
  }
}
