package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Unfinished.Standing;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The record at {@code /dm/<task>/groups/<target>}, written by the coordinator: everything of a
 * group but its members and requests.
 */
public final class GroupJson {

  /** The record's text. */
  public static String write(GroupState state, SchemaTexts texts) {
    ObjectNode node = Json.record();
    Json.put(node, "target", state.config().target());
    Json.put(node, "mode", state.config().mode());
    Json.put(node, "expected_sources", state.config().expectedSources());
    if (!state.config().problems().isEmpty()) {
      ArrayNode problems = node.putArray("problems");
      state.config().problems().forEach(problem -> problems.add(problem(problem)));
    }

    ObjectNode stated = node.putObject("stated");
    state
        .stated()
        .forEach(
            (source, tables) -> {
              ArrayNode array = stated.putArray(source);
              tables.forEach(
                  t -> array.addObject().put("schema", t.schema()).put("table", t.table()));
            });
    GroupCore core = state.core();
    Json.put(node, "merged", core.target(), texts);
    Json.put(node, "joined", core.joined(), texts);
    if (core.inFlight() != null) {
      node.set("in_flight", execution(core.inFlight(), texts));
    }

    GroupHistory history = core.history();
    indexes(node, history.formerIndexes(), texts);
    Json.put(node, "accepted", history.accepted());
    ArrayNode coming = node.putArray("coming");
    history.coming().forEach(coming::add);
    ObjectNode fills = node.putObject("fills");
    history.fills().forEach(fills::put);
    members(node, "residues", history.residues());
    members(node, "ahead", history.ahead());
    Json.put(node, "dropped", Json.nodeNames(core.departed().dropped()));
    Json.put(node, "ended", Json.nodeNames(core.departed().ended()));
    Json.put(node, "gone", Json.nodeNames(core.departed().gone()));
    Json.put(node, "forgotten", core.departed().forgotten());
    Json.put(node, "left", Json.nodeNames(core.departed().left()));
    node.put("sequence", core.sequence());
    Json.put(node, "actions", core.actions());
    Json.put(node, "held_goal", core.heldGoal(), texts);
    Json.put(node, "held_error", core.heldError());
    if (!core.unfinished().isEmpty()) {
      ArrayNode unfinished = node.putArray("unfinished");
      core.unfinished().forEach(one -> unfinished.add(unfinished(one, texts)));
    }

    return node.toString();
  }

