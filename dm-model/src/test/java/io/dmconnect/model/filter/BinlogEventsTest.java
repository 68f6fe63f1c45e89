package io.dmconnect.model.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.DdlScanner;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BinlogEventsTest {
  private static final SqlModes MODES = SqlModes.parse("");

  /** id bigint, name varchar(20) default 'x' with unique key uk, n int, d decimal(10,2), e enum. */
  private static final TableSchema TABLE =
      TableSchema.of(
          List.of(
              new ColumnSchema(
                  "id",
                  ColumnType.of("bigint"),
                  false,
                  null,
                  null,
                  Generated.NO,
                  null,
                  true,
                  false,
                  null),
              new ColumnSchema(
                  "name",
                  new ColumnType("varchar", 20, -1, false, false, List.of(), "utf8mb4", null),
                  true,
                  "'x'",
                  null,
                  Generated.NO,
                  null,
                  false,
                  false,
                  null),
              ColumnSchema.of("n", ColumnType.of("int"), true),
              ColumnSchema.of("d", ColumnType.of("decimal", 10, 2), true),
              ColumnSchema.of("at", ColumnType.of("datetime", 6, -1), true),
              ColumnSchema.of(
                  "e",
                  new ColumnType("enum", -1, -1, false, false, List.of("a", "b"), "utf8mb4", null),
                  true)),
          List.of(
              new IndexSchema(
                  "uk",
                  IndexSchema.Kind.UNIQUE,
                  List.of(IndexSchema.Part.of("name")),
                  false,
                  null)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE TABLE t (a INT)                          | create table",
        "DROP TABLE t                                    | drop table",
        "TRUNCATE TABLE t                                | truncate table",
        "RENAME TABLE t TO u                             | rename table",
        "CREATE INDEX i ON t (n)                         | create index",
        "DROP INDEX uk ON t                              | drop index, drop unique key",
        "DROP DATABASE db                                | drop database",
        "ALTER DATABASE db CHARACTER SET utf8mb4         | alter database, modify schema charset and collate",
        "ANALYZE TABLE t                                 | ''",
        "ALTER TABLE t ADD COLUMN a INT                  | alter table, add column",
        "ALTER TABLE t ADD COLUMN a INT, DROP COLUMN n   | alter table, drop column, add column, multi schema change",
        "ALTER TABLE t DROP PRIMARY KEY                  | alter table, drop primary key",
        "ALTER TABLE t DROP INDEX uk                     | alter table, drop unique key",
        "ALTER TABLE t DROP FOREIGN KEY fk               | alter table, modify constraint, drop foreign key",
        "ALTER TABLE t RENAME COLUMN n TO m              | alter table, rename column",
        "ALTER TABLE t CHANGE n m INT                    | alter table, rename column",
        "ALTER TABLE t MODIFY n INT FIRST                | alter table, modify columns order",
        "ALTER TABLE t MODIFY n BIGINT                   | alter table",
        "ALTER TABLE t MODIFY n SMALLINT                 | alter table, value range decrease",
        "ALTER TABLE t MODIFY n INT UNSIGNED             | alter table, value range decrease",
        "ALTER TABLE t MODIFY n VARCHAR(10)              | alter table, modify column",
        "ALTER TABLE t MODIFY n INT NOT NULL             | alter table, modify constraint",
        "ALTER TABLE t MODIFY n INT DEFAULT 5            | alter table, modify default value",
        "ALTER TABLE t MODIFY name VARCHAR(10) DEFAULT 'x' | alter table, value range decrease",
        "ALTER TABLE t MODIFY name VARCHAR(30) DEFAULT 'x' | alter table",
        "ALTER TABLE t MODIFY name VARCHAR(20) CHARACTER SET latin1 DEFAULT 'x' | alter table, modify charset",
        "ALTER TABLE t MODIFY d DECIMAL(9,2)             | alter table, value range decrease",
        "ALTER TABLE t MODIFY d DECIMAL(10,1)            | alter table, precision decrease",
        "ALTER TABLE t MODIFY at DATETIME(3)             | alter table, precision decrease",
        "ALTER TABLE t MODIFY e ENUM('a','b','c')        | alter table",
        "ALTER TABLE t MODIFY e ENUM('b','a')            | alter table, value range decrease",
        "ALTER TABLE t MODIFY id BIGINT NOT NULL         | alter table, remove auto increment",
        "ALTER TABLE t ALTER COLUMN name SET DEFAULT 'y' | alter table, modify default value",
        "ALTER TABLE t ALTER COLUMN n SET DEFAULT 1      | alter table, set default value",
        "ALTER TABLE t ENGINE=MyISAM                     | alter table, modify storage engine",
        "ALTER TABLE t COMMENT 'x'                       | alter table, modify table comment",
        "ALTER TABLE t RENAME INDEX uk TO uk2            | alter table, rename index",
        "ALTER TABLE t TRUNCATE PARTITION p0             | alter table, truncate table partition",
        "ALTER TABLE t DROP PARTITION p0                 | alter table, drop table partition",
        "ALTER TABLE t REMOVE PARTITIONING               | alter table, remove table partitioning",
        "ALTER TABLE t RENAME TO u                       | rename table",
      })
  void tellsWhatAStatementDoes(String sql, String events) {
    DdlKind kind = DdlScanner.scan(sql, MODES, "db").kind();
    List<BinlogEvent> found = BinlogEvents.of(kind, DdlParser.parse(sql, MODES, "db"), TABLE);

    assertThat(String.join(", ", found.stream().map(BinlogEvent::eventName).toList()))
        .isEqualTo(events);
  }

  @Test
  void doesWithoutTheTablesSchema() {
    String sql = "ALTER TABLE t CHANGE n m SMALLINT FIRST";

    assertThat(BinlogEvents.of(DdlKind.ALTER_TABLE, DdlParser.parse(sql, MODES, "db"), null))
        .containsExactly(
            BinlogEvent.ALTER_TABLE, BinlogEvent.RENAME_COLUMN, BinlogEvent.MODIFY_COLUMNS_ORDER);
  }

  @ParameterizedTest
  @EnumSource(DdlKind.class)
  void namesTheKindOfAStatementThatIsNotParsed(DdlKind kind) {
    boolean none = kind == DdlKind.OTHER || kind == DdlKind.DESELECT_TABLE;
    assertThat(BinlogEvents.of(kind)).hasSize(none ? 0 : 1);
  }
}
