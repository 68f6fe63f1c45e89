package io.dmconnect.sink.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlScanner;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.ddl.TableNameRewriter;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.route.Route;
import io.dmconnect.model.route.Router;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Decides what a schema change asks of the target. Pure; safe for several threads. */
final class DdlPlanner {
  private final Router router;
  private final BiPredicate<String, TableId> grouped;

  /**
   * A planner.
   *
   * @param grouped whether a source's table is merged with others whatever the routes say
   */
  DdlPlanner(Router router, BiPredicate<String, TableId> grouped) {
    this.router = router;
    this.grouped = grouped;
  }

  /** The plan of a change that comes from that source. */
  DdlPlan plan(String source, DdlEvent event) {
    Route route = router.route(source, event.table());
    Route renamed = event.newTable() == null ? null : router.route(source, event.newTable());
    List<String> notes = new ArrayList<>();
    TableId merged = event.kind() == DdlKind.ALTER_TABLE ? merged(source, event) : null;
    MergedRows rows =
        merged == null
            ? MergedRows.STAY
            : MergedRows.of(
                event.statements(), SqlModes.parse(event.sqlMode()), event.defaultSchema());
    String skipped = skipReason(event, route, renamed, rows == MergedRows.GO);
    String refused =
        rows == MergedRows.MOVE
            ? "it changes rows in a way that the binlog does not tell, and other upstream tables go"
                + " to "
                + merged
                + ", too"
            : null;
    boolean nothingToRun =
        skipped != null || refused != null || (route.merge() && event.takesBackSnapshot());
    List<String> statements = nothingToRun ? List.of() : statements(source, event, notes);
    return new DdlPlan(
        event,
        route.target(),
        renamed == null ? null : renamed.target(),
        statements,
        skipped,
        refused,
        notes,
        route.merge(),
        !route.columns().isEmpty(),
        route.identifies() ? route.columns() : List.of());
  }

  /** The first target of the change's tables that other tables go to, too; null for none. */
  private TableId merged(String source, DdlEvent event) {
    SqlModes modes = SqlModes.parse(event.sqlMode());
    Stream<TableId> named =
        event.statements().stream()
            .flatMap(sql -> DdlScanner.scan(sql, modes, event.defaultSchema()).tables().stream())
            .filter(table -> !table.schema().isEmpty());
    return Stream.concat(Stream.of(event.table()), named)
        .filter(table -> router.route(source, table).merge() || grouped.test(source, table))
        .map(table -> router.route(source, table).target())
        .findFirst()
        .orElse(null);
  }

  private static String skipReason(
      DdlEvent event, Route route, Route renamed, boolean emptiesPartitions) {
    if (event.kind() == DdlKind.DESELECT_TABLE) {
      return "the source does not capture the table any more";
    }

    boolean emptiesOthers =
        event.kind() == DdlKind.DROP_TABLE
            || event.kind() == DdlKind.TRUNCATE_TABLE
            || emptiesPartitions;
    if (route.merge() && emptiesOthers && !event.takesBackSnapshot()) {
      return "other upstream tables go to " + route.target() + ", too";
    }

    if (renamed != null && renamed.target().equals(route.target())) {
      return "both names go to " + route.target();
    }

    if (renamed != null && (route.merge() || renamed.merge())) {
      return "a renamed table among several that go to one target table cannot be followed";
    }

    return null;
  }

  private List<String> statements(String source, DdlEvent event, List<String> notes) {
    SqlModes modes = SqlModes.parse(event.sqlMode());
    List<String> statements = new ArrayList<>();
    for (String routed : routed(source, event)) {
      DdlAdapter.Adapted adapted = DdlAdapter.adapt(routed, modes, event.after());
      notes.addAll(adapted.notes());
      if (adapted.sql() != null) {
        statements.add(adapted.sql());
      }
    }

    return statements;
  }

  /** Whether a change gives the upstream table a name that goes to another target. */
  boolean movesToAnotherTarget(DdlWork work) {
    TableId renamed = work.event().newTable();
    return renamed != null
        && !router
            .route(work.source(), renamed)
            .target()
            .equals(router.route(work.source(), work.event().table()).target());
  }

  /** The statements with the target's names. */
  List<String> routed(String source, DdlEvent event) {
    SqlModes modes = SqlModes.parse(event.sqlMode());
    return event.statements().stream()
        .map(
            sql ->
                TableNameRewriter.rewrite(
                    sql, modes, event.defaultSchema(), name -> target(source, name)))
        .toList();
  }

  private TableId target(String source, TableId name) {
    return name.schema().isEmpty() ? name : router.route(source, name).target();
  }
}