  /**
   * The group of a text, without members and requests.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static GroupState read(String json, SchemaTexts texts) {
    return Json.read(json, "group", node -> group(node, texts));
  }

  private static GroupState group(JsonNode node, SchemaTexts texts) {
    List<StartProblem> problems = new ArrayList<>();
    node.path("problems").forEach(item -> problems.add(problem(item)));
    GroupConfig config =
        new GroupConfig(
            Json.table(node.path("target")),
            Json.constant(node, "mode", GroupMode.class),
            Json.textSet(node, "expected_sources"),
            problems);
    NavigableMap<String, NavigableSet<TableId>> stated = new TreeMap<>();
    JsonNode sources = node.path("stated");
    sources
        .fieldNames()
        .forEachRemaining(
            source -> {
              NavigableSet<TableId> tables = new TreeSet<>();
              sources.get(source).forEach(table -> tables.add(Json.table(table)));
              stated.put(source, tables);
            });
    GroupCore core =
        new GroupCore(
            Json.schema(node, "merged", texts),
            Json.schema(node, "joined", texts),
            node.has("in_flight") ? execution(node.get("in_flight"), texts) : null,
            history(node, texts),
            new Departed(
                Json.members(node, "dropped"),
                Json.members(node, "ended"),
                Json.members(node, "gone"),
                Json.textSet(node, "forgotten"),
                Json.members(node, "left")),
            node.path("sequence").asLong(),
            Json.texts(node, "actions"),
            Json.schema(node, "held_goal", texts),
            Json.text(node, "held_error"),
            unfinished(node, texts));
    return new GroupState(config, stated, new TreeMap<>(), new TreeMap<>(), core);
  }

  private static ObjectNode problem(StartProblem problem) {
    ObjectNode node = Json.object().put("reason", problem.reason());
    Json.put(node, "mine", problem.mine());
    Json.put(node, "theirs", problem.theirs());
    Json.put(node, "missing", problem.missing());
    return node;
  }

  private static StartProblem problem(JsonNode node) {
    return new StartProblem(
        Json.text(node, "reason"),
        Json.text(node, "mine"),
        Json.text(node, "theirs"),
        Json.textSet(node, "missing"));
  }

  private static GroupHistory history(JsonNode node, SchemaTexts texts) {
    NavigableMap<String, String> fills = new TreeMap<>();
    JsonNode statedFills = node.path("fills");
    statedFills
        .fieldNames()
        .forEachRemaining(column -> fills.put(column, Json.text(statedFills, column)));
    // A record of before it was kept does not tell which columns are expected to follow: any may.
    boolean known = node.has("coming");
    return new GroupHistory(
        indexes(node, texts),
        fills,
        members(node, "residues"),
        known ? Json.textSet(node, "coming") : fills.navigableKeySet(),
        members(node, "ahead"),
        Json.textSet(node, "accepted"));
  }

  private static void members(
      ObjectNode node, String name, NavigableMap<String, NavigableSet<MemberId>> members) {
    ObjectNode byKey = node.putObject(name);
    members.forEach((key, ids) -> Json.put(byKey, key, Json.nodeNames(ids)));
  }

  private static NavigableMap<String, NavigableSet<MemberId>> members(JsonNode node, String name) {
    NavigableMap<String, NavigableSet<MemberId>> members = new TreeMap<>();
    JsonNode byKey = node.path(name);
    byKey.fieldNames().forEachRemaining(key -> members.put(key, Json.members(byKey, key)));
    return members;
  }

  private static ObjectNode execution(Execution execution, SchemaTexts texts) {
    ObjectNode node = Json.object();
    node.put("id", execution.id());
    if (!execution.begunAs().equals(execution.id())) {
      node.put("begun_as", execution.begunAs());
    }

    Json.put(node, "executor", execution.executor());
    Json.put(node, "request", execution.requestId());
    Json.put(node, "reason", execution.reason());
    Plan plan = execution.plan();
    Json.put(node, "statements", plan.statements());
    node.put("generated", plan.generated());
    ArrayNode afters = node.putArray("afters");
    for (TableSchema after : plan.afters()) {
      ObjectNode item = Json.object();
      Json.put(item, "schema", after, texts);
      afters.add(item);
    }

    Json.put(node, "merged", plan.target(), texts);
    Json.put(node, "joined", plan.joined(), texts);
    Json.put(node, "completes", Json.nodeNames(plan.completes()));
    indexes(node, plan.formerIndexes(), texts);
    Json.put(node, "accepted", plan.accepted());
    return node;
  }

  private static Execution execution(JsonNode node, SchemaTexts texts) {
    List<TableSchema> afters = new ArrayList<>();
    node.path("afters").forEach(item -> afters.add(Json.schema(item, "schema", texts)));
    Plan plan =
        new Plan(
            Json.texts(node, "statements"),
            afters,
            node.path("generated").asBoolean(),
            Json.schema(node, "merged", texts),
            Json.schema(node, "joined", texts),
            Json.members(node, "completes"),
            indexes(node, texts),
            Json.textSet(node, "accepted"));
    return new Execution(
        Json.text(node, "id"),
        Json.text(node, node.has("begun_as") ? "begun_as" : "id"),
        Json.member(node, "executor"),
        Json.text(node, "request"),
        plan,
        Json.text(node, "reason"));
  }

  private static ObjectNode unfinished(Unfinished one, SchemaTexts texts) {
    ObjectNode node = execution(one.execution(), texts);
    Json.put(node, "requests", one.requests());
    if (one.ran()) {
      node.put("ran", true);
    } else if (one.executed() > 0) {
      node.put("executed", one.executed());
    }

    return node.put("standing", one.standing().name());
  }

  private static List<Unfinished> unfinished(JsonNode node, SchemaTexts texts) {
    List<Unfinished> result = new ArrayList<>();
    for (JsonNode item : node.path("unfinished")) {
      Execution execution = execution(item, texts);
      int executed =
          item.path("ran").asBoolean()
              ? execution.plan().statements().size()
              : item.path("executed").asInt();
      Standing standing = Standing.valueOf(item.path("standing").asText(Standing.FAILED.name()));
      result.add(new Unfinished(execution, Json.textSet(item, "requests"), executed, standing));
    }

    return result;
  }

  /** Index definitions travel as a table that has them all. */
  private static void indexes(
      ObjectNode node, NavigableMap<String, List<IndexSchema>> former, SchemaTexts texts) {
    List<IndexSchema> all = former.values().stream().flatMap(List::stream).toList();
    if (!all.isEmpty()) {
      Json.put(node, "former_indexes", TableSchema.of(List.of(), all), texts);
    }
  }

  private static NavigableMap<String, List<IndexSchema>> indexes(JsonNode node, SchemaTexts texts) {
    NavigableMap<String, List<IndexSchema>> result = new TreeMap<>();
    TableSchema all = Json.schema(node, "former_indexes", texts);
    if (all != null) {
      for (IndexSchema index : all.indexes()) {
        result
            .computeIfAbsent(RequestColumns.lower(index.name()), name -> new ArrayList<>())
            .add(index);
      }
    }

    return result;
  }

  private GroupJson() {}
}
