package io.dmconnect.local.demo;

import io.dmconnect.local.client.Sql;
import io.dmconnect.local.demo.DemoDatabase.Shard;
import io.dmconnect.local.server.DatabaseServer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Schema changes of the sharded tables while they are written to: one shard is changed and used at
 * once, the others follow later, and one contradicts the others until an operator steps in.
 */
final class ShardDdl {
  private static final String ADD_CHANNEL = "ADD COLUMN channel VARCHAR(20) NOT NULL DEFAULT 'web'";
  private static final String ADD_TAG = "ADD COLUMN tag VARCHAR(10)";

  private final List<DatabaseServer> sources;
  private final List<String> sourceNames;
  private final DatabaseServer target;
  private final DemoCoordination coordination;
  private final Consumer<String> say;
  private final Watch watch;

  /** Waits and shows progress meanwhile. */
  @FunctionalInterface
  interface Watch {
    void until(String what, Callable<Boolean> done);
  }

  ShardDdl(
      List<DatabaseServer> sources,
      List<String> sourceNames,
      DatabaseServer target,
      DemoCoordination coordination,
      Consumer<String> say,
      Watch watch) {
    this.sources = sources;
    this.sourceNames = sourceNames;
    this.target = target;
    this.coordination = coordination;
    this.say = say;
    this.watch = watch;
  }

  /** The first shard gets a column, and a row that has it. */
  void changeFirst() {
    Shard first = DemoDatabase.SHARDS.get(0);
    alter(first, ADD_CHANNEL);
    try (Sql sql = sql(first)) {
      sql.transaction("UPDATE " + first.table() + " SET channel = 'app' WHERE id % 1000 = 1");
    }
    switch (coordination.mode()) {
      case OPTIMISTIC -> {
        watch.until("rows with the new column", () -> exists("channel = 'app'"));
        say.accept(
            "TiDB has the column, and rows that use it; the other three shards go on without");
      }
      case PESSIMISTIC -> {
        watch.until("the first shard to wait", () -> coordination.waiting() == 1);
        say.accept("It waits for the other shards:\n" + coordination.listLocks());
      }
    }
  }

  /** The other shards get the same column. */
  void followLater() {
    for (Shard shard : DemoDatabase.SHARDS.subList(1, DemoDatabase.SHARDS.size())) {
      alter(shard, ADD_CHANNEL);
    }
    watch.until(
        "all shards to have followed",
        () -> coordination.waiting() == 0 && exists("channel = 'app'"));
    say.accept("All shards have followed");
  }

  /** Two shards add one name with types that have no join; a command lets the later one go on. */
  void contradict() {
    Shard third = DemoDatabase.SHARDS.get(2);
    Shard fourth = DemoDatabase.SHARDS.get(3);
    alter(third, ADD_TAG);
    watch.until("the third shard's column", () -> exists("tag IS NULL"));
    alter(fourth, "ADD COLUMN tag DATE");
    watch.until("the conflict", () -> coordination.conflicts() == 1);
    say.accept("Only this shard waits:\n" + coordination.listLocks());
    say.accept("The mistake is mended upstream, and the wrong change skipped:");
    alter(fourth, "MODIFY COLUMN tag VARCHAR(10)");
    say.accept(coordination.skip(sourceNames.get(fourth.source()), fourth.table()));
    for (Shard shard : DemoDatabase.SHARDS.subList(0, 2)) {
      alter(shard, ADD_TAG);
    }
    watch.until("all shards to be alike", () -> coordination.waiting() == 0);
  }

  private void alter(Shard shard, String change) {
    String statement = "ALTER TABLE " + shard.table() + " " + change;
    say.accept(statement);
    try (Sql sql = sql(shard)) {
      sql.run(statement);
    }
  }

  private Sql sql(Shard shard) {
    return sources.get(shard.source()).sql(DemoDatabase.SCHEMA);
  }

  /** Whether the merged table has such a row; not as long as it lacks the column. */
  private boolean exists(String condition) {
    try (Sql sql = target.sql(DemoDatabase.SCHEMA)) {
      String row = "SELECT 1 FROM " + DemoDatabase.MERGED + " WHERE " + condition + " LIMIT 1";
      return sql.number("SELECT COUNT(*) FROM (" + row + ") r") == 1;
    } catch (Sql.SqlException e) {
      return false;
    }
  }
}
