package io.dmconnect.it.scenario;

import io.dmconnect.it.harness.TableDefinition;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Waits for what a scenario expects. */
final class Expectations {
  private final ScenarioPipeline pipeline;
  private final Names names;
  private final Tables tables;
  private final GroupProbe group;
  private final Servers servers;

  Expectations(
      ScenarioPipeline pipeline, Names names, Tables tables, GroupProbe group, Servers servers) {
    this.pipeline = pipeline;
    this.names = names;
    this.tables = tables;
    this.group = group;
    this.servers = servers;
  }

  void await(Step.Expect expect) {
    expect
        .waits()
        .forEach(
            (shard, others) ->
                group.awaitWait(
                    names.member(tables.shard(shard)),
                    others.stream()
                        .map(other -> names.member(tables.shard(other)).toString())
                        .collect(Collectors.toSet())));
    expect
        .conflicts()
        .forEach(
            (shard, conflict) -> group.awaitConflict(names.member(tables.shard(shard)), conflict));
    if (!expect.idle().isEmpty()) {
      group.awaitIdle(
          expect.idle().stream()
              .filter(tables::isLive)
              .map(shard -> names.member(tables.shard(shard)))
              .toList());
    }

    TableId target = names.target();
    if (expect.table() != null) {
      awaitEqual("definition", expect.table(), () -> Ends.lines(servers.tidb(), target));
    }

    if (expect.columns() != null) {
      awaitEqual("columns", expect.columns(), () -> columnsInOrder(target));
    }

    if (expect.rows() != null) {
      String count = "SELECT COUNT(*) FROM " + target.quoted();
      awaitEqual("number of rows", (long) expect.rows(), () -> servers.tidb().number(count));
    }

    if (expect.converged()) {
      awaitConverged(new Ends(Set.of()));
    }

    expect
        .queries()
        .forEach(
            (sql, result) ->
                awaitEqual(sql, result, () -> servers.tidb().column(tables.filled(sql))));
    if (expect.failure() != null) {
      awaitFailure(expect.failure());
    }
  }

  private List<String> columnsInOrder(TableId target) {
    return Ends.lines(servers.tidb(), target).stream()
        .filter(line -> !line.matches("(UNIQUE |PRIMARY )?KEY .*"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  private void awaitFailure(String text) {
    Await.until(
        "the sink to fail with " + text,
        ScenarioPipeline.LIMIT,
        () -> pipeline.failure() != null && pipeline.failure().contains(text));
  }

  private void awaitConverged(Ends ends) {
    awaitEqual(
        "difference of both ends",
        "",
        () ->
            ends.rowDifference(
                ends.read(servers.tidb(), names.target()), tables.expected(servers, ends)));
  }

  /** Nobody waits, the rows are those of the shards, the definition is their join. */
  void atTheEnd(Scenario.Compare compare, boolean grouped) {
    if (!grouped) {
      tables.live().forEach(shard -> awaitCopied(shard, compare));
      return;
    }

    group.awaitNothingPending();
    if (compare.rows()) {
      awaitConverged(new Ends(compare.except()));
    }

    if (compare.schema() && !tables.live().isEmpty()) {
      awaitJoined();
    }
  }

  /** A table without a route equals its upstream one. */
  private void awaitCopied(Shard shard, Scenario.Compare compare) {
    TableId table = names.table(shard);
    var mysql = servers.source(shard.source());
    Ends ends = new Ends(compare.except());
    if (compare.rows()) {
      awaitEqual(
          "difference of both ends",
          "",
          () ->
              ends.rowDifference(
                  ends.read(servers.tidb(), table), List.of(ends.read(mysql, table))));
    }

    if (compare.schema()) {
      awaitDefinition(table, List.of(TableDefinition.read(mysql, table)));
    }
  }

  private void awaitJoined() {
    awaitDefinition(
        names.target(),
        tables.live().stream()
            .map(shard -> TableDefinition.read(servers.source(shard.source()), names.table(shard)))
            .toList());
  }

  private void awaitDefinition(TableId target, List<TableDefinition> shards) {
    awaitEqual(
        "difference of the definitions",
        "",
        () -> Ends.definitionDifference(TableDefinition.read(servers.tidb(), target), shards));
  }

  private <T> void awaitEqual(String what, T expected, Callable<T> actual) {
    AtomicReference<T> last = new AtomicReference<>();
    try {
      Await.until(
          what,
          ScenarioPipeline.LIMIT,
          () -> {
            last.set(actual.call());
            return Objects.equals(last.get(), expected);
          },
          pipeline::failure);
    } catch (Await.AwaitException e) {
      throw new AssertionError(
          what + " is\n  " + last.get() + "\ninstead of\n  " + expected + "\n" + e.getMessage(), e);
    }
  }
}
