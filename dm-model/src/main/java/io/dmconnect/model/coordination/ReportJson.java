package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The record at {@code /dm/<task>/groups/<target>/reports/<member>}: what became of an execution,
 * written by the sink that ran it. The next report of the member takes its place.
 */
public final class ReportJson {

  /** The record's text. */
  public static String write(Input.ExecutionReported report) {
    ObjectNode node = Json.record();
    Json.put(node, "member", report.member());
    node.put("execution", report.executionId());
    node.put("executed", report.executed());
    Json.put(node, "error", report.error());
    Json.put(node, "observed", report.observed(), SchemaTexts.INLINE);
    return node.toString();
  }

  /**
   * The report of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static Input.ExecutionReported read(String json) {
    return Json.read(
        json,
        "report",
        node ->
            new Input.ExecutionReported(
                Json.member(node, "member"),
                Json.text(node, "execution"),
                node.path("executed").asInt(),
                Json.text(node, "error"),
                Json.schema(node, "observed", SchemaTexts.INLINE)));
  }

  private ReportJson() {}
}
