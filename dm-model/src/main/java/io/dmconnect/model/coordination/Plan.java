package io.dmconnect.model.coordination;

import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is to happen to the merged table and what holds then.
 *
 * @param statements what to run; empty when nothing has to be
 * @param afters the merged table's schema after each statement; shorter when only the last is known
 * @param generated whether the statements are generated
 * @param target the merged table's schema in the end
 * @param joined what its members make of it in the end; null when there is none
 * @param completes the members whose requests are done with it
 * @param formerIndexes the index definitions given up, see {@link GroupHistory}
 * @param accepted the contradictions accepted, see {@link GroupHistory}
 */
public record Plan(
    List<String> statements,
    List<TableSchema> afters,
    boolean generated,
    TableSchema target,
    TableSchema joined,
    NavigableSet<MemberId> completes,
    NavigableMap<String, List<IndexSchema>> formerIndexes,
    NavigableSet<String> accepted) {

  /** Copies the collections. */
  public Plan {
    statements = List.copyOf(statements);
    afters = List.copyOf(afters);
    completes = Collections.unmodifiableNavigableSet(new TreeSet<>(completes));
    formerIndexes = Collections.unmodifiableNavigableMap(new TreeMap<>(formerIndexes));
    accepted = Collections.unmodifiableNavigableSet(new TreeSet<>(accepted));
  }

  /** The merged table when only the first statements have run; null when that is not known. */
  TableSchema targetAfter(int executed) {
    if (executed >= statements.size()) {
      return target;
    }

    return executed > 0 && executed <= afters.size() && afters.size() == statements.size()
        ? afters.get(executed - 1)
        : null;
  }

  Plan withTables(List<TableSchema> newAfters, TableSchema newTarget, TableSchema newJoined) {
    return new Plan(
        statements, newAfters, generated, newTarget, newJoined, completes, formerIndexes, accepted);
  }

  Plan withCompletes(NavigableSet<MemberId> members) {
    return new Plan(
        statements, afters, generated, target, joined, members, formerIndexes, accepted);
  }

  Plan withHistory(
      NavigableMap<String, List<IndexSchema>> otherFormer, NavigableSet<String> otherAccepted) {
    return new Plan(
        statements, afters, generated, target, joined, completes, otherFormer, otherAccepted);
  }

  Plan withStatements(List<String> other) {
    return new Plan(other, List.of(), false, target, joined, completes, formerIndexes, accepted);
  }
}
