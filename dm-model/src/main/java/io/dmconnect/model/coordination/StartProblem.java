package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Why a group that has no member yet does not begin.
 *
 * @param reason what is wrong and what to do
 * @param mine one table's definition; null when nothing contradicts, but something is not known yet
 * @param theirs another table's definition; null like {@code mine}
 * @param missing what is not known yet
 */
public record StartProblem(
    String reason, String mine, String theirs, NavigableSet<String> missing) {
  /** Copies the set and checks what is never null. */
  public StartProblem {
    requireNonNull(reason, "reason is null");
    missing = Collections.unmodifiableNavigableSet(new TreeSet<>(missing));
  }

  /** Something must become known first. */
  public static StartProblem unknown(String reason, NavigableSet<String> missing) {
    return new StartProblem(reason, null, null, missing);
  }

  /** Two tables contradict each other. */
  public static StartProblem clash(String reason, String mine, String theirs) {
    return new StartProblem(reason, requireNonNull(mine), requireNonNull(theirs), new TreeSet<>());
  }

  /** Whether tables contradict each other. */
  public boolean isClash() {
    return mine != null;
  }
}
