package io.dmconnect.model.coordination;

import io.dmconnect.model.join.SchemaOverlay;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The members' schemas as they would be once some requests are done. */
final class View {
  private final NavigableMap<MemberId, TableSchema> schemas;

  private View(NavigableMap<MemberId, TableSchema> schemas) {
    this.schemas = schemas;
  }

  static View of(GroupState state, Collection<Pending> done) {
    NavigableMap<MemberId, TableSchema> schemas = new TreeMap<>();
    state.members().forEach((id, member) -> schemas.put(id, member.seen()));
    for (Pending pending : done) {
      TableSchema after = after(state, pending.request());
      if (after == null) {
        schemas.remove(pending.member());
      } else {
        schemas.put(pending.member(), after);
      }
    }

    return new View(schemas);
  }

  /** The schema the group would take the member for; null when it is no member then. */
  static TableSchema after(GroupState state, DdlRequest request) {
    if (request.leaves() || request.after() == null) {
      return null;
    }

    Member member = state.members().get(request.member());
    boolean skippedBefore = member != null && !member.seen().equals(member.schema());
    if (!skippedBefore || request.before() == null) {
      return request.after();
    }

    return state.config().mode() == GroupMode.PESSIMISTIC
        ? SchemaOverlay.apply(member.seen(), request.before(), request.after())
        : SchemaOverlay.holding(member.seen(), request.before(), request.after());
  }

  int size() {
    return schemas.size();
  }

  /** Each schema once. */
  List<TableSchema> distinct() {
    Set<TableSchema> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    List<TableSchema> result = new ArrayList<>();
    for (TableSchema schema : schemas.values()) {
      if (distinct.add(schema)) {
        result.add(schema);
      }
    }

    return result;
  }

  /** The members, but some, whose schema meets a condition; asked once per distinct schema. */
  List<MemberId> membersWith(Predicate<TableSchema> condition, Collection<MemberId> but) {
    IdentityHashMap<TableSchema, Boolean> asked = new IdentityHashMap<>();
    List<MemberId> result = new ArrayList<>();
    schemas.forEach(
        (id, schema) -> {
          if (asked.computeIfAbsent(schema, condition::test) && !but.contains(id)) {
            result.add(id);
          }
        });
    return result;
  }

  boolean has(MemberId member) {
    return schemas.containsKey(member);
  }

  boolean allHave(String column) {
    return distinct().stream().allMatch(schema -> schema.column(column).isPresent());
  }

  boolean anyHas(String column) {
    return distinct().stream().anyMatch(schema -> schema.column(column).isPresent());
  }
}
