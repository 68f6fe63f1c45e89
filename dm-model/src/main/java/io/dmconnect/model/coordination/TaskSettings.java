package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.route.RouteRule;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What a task's sink connector states about all its groups.
 *
 * @param mode how the groups change
 * @param expectedSources the ids of the sources whose tables must be known before anything is made
 *     narrower; empty when those that are there are all
 * @param routes the routing rules, which tell the group of a source's table
 * @param caseSensitive whether the rules' names must match in case
 * @param ignoredChecks the names of prechecks that are not made
 */
public record TaskSettings(
    GroupMode mode,
    NavigableSet<String> expectedSources,
    List<RouteRule> routes,
    boolean caseSensitive,
    NavigableSet<String> ignoredChecks) {

  /** Copies the collections and checks what is never null. */
  public TaskSettings {
    requireNonNull(mode, "mode is null");
    expectedSources = Collections.unmodifiableNavigableSet(new TreeSet<>(expectedSources));
    routes = List.copyOf(routes);
    ignoredChecks = Collections.unmodifiableNavigableSet(new TreeSet<>(ignoredChecks));
  }

  /** Settings under which every precheck is made. */
  public TaskSettings(
      GroupMode mode,
      NavigableSet<String> expectedSources,
      List<RouteRule> routes,
      boolean caseSensitive) {
    this(mode, expectedSources, routes, caseSensitive, new TreeSet<>());
  }
}
