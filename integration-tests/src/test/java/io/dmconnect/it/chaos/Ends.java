package io.dmconnect.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dmconnect.it.harness.TableDefinition;
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

  /** Waits until every shard's table has come to the target; its rows may be on their way. */
  void awaitMembers() {
    Await.until(
        "every shard to be a member",
        LIMIT,
        () ->
            stack.groups(migration.name()).path(0).path("members").asInt()
                == migration.shards().size(),
        migration::failure);
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

  /** The merged table is defined as each shard is, in their order of columns when it is one. */
  void checkSchemas() {
    List<TableDefinition> shards =
        migration.shards().stream()
            .map(
                shard ->
                    TableDefinition.read(
                        shard.mysql(), new TableId(shard.database(), shard.name())))
            .toList();
    try (Sql tidb = tidb()) {
      TableDefinition merged = TableDefinition.read(tidb, migration.merged());
      assertThat(shards)
          .extracting(TableDefinition::parts)
          .as("the parts of each shard")
          .containsOnly(merged.parts());
      if (shards.stream().map(TableDefinition::columns).distinct().count() == 1) {
        assertThat(merged.columns()).isEqualTo(shards.get(0).columns());
      }
    }
  }
}
