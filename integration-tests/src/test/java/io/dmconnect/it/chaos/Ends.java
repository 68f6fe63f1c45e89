package io.dmconnect.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.compare.TableDigest;
import io.dmconnect.local.compare.TableReader;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compares both ends of a migration. */
final class Ends {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final ChaosStack stack;
  private final Migration migration;

  Ends(ChaosStack stack, Migration migration) {
    this.stack = stack;
    this.migration = migration;
  }

  /** Waits until everything written so far is in the target, and compares all rows. */
  void awaitEqual() throws SQLException {
    migration.shards().forEach(Shard::mark);
    Await.until("the last rows of every shard", LIMIT, this::isMarked, migration::failure);
    Await.until("no shard to wait", LIMIT, this::isQuiet, migration::failure);
    try {
      TableDigest expected = upstream();
      Await.until("equal rows", LIMIT, () -> expected.equals(downstream()), migration::failure);
    } catch (Await.AwaitException e) {
      assertThat(mergedRows()).as(e.getMessage()).containsExactlyInAnyOrderElementsOf(shardRows());
      throw e;
    }
  }

  private List<List<String>> mergedRows() throws SQLException {
    TableId merged = migration.merged();
    try (Sql tidb = tidb()) {
      return new TableReader().rows(tidb.connection(), merged.schema(), merged.table(), columns());
    }
  }

  private List<List<String>> shardRows() throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    for (Shard shard : migration.shards()) {
      rows.addAll(
          new TableReader()
              .rows(shard.mysql().connection(), shard.database(), shard.name(), columns()));
    }

    return rows;
  }

  private boolean isMarked() {
    try (Sql tidb = tidb()) {
      return migration.shards().stream()
          .allMatch(shard -> shard.isMarkedIn(tidb, migration.merged().quoted()));
    }
  }

  private boolean isQuiet() throws IOException {
    JsonNode groups = stack.groups(migration.name());
    JsonNode group = groups.path(0);
    return groups.size() == 1
        && group.path("members").asInt() == migration.shards().size()
        && group.path("waiting").asInt() + group.path("conflicts").asInt() == 0
        && !group.path("executing").asBoolean()
        && group.path("problem").isNull();
  }

  private Sql tidb() {
    return stack.servers().tidb().sql();
  }

  private TableDigest upstream() throws SQLException {
    TableDigest sum = TableDigest.EMPTY;
    for (Shard shard : migration.shards()) {
      sum =
          sum.plus(
              TableDigest.of(
                  shard.mysql().connection(), shard.database(), shard.name(), columns()));
    }

    return sum;
  }

  private TableDigest downstream() throws SQLException {
    try (Sql tidb = tidb()) {
      return TableDigest.of(
          tidb.connection(), migration.merged().schema(), migration.merged().table(), columns());
    }
  }

  private List<String> columns() throws SQLException {
    Shard first = migration.shards().get(0);
    return new TableReader().columns(first.mysql().connection(), first.database(), first.name());
  }

  /** The merged table has the columns and indexes of each shard, and no others. */
  void checkSchemas() {
    try (Sql tidb = tidb()) {
      List<List<String>> merged =
          definition(tidb, migration.merged().schema(), migration.merged().table());
      for (Shard shard : migration.shards()) {
        assertThat(merged)
            .as("columns and indexes of the merged table")
            .containsExactlyInAnyOrderElementsOf(
                definition(shard.mysql(), shard.database(), shard.name()));
      }
    }
  }

  // TiDB shows the width of integers, MySQL 8.0 the digits of a decimal's default.
  private static List<List<String>> definition(Sql sql, String schema, String table) {
    String which = " WHERE table_schema = '" + schema + "' AND table_name = '" + table + "'";
    return Stream.of(
            "SELECT column_name, REGEXP_REPLACE(column_type, 'int\\\\([0-9]+\\\\)', 'int'),"
                + " is_nullable, REGEXP_REPLACE(column_default, '\\\\.0+$', '')"
                + " FROM information_schema.columns"
                + which,
            "SELECT index_name, seq_in_index, column_name, non_unique"
                + " FROM information_schema.statistics"
                + which)
        .flatMap(query -> sql.rows(query).stream())
        .toList();
  }
}
