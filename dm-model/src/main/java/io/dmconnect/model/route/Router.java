package io.dmconnect.model.route;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * DM's table routing. A rule about tables comes before a rule about schemas; two rules of the same
 * level that match one table are an error; a table without a rule keeps its name. Results are kept
 * per source and table. Thread-safe.
 */
public final class Router {
  private final List<RouteRule> rules;
  private final Map<Upstream, Route> routes = new ConcurrentHashMap<>();

  /** A router of those rules; their order does not count. */
  public Router(List<RouteRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Where an upstream table goes.
   *
   * @param source the source's id, its {@code topic.prefix}
   * @throws DmException when several rules of the same level match, or an extract's expression is
   *     not found in the name it is for
   */
  public Route route(String source, TableId table) {
    requireNonNull(source, "source is null");
    Upstream upstream = new Upstream(source, table);
    Route known = routes.get(upstream);
    return known != null ? known : routes.computeIfAbsent(upstream, this::find);
  }

  private Route find(Upstream upstream) {
    TableId table = upstream.table();
    RouteRule rule = only(table, r -> !r.isSchemaRule());
    if (rule == null) {
      rule = only(table, RouteRule::isSchemaRule);
    }

    if (rule == null) {
      return new Route(table, List.of(), false, false);
    }

    TableId target = rule.target(table);
    List<Route.AddedColumn> columns =
        rule.extracts().stream()
            .map(e -> new Route.AddedColumn(e.targetColumn(), e.value(upstream.name(e.from()))))
            .toList();
    boolean others = othersLeadTo(target, rule);
    return new Route(target, columns, rule.isMerge() || others, identifies(rule, upstream, others));
  }

  /** Whether every part of the name that can differ is kept whole in a column. */
  private static boolean identifies(RouteRule rule, Upstream upstream, boolean others) {
    boolean oneTable = !others && rule.tablePattern() != null && rule.tablePattern().isLiteral();
    boolean oneSchema = !others && rule.schemaPattern().isLiteral();
    return keeps(rule, upstream, Extract.From.SOURCE)
        && (oneSchema || keeps(rule, upstream, Extract.From.SCHEMA))
        && (oneTable || keeps(rule, upstream, Extract.From.TABLE));
  }

  private static boolean keeps(RouteRule rule, Upstream upstream, Extract.From part) {
    String name = upstream.name(part);
    return rule.extracts().stream().anyMatch(e -> e.from() == part && e.value(name).equals(name));
  }

  private RouteRule only(TableId table, Predicate<RouteRule> level) {
    List<RouteRule> matching =
        rules.stream().filter(level).filter(rule -> rule.matches(table)).toList();
    if (matching.size() > 1) {
      throw new DmException(
          ModelError.AMBIGUOUS_ROUTE,
          "Table "
              + table
              + " is matched by several route rules of the same level: "
              + String.join(", ", matching.stream().map(RouteRule::name).toList()));
    }

    return matching.isEmpty() ? null : matching.get(0);
  }

  private boolean othersLeadTo(TableId target, RouteRule rule) {
    return rules.stream()
        .filter(other -> !other.equals(rule))
        .anyMatch(other -> other.couldLeadTo(target));
  }

  private record Upstream(String source, TableId table) {
    String name(Extract.From from) {
      return switch (from) {
        case TABLE -> table.table();
        case SCHEMA -> table.schema();
        case SOURCE -> source;
      };
    }
  }
}
