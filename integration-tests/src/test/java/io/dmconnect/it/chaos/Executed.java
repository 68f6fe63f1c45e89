package io.dmconnect.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.client.Sql;
import java.util.List;

/** What TiDB's own list of schema changes and the sink's ledger say ran. */
final class Executed {
  private final Sql tidb;
  private final Migration migration;

  Executed(Sql tidb, Migration migration) {
    this.tidb = tidb;
    this.migration = migration;
  }

  /** Every statement ran once: each begins with a mark of its own, which TiDB keeps. */
  void checkEachRanOnce() {
    assertThat(statements())
        .as("statements TiDB ran, with their marks")
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(statement -> statement.startsWith("/* dm-connect "));
  }

  /** TiDB ran just these statements, in this order. */
  void checkRan(List<String> clauses) {
    assertThat(statements().stream().map(Executed::clause).toList())
        .as("what TiDB ran")
        .isEqualTo(clauses.stream().map(Executed::plain).toList());
  }

  // A job of several parts is shown with a line for each. A DROP that TiDB died in cannot be
  // rolled back in this state: it is called cancelled because the column is gone already.
  private List<String> statements() {
    return tidb.column(
        "SELECT query FROM (SELECT DISTINCT job_id, query FROM information_schema.ddl_jobs"
            + " WHERE db_name = '"
            + migration.merged().schema()
            + "' AND table_name = 'orders' AND (state = 'synced' OR (state = 'cancelled' AND"
            + " schema_state = 'delete reorganization')) AND query NOT LIKE '%CREATE TABLE%') j"
            + " ORDER BY job_id");
  }

  private static String clause(String statement) {
    return plain(statement.replaceFirst(".*?ALTER TABLE \\S+ ", ""));
  }

  private static String plain(String sql) {
    return sql.replace("`", "").trim();
  }

  /**
   * Every schema change of every shard is done in the ledger, and nothing else is begun.
   *
   * @param changes how many the shards made together
   */
  void checkLedger(int changes) {
    String ledger = "`" + migration.meta() + "`.ddl_ledger";
    assertThat(tidb.column("SELECT ddl_id FROM " + ledger + " WHERE state <> 'done'"))
        .as("schema changes that were begun and not done")
        .isEmpty();
    assertThat(
            tidb.number(
                "SELECT COUNT(*) FROM "
                    + ledger
                    + " WHERE connector = '"
                    + migration.sink()
                    + "' AND kind <> 'CREATE_TABLE'"))
        .as("schema changes that were passed")
        .isEqualTo(changes);
  }
}
