package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What a shard group is told from outside.
 *
 * @param target the merged table
 * @param mode how it changes
 * @param expectedSources the sources whose tables must be known before anything is made narrower;
 *     empty when the members that are there are all
 * @param problems what the prechecks say against beginning, while it has no member
 */
public record GroupConfig(
    TableId target,
    GroupMode mode,
    NavigableSet<String> expectedSources,
    List<StartProblem> problems) {

  /** Copies the collections and checks what is never null. */
  public GroupConfig {
    requireNonNull(target, "target is null");
    requireNonNull(mode, "mode is null");
    expectedSources = Collections.unmodifiableNavigableSet(new TreeSet<>(expectedSources));
    problems = List.copyOf(problems);
  }

  /** A configuration against which the prechecks say nothing. */
  public GroupConfig(TableId target, GroupMode mode, NavigableSet<String> expectedSources) {
    this(target, mode, expectedSources, List.of());
  }

  /** A configuration from any collection of sources. */
  public static GroupConfig of(TableId target, GroupMode mode, Collection<String> sources) {
    return new GroupConfig(target, mode, new TreeSet<>(sources));
  }
}
