package io.dmconnect.model.check;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.route.Route;
import io.dmconnect.model.route.Router;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The prechecks of a task: a pure function of what its sink was told and what its sources found.
 * Immutable.
 */
public final class ShardChecks {
  private final TaskSettings settings;
  private final Map<TableId, List<ShardTable>> groups;
  private final Map<TableId, List<MemberId>> notUnderstood = new TreeMap<>();

  /**
   * The checks of a task.
   *
   * @param settings the mode, the routes, and the items to leave out
   * @param facts what the sources found
   */
  public ShardChecks(TaskSettings settings, Collection<SourceFacts> facts) {
    this.settings = settings;
    this.groups = groups(new Router(settings.routes()), facts);
    groups
        .entrySet()
        .removeIf(
            group ->
                group.getValue().size()
                        + notUnderstood.getOrDefault(group.getKey(), List.of()).size()
                    < 2);
  }

  /** The merged tables to which several tables go. */
  public Set<TableId> targets() {
    return Collections.unmodifiableSet(groups.keySet());
  }

  /**
   * What is wrong with the tables that are merged, errors first; empty when nothing is.
   *
   * @param merged a merged table as it is, with the columns that routes add; gives null when there
   *     is none yet. One without these columns is taken to get them in every key
   */
  public List<Finding> findings(Function<TableId, TableSchema> merged) {
    List<Finding> findings = new ArrayList<>();
    targets().forEach(target -> findings.addAll(findings(target, merged.apply(target))));
    findings.sort(Comparator.comparing(Finding::severity));
    return findings;
  }

  /** What is wrong with the tables of one merged table; see {@link #findings(Function)}. */
  public List<Finding> findings(TableId target, TableSchema merged) {
    List<ShardTable> tables = groups.get(target);
    if (tables == null) {
      return List.of();
    }

    List<Finding> findings = new ArrayList<>();
    if (tables.size() > 1) {
      ShardTables group = new ShardTables(target, settings.mode(), merged, tables);
      findings.addAll(SchemaCheck.check(group));
      findings.addAll(KeyCheck.check(group));
      findings.addAll(AutoIncrementCheck.check(group));
    }

    List<MemberId> unchecked = notUnderstood.get(target);
    if (unchecked != null) {
      findings.add(SchemaCheck.notUnderstood(target, unchecked));
    }

    findings.removeIf(finding -> finding.item().isIn(settings.ignoredChecks()));
    findings.sort(Comparator.comparing(Finding::severity));
    return findings;
  }

  private Map<TableId, List<ShardTable>> groups(Router router, Collection<SourceFacts> facts) {
    Map<TableId, List<ShardTable>> groups = new TreeMap<>();
    for (SourceFacts source : facts) {
      source
          .tables()
          .forEach(
              (table, found) -> {
                Route route = route(router, source.source(), table);
                if (route != null) {
                  List<ShardTable> group =
                      groups.computeIfAbsent(route.target(), target -> new ArrayList<>());
                  MemberId member = new MemberId(source.source(), table);
                  if (found.schema() != null) {
                    group.add(new ShardTable(member, added(route), found));
                  } else {
                    notUnderstood
                        .computeIfAbsent(route.target(), target -> new ArrayList<>())
                        .add(member);
                  }
                }
              });
    }

    return groups;
  }

  /** Null when the rules give none, which is reported where the table is routed. */
  private static Route route(Router router, String source, TableId table) {
    try {
      return router.route(source, table);
    } catch (DmException e) {
      return null;
    }
  }

  private static Map<String, String> added(Route route) {
    return route.columns().stream()
        .collect(
            Collectors.toMap(
                column -> UniqueKeys.lower(column.name()),
                Route.AddedColumn::value,
                (first, second) -> second));
  }
}
