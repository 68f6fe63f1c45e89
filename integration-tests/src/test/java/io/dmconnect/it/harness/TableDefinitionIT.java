package io.dmconnect.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import io.dmconnect.model.TableId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What MySQL and TiDB show of one table is equal, and of two different ones is not. */
@ExtendWith(TestStack.class)
class TableDefinitionIT {
  private static final String DEFINITION =
      """
      (id INT PRIMARY KEY, a INT COMMENT 'pieces', name VARCHAR(20) NOT NULL DEFAULT '',
      price DECIMAL(8,2) DEFAULT 7, at TIMESTAMP(3) NULL ON UPDATE CURRENT_TIMESTAMP(3),
      twice INT AS (id * 2), KEY k (a, name(4)) COMMENT 'by pieces')
      COMMENT 'orders' PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (1000))""";

  private final Sql mysql;
  private final Sql tidb;
  private final TableId table =
      new TableId("definition_" + UUID.randomUUID().toString().substring(0, 8), "orders");

  TableDefinitionIT(LocalStack stack) {
    this.mysql = stack.mysql().sql();
    this.tidb = stack.tidb().sql();
  }

  @BeforeEach
  void create() {
    for (Sql sql : List.of(mysql, tidb)) {
      sql.run(
          "CREATE DATABASE " + table.schema() + " CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci",
          "CREATE TABLE " + table.quoted() + DEFINITION);
    }
  }

  @AfterEach
  void drop() {
    for (Sql sql : List.of(mysql, tidb)) {
      sql.run("DROP DATABASE " + table.schema());
      sql.close();
    }
  }

  @Test
  void oneTableIsEqualOnBoth() {
    assertThat(TableDefinition.read(tidb, table)).isEqualTo(TableDefinition.read(mysql, table));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MODIFY a INT",
        "MODIFY a BIGINT COMMENT 'pieces'",
        "MODIFY a INT COMMENT 'pieces' FIRST",
        "MODIFY at TIMESTAMP(3) NULL",
        "MODIFY name VARCHAR(20) NULL DEFAULT ''",
        "ALTER COLUMN name SET DEFAULT 'a'",
        "ALTER INDEX k INVISIBLE",
        "DROP INDEX k",
        "COMMENT = 'refunds'",
        "ADD PARTITION (PARTITION p1 VALUES LESS THAN (2000))"
      })
  void aChangeOfOneOfThemIsSeen(String change) {
    tidb.run("ALTER TABLE " + table.quoted() + " " + change);

    assertThat(TableDefinition.read(tidb, table)).isNotEqualTo(TableDefinition.read(mysql, table));
  }
}
