package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A shard group as a value. It is kept as separate records (see {@link GroupJson}, {@link
 * MemberJson}, {@link PendingJson}) and put together from them, so that no record grows with the
 * number of members.
 *
 * @param config what it is told from outside
 * @param stated per source the tables it told; none of a source that was forgotten
 * @param members the members by id
 * @param pending the requests that are not done by member
 * @param core everything else
 */
public record GroupState(
    GroupConfig config,
    NavigableMap<String, NavigableSet<TableId>> stated,
    NavigableMap<MemberId, Member> members,
    NavigableMap<MemberId, Pending> pending,
    GroupCore core) {

  /** Copies the collections and checks what is never null. */
  public GroupState {
    requireNonNull(config, "config is null");
    requireNonNull(core, "core is null");
    stated = Collections.unmodifiableNavigableMap(new TreeMap<>(stated));
    members = Collections.unmodifiableNavigableMap(new TreeMap<>(members));
    pending = Collections.unmodifiableNavigableMap(new TreeMap<>(pending));
  }

  /**
   * A group nobody has joined.
   *
   * @param found the schema of the target when it already exists; null otherwise. What the members
   *     do not have in it is left alone
   */
  public static GroupState start(GroupConfig config, TableSchema found) {
    return new GroupState(
        config, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), GroupCore.start(found));
  }

  /**
   * The state with members and requests, from their own records. Equal schemas become one object,
   * which keeps decisions on large groups cheap.
   */
  public GroupState with(Collection<Member> ownMembers, Collection<Pending> ownPending) {
    Map<TableSchema, TableSchema> known = new HashMap<>();
    UnaryOperator<TableSchema> one =
        schema -> schema == null ? null : known.computeIfAbsent(schema, own -> own);
    NavigableMap<MemberId, Member> byId = new TreeMap<>();
    for (Member member : ownMembers) {
      byId.put(
          member.id(), member.withSchemas(one.apply(member.schema()), one.apply(member.seen())));
    }

    NavigableMap<MemberId, Pending> byMember = new TreeMap<>();
    for (Pending pendingOne : ownPending) {
      DdlRequest request = pendingOne.request();
      byMember.put(
          pendingOne.member(),
          pendingOne.withRequest(
              request.withSchemas(one.apply(request.before()), one.apply(request.after()))));
    }

    return new GroupState(config, stated, byId, byMember, core);
  }

  /** The merged table as it is; null when there is none yet. */
  public TableSchema target() {
    return core.target();
  }

  /** What is still unknown: {@code source NAME}, and tables that were told but have not joined. */
  public NavigableSet<String> unknown() {
    NavigableSet<String> result = new TreeSet<>();
    for (String source : config.expectedSources()) {
      if (!stated.containsKey(source)) {
        result.add("source " + source);
      }
    }

    stated.forEach(
        (source, tables) ->
            tables.stream()
                .map(table -> new MemberId(source, table))
                .filter(id -> !members.containsKey(id) && !core.departed().dropped().contains(id))
                .filter(id -> !core.departed().ended().contains(id))
                .filter(id -> !pending.containsKey(id))
                .forEach(id -> result.add(id.toString())));
    return result;
  }

  /** Whether a table may still join, but for those that do now: one is expected, or waits to. */
  boolean isAwaiting(Collection<Pending> joining) {
    return !unknown().isEmpty()
        || pending.values().stream()
            .anyMatch(one -> one.request().creates() && !joining.contains(one));
  }

  /** The requests in order of arrival, new tables first: who is a member is decided before what. */
  List<Pending> byArrival() {
    List<Pending> result = new ArrayList<>(pending.values());
    result.sort(
        Comparator.<Pending, Boolean>comparing(one -> !one.request().creates())
            .thenComparingLong(Pending::arrival));
    return result;
  }

  /** An equal schema the state already holds, so that equal schemas are one object. */
  TableSchema intern(TableSchema schema) {
    if (schema == null) {
      return null;
    }

    Set<TableSchema> tried = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Member member : members.values()) {
      if (tried.add(member.seen()) && member.seen().equals(schema)) {
        return member.seen();
      }
    }

    for (Pending other : pending.values()) {
      TableSchema after = other.request().after();
      if (after != null && tried.add(after) && after.equals(schema)) {
        return after;
      }
    }

    return schema;
  }

  /**
   * Without a join when no member is left: a table that comes then is compared with the merged
   * table, which keeps the rows of those that left.
   */
  GroupState withJoinOfMembersOnly() {
    boolean stale = members.isEmpty() && core.inFlight() == null && core.joined() != null;
    if (!stale) {
      return this;
    }

    GroupHistory history = core.history();
    GroupHistory rest =
        new GroupHistory(
            history.formerIndexes(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeSet<>(),
            new TreeMap<>(),
            history.accepted());
    return withCore(core.withTables(core.target(), null).withHistory(rest));
  }

  GroupState withConfig(GroupConfig newConfig) {
    return new GroupState(newConfig, stated, members, pending, core);
  }

  GroupState withCore(GroupCore newCore) {
    return new GroupState(config, stated, members, pending, newCore);
  }

  GroupState withMembers(Map<MemberId, Member> newMembers) {
    return new GroupState(config, stated, new TreeMap<>(newMembers), pending, core);
  }

  GroupState withMember(Member member) {
    NavigableMap<MemberId, Member> copy = new TreeMap<>(members);
    copy.put(member.id(), member);
    return withMembers(copy);
  }

  GroupState withPending(Map<MemberId, Pending> newPending) {
    return new GroupState(config, stated, members, new TreeMap<>(newPending), core);
  }

  GroupState withPending(Pending one) {
    NavigableMap<MemberId, Pending> copy = new TreeMap<>(pending);
    copy.put(one.member(), one);
    return withPending(copy);
  }

  GroupState withoutPending(MemberId member) {
    NavigableMap<MemberId, Pending> copy = new TreeMap<>(pending);
    copy.remove(member);
    return withPending(copy);
  }

  GroupState withStated(String source, NavigableSet<TableId> tables) {
    NavigableMap<String, NavigableSet<TableId>> copy = new TreeMap<>(stated);
    copy.put(source, tables);
    return new GroupState(config, copy, members, pending, core);
  }
}
