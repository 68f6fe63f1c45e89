package io.dmconnect.model.coordination;

import io.dmconnect.model.schema.IndexSchema;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the members' schemas alone do not tell. Columns and indexes by lower-case name.
 *
 * @param formerIndexes index definitions that a member gave up while others still hold them
 * @param fills for each column that some members lack: the value their rows have in the merged
 *     table, as SQL, see {@link Fills}
 * @param residues for each column the members that dropped it while the merged table kept it: their
 *     rows still have old values there
 * @param coming columns that a member added by a change while others lack them, which are expected
 *     to follow; not those that a table had when it came
 * @param ahead for each statement that takes away rows, as {@link PartitionRows#key} names it, the
 *     members that went past it before the others came to it: only an operator lets them
 * @param accepted contradictions an operator accepted, as {@code JoinContext.key} names them
 */
public record GroupHistory(
    NavigableMap<String, List<IndexSchema>> formerIndexes,
    NavigableMap<String, String> fills,
    NavigableMap<String, NavigableSet<MemberId>> residues,
    NavigableSet<String> coming,
    NavigableMap<String, NavigableSet<MemberId>> ahead,
    NavigableSet<String> accepted) {

  /** Nothing happened yet. */
  public static final GroupHistory EMPTY =
      new GroupHistory(
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeSet<>(),
          new TreeMap<>(),
          new TreeSet<>());

  /** Copies the collections. */
  public GroupHistory {
    formerIndexes = Collections.unmodifiableNavigableMap(new TreeMap<>(formerIndexes));
    fills = Collections.unmodifiableNavigableMap(new TreeMap<>(fills));
    residues = Collections.unmodifiableNavigableMap(new TreeMap<>(residues));
    coming = Collections.unmodifiableNavigableSet(new TreeSet<>(coming));
    ahead = Collections.unmodifiableNavigableMap(new TreeMap<>(ahead));
    accepted = Collections.unmodifiableNavigableSet(new TreeSet<>(accepted));
  }

  GroupHistory withResidues(NavigableMap<String, NavigableSet<MemberId>> other) {
    return new GroupHistory(formerIndexes, fills, other, coming, ahead, accepted);
  }

  GroupHistory withAhead(NavigableMap<String, NavigableSet<MemberId>> other) {
    return new GroupHistory(formerIndexes, fills, residues, coming, other, accepted);
  }

  /** Without what is known of the values of some columns, by lower-case name. */
  GroupHistory withoutColumns(Set<String> columns) {
    NavigableMap<String, String> otherFills = new TreeMap<>(fills);
    otherFills.keySet().removeAll(columns);
    NavigableMap<String, NavigableSet<MemberId>> otherResidues = new TreeMap<>(residues);
    otherResidues.keySet().removeAll(columns);
    return new GroupHistory(formerIndexes, otherFills, otherResidues, coming, ahead, accepted);
  }

  boolean hasResidue(MemberId member, String column) {
    return residues.getOrDefault(column, Collections.emptyNavigableSet()).contains(member);
  }
}
