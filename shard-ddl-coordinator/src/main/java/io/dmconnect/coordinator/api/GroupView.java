package io.dmconnect.coordinator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.coordinator.engine.TaskSnapshot;
import io.dmconnect.coordinator.store.StoredGroup;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Execution;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.Member;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.join.SchemaDiff;
import io.dmconnect.model.join.SqlWriter;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** A group for people: its schemas, who waits, since when and for whom, and the ways out. */
final class GroupView {
  private final StoredGroup stored;
  private final GroupState state;
  private final String problem;
  private final long nowMillis;
  private final WaitsView waits;

  GroupView(TaskSnapshot.Group group, long nowMillis) {
    this.stored = group.stored();
    this.state = stored.state();
    this.problem = group.problem();
    this.nowMillis = nowMillis;
    this.waits = new WaitsView(stored, nowMillis);
  }

  /** What a list of groups tells. */
  ObjectNode summary() {
    ObjectNode node = JsonNodes.object();
    node.set("group", JsonNodes.table(state.config().target()));
    node.put("mode", state.config().mode().name());
    node.put("members", state.members().size());
    node.put("waiting", waits.waiting());
    node.put("conflicts", waits.conflicts());
    node.put("oldest_wait_ms", waits.oldestMillis());
    node.put("executing", state.core().inFlight() != null);
    node.put("problem", problem);
    return node;
  }

  /** Everything but the single members. */
  ObjectNode details() {
    ObjectNode node = summary();
    JsonNodes.put(node, "expected_sources", state.config().expectedSources());
    JsonNodes.put(node, "unknown", state.unknown());
    JsonNodes.put(node, "not_stated", notStated());
    JsonNodes.put(node, "dropped", state.core().departed().dropped());
    JsonNodes.put(node, "forgotten_sources", state.core().departed().forgotten());
    node.put("merged", sql(state.target()));
    node.put("held_error", state.core().heldError());
    Execution execution = state.core().inFlight();
    if (execution != null) {
      node.set("execution", execution(execution));
    }

    node.set("waits", waits.classes());
    node.set("schemas", schemas());
    return node;
  }

  /** The sources that have members, or are expected to. */
  NavigableSet<String> sources() {
    NavigableSet<String> sources = new TreeSet<>(state.config().expectedSources());
    state.members().keySet().forEach(member -> sources.add(member.source()));
    state
        .stated()
        .forEach(
            (source, tables) -> {
              if (!tables.isEmpty()) {
                sources.add(source);
              }
            });
    return sources;
  }

  /** Members that their source no longer lists: their end is on its way, or never comes. */
  private List<MemberId> notStated() {
    return state.members().keySet().stream()
        .filter(
            id ->
                state.stated().containsKey(id.source())
                    && !state.stated().get(id.source()).contains(id.table()))
        .toList();
  }

  /** The members with their schemas, equal schemas together. */
  private ArrayNode schemas() {
    Map<TableSchema, List<Member>> bySchema = new LinkedHashMap<>();
    for (Member member : state.members().values()) {
      bySchema.computeIfAbsent(member.schema(), schema -> new ArrayList<>()).add(member);
    }

    ArrayNode array = JsonNodes.array();
    bySchema.forEach(
        (schema, members) -> {
          ObjectNode node = array.addObject();
          JsonNodes.put(node, "members", members.stream().map(Member::id).toList());
          node.put("sql", sql(schema));
          JsonNodes.put(node, "differences", differences(schema));
        });
    return array;
  }

  /** What would make a member's table into the merged one. */
  private List<String> differences(TableSchema schema) {
    TableSchema joined = state.core().joined();
    return joined == null || SchemaComparison.equal(schema, joined)
        ? List.of()
        : SchemaDiff.statements(schema, joined, state.config().target());
  }

  /** One member; null when there is no such member. */
  ObjectNode member(MemberId id) {
    Member member = state.members().get(id);
    if (member == null) {
      return null;
    }

    ObjectNode node = JsonNodes.object();
    node.set("member", JsonNodes.member(id));
    node.put("sql", SqlWriter.createTable(member.schema(), id.table()));
    if (!member.seen().equals(member.schema())) {
      node.put("seen_as", SqlWriter.createTable(member.seen(), id.table()));
    }

    JsonNodes.put(node, "differences", differences(member.schema()));
    JsonNodes.put(node, "done", member.done());
    Decision decision = stored.decisions().get(id);
    node.put("last_decision", decision == null ? null : decision.getClass().getSimpleName());
    Long since = stored.sinceMillis().get(id);
    node.put("waiting_ms", since == null ? null : nowMillis - since);
    return node;
  }

  private static ObjectNode execution(Execution execution) {
    ObjectNode node = JsonNodes.object();
    node.put("id", execution.id());
    node.put("executor", execution.executor().toString());
    node.put("reason", execution.reason());
    JsonNodes.put(node, "statements", execution.plan().statements());
    return node;
  }

  private String sql(TableSchema schema) {
    TableId target = state.config().target();
    return schema == null ? null : SqlWriter.createTable(schema, target);
  }
}
