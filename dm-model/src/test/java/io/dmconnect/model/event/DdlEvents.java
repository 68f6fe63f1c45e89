package io.dmconnect.model.event;

import static io.dmconnect.model.event.SampleTable.table;
import static io.dmconnect.model.event.SampleTable.type;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;

/** Example schema changes. */
final class DdlEvents {
  static final TableSchema ONE_COLUMN =
      table().required("id", type("bigint")).primaryKey("id").build();
  static final TableSchema TWO_COLUMNS =
      table()
          .required("id", type("bigint"))
          .withDefault("name", type("varchar", 10), "'x'")
          .primaryKey("id")
          .build();

  static DdlEvent alter() {
    return new DdlEvent(
        "mysql-01:3E11FA47-71CA-11E1-9E33-C80AA9429562:23:0",
        DdlKind.ALTER_TABLE,
        new TableId("db", "t"),
        null,
        List.of("ALTER TABLE t ADD COLUMN name VARCHAR(10) DEFAULT 'x'"),
        "db",
        "STRICT_TRANS_TABLES",
        "+00:00",
        "utf8mb4",
        "utf8mb4_0900_ai_ci",
        1_700_000_000_000_000L,
        ONE_COLUMN,
        TWO_COLUMNS,
        List.of("dm.db.t-0"),
        false);
  }

  static DdlEvent rename() {
    return new DdlEvent(
        "mysql-01:a:mysql-bin.000001:4:0",
        DdlKind.RENAME_TABLE,
        new TableId("db", "t"),
        new TableId("db2", "u"),
        List.of("RENAME TABLE db.t TO db2.u"),
        null,
        "",
        null,
        null,
        null,
        1L,
        ONE_COLUMN,
        ONE_COLUMN,
        List.of("dm.db.t-0", "dm.db2.u-0"),
        false);
  }

  private DdlEvents() {}
}
