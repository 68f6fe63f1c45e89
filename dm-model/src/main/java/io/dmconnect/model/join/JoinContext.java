package io.dmconnect.model.join;

import io.dmconnect.model.join.JoinReason.Part;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a join must know of the past.
 *
 * @param target the merged table as it is; its column order is kept while the members disagree, and
 *     its definitions stand for what an operator accepted; null when unknown
 * @param formerIndexes per lower-case index name the definitions that a member has already given
 *     up: a member that still holds one is behind, not in contradiction
 * @param accepted the contradictions an operator accepted, as {@link #key} writes them
 */
public record JoinContext(
    TableSchema target,
    SortedMap<String, List<IndexSchema>> formerIndexes,
    SortedSet<String> accepted) {

  /** No past. */
  public static final JoinContext NONE = new JoinContext(null, new TreeMap<>(), new TreeSet<>());

  /** Copies the collections. */
  public JoinContext {
    formerIndexes = Collections.unmodifiableSortedMap(new TreeMap<>(formerIndexes));
    accepted = Collections.unmodifiableSortedSet(new TreeSet<>(accepted));
  }

  /** A contradiction's name in {@link #accepted}. */
  public static String key(Part part, String name) {
    return part == Part.PARTITIONING
        ? "partitioning"
        : part.name().toLowerCase(Locale.ROOT) + " " + Canonical.lower(name);
  }

  boolean isAccepted(Part part, String name) {
    return accepted.contains(key(part, name));
  }

  /** Whether the definition is one that a member has given up; comments do not count. */
  public boolean isFormer(IndexSchema index) {
    return formerIndexes.getOrDefault(Canonical.lower(index.name()), List.of()).stream()
        .anyMatch(former -> sameIndex(former, index));
  }

  /** Whether two definitions of one name mean the same key; comments do not count. */
  public static boolean sameIndex(IndexSchema first, IndexSchema second) {
    return first.kind() == second.kind() && Canonical.parts(first).equals(Canonical.parts(second));
  }
}
