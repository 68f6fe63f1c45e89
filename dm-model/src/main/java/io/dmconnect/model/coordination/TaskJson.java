package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.Extract;
import io.dmconnect.model.route.RouteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The record at {@code /dm/<task>/settings}, written by the task's sink. */
public final class TaskJson {

  /** The record's text. */
  public static String write(TaskSettings settings) {
    ObjectNode node = Json.record();
    Json.put(node, "mode", settings.mode());
    Json.put(node, "expected_sources", settings.expectedSources());
    node.put("case_sensitive", settings.caseSensitive());
    Json.put(node, "ignored_checks", settings.ignoredChecks());
    ArrayNode routes = node.putArray("routes");
    for (RouteRule rule : settings.routes()) {
      ObjectNode item = routes.addObject();
      item.put("name", rule.name());
      item.put("schema_pattern", rule.schemaPattern().toString());
      if (rule.tablePattern() != null) {
        item.put("table_pattern", rule.tablePattern().toString());
      }

      Json.put(item, "target_schema", rule.targetSchema());
      Json.put(item, "target_table", rule.targetTable());
      ArrayNode extracts = item.putArray("extracts");
      for (Extract extract : rule.extracts()) {
        extracts
            .addObject()
            .put("from", extract.from().name())
            .put("regexp", extract.regexp().pattern())
            .put("flags", extract.regexp().flags())
            .put("column", extract.targetColumn());
      }
    }

    return node.toString();
  }

  /**
   * The settings of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static TaskSettings read(String json) {
    return Json.read(
        json,
        "settings",
        node -> {
          boolean caseSensitive = node.path("case_sensitive").asBoolean();
          List<RouteRule> routes = new ArrayList<>();
          node.path("routes").forEach(item -> routes.add(route(item, caseSensitive)));
          return new TaskSettings(
              Json.constant(node, "mode", GroupMode.class),
              Json.textSet(node, "expected_sources"),
              routes,
              caseSensitive,
              Json.textSet(node, "ignored_checks"));
        });
  }

  private static RouteRule route(JsonNode item, boolean caseSensitive) {
    String table = Json.text(item, "table_pattern");
    List<Extract> extracts = new ArrayList<>();
    item.path("extracts").forEach(one -> extracts.add(extract(one)));
    return new RouteRule(
        Json.text(item, "name"),
        NamePattern.of(Json.text(item, "schema_pattern"), caseSensitive),
        table == null ? null : NamePattern.of(table, caseSensitive),
        Json.text(item, "target_schema"),
        Json.text(item, "target_table"),
        extracts);
  }

  private static Extract extract(JsonNode item) {
    return new Extract(
        Json.constant(item, "from", Extract.From.class),
        Pattern.compile(Json.text(item, "regexp"), item.path("flags").asInt()),
        Json.text(item, "column"));
  }

  private TaskJson() {}
}
