package io.dmconnect.sink;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TaskDriver;
import io.dmconnect.sink.testing.TestTopic;

/** Tasks for tables that are read again, alone or merged. */
final class ReadAgain {
  static final String SCHEMA = "sinktask_again";
  static final String MERGED = SCHEMA + ".merged";
  static final String LEDGER = SCHEMA + "_meta.ddl_ledger";
  static final TableId SHARD = new TableId(SCHEMA, "shard_1");
  private static final String[] MERGE = {
    "routes", "m",
    "routes.m.schema-pattern", SCHEMA,
    "routes.m.table-pattern", "shard_*",
    "routes.m.target-schema", SCHEMA,
    "routes.m.target-table", "merged"
  };

  private final DevTiDb tidb;

  ReadAgain(DevTiDb tidb) {
    this.tidb = tidb;
  }

  void dropSchemas() {
    tidb.drop(SCHEMA);
  }

  static void deliver(TaskDriver driver, TestTopic... topics) {
    try (driver) {
      driver.deliverAll(topics);
    }
  }

  static TaskDriver driver(String... more) {
    return new TaskDriver(SCHEMA, more).with("topics.regex", "src\\..*");
  }

  static TaskDriver mergingDriver() {
    return driver(MERGE);
  }

  /** Merges into a table that tells the shards, and has a row of another one. */
  TaskDriver mergingDriverWithColumns() {
    mergedWithColumns();
    return driverWithColumns();
  }

  void mergedWithColumns() {
    tidb.run(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE "
            + MERGED
            + " (id INT, name VARCHAR(50), a INT, src VARCHAR(20), db VARCHAR(50),"
            + " tab VARCHAR(50), PRIMARY KEY (src, db, tab, id))",
        "INSERT INTO " + MERGED + " VALUES (1, 'x', 0, 'src', '" + SCHEMA + "', 'shard_2')");
  }

  static TaskDriver driverWithColumns() {
    return mergingDriver()
        .with("routes.m.extract-source.source-regexp", "(.*)")
        .with("routes.m.extract-source.target-column", "src")
        .with("routes.m.extract-schema.schema-regexp", "(.*)")
        .with("routes.m.extract-schema.target-column", "db")
        .with("routes.m.extract-table.table-regexp", "(.*)")
        .with("routes.m.extract-table.target-column", "tab");
  }
}
