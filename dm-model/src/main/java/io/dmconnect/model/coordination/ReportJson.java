package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The record at {@code /dm/<task>/groups/<target>/reports/<member>}: what became of a member's last
 * executions, the oldest first, written by the sinks that ran them.
 */
public final class ReportJson {

  /** The record's text. */
  public static String write(List<Input.ExecutionReported> reports) {
    ObjectNode record = Json.record();
    ArrayNode array = record.putArray("reports");
    reports.forEach(report -> array.add(node(report)));
    return record.toString();
  }

  private static ObjectNode node(Input.ExecutionReported report) {
    ObjectNode node = Json.object();
    Json.put(node, "member", report.member());
    node.put("execution", report.executionId());
    node.put("executed", report.executed());
    Json.put(node, "error", report.error());
    Json.put(node, "observed", report.observed(), SchemaTexts.INLINE);
    return node;
  }

  /**
   * The reports of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static List<Input.ExecutionReported> read(String json) {
    return Json.read(
        json,
        "report",
        record -> {
          List<Input.ExecutionReported> reports = new ArrayList<>();
          record.path("reports").forEach(node -> reports.add(report(node)));
          return reports;
        });
  }

  private static Input.ExecutionReported report(JsonNode node) {
    return new Input.ExecutionReported(
        Json.member(node, "member"),
        Json.text(node, "execution"),
        node.path("executed").asInt(),
        Json.text(node, "error"),
        Json.schema(node, "observed", SchemaTexts.INLINE));
  }

  private ReportJson() {}
}
