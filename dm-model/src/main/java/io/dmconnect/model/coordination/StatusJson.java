package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The record at {@code /dm/<task>/status/<participant>}, written by the participant; the node goes
 * with its session.
 */
public final class StatusJson {

  /** The record's text. */
  public static String write(ParticipantStatus status) {
    ObjectNode node = Json.record();
    node.put("participant", status.participant());
    Json.put(node, "kind", status.kind());
    node.put("stage", status.stage());
    node.put("at_ms", status.atMillis());
    ObjectNode details = node.putObject("details");
    status.details().forEach(details::put);
    Json.put(node, "last_error", status.lastError());
    return node.toString();
  }

  /**
   * The status of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static ParticipantStatus read(String json) {
    return Json.read(
        json,
        "status",
        node -> {
          NavigableMap<String, String> details = new TreeMap<>();
          JsonNode stated = node.path("details");
          stated.fieldNames().forEachRemaining(n -> details.put(n, Json.text(stated, n)));
          return new ParticipantStatus(
              Json.text(node, "participant"),
              Json.constant(node, "kind", ParticipantStatus.Kind.class),
              Json.text(node, "stage"),
              node.path("at_ms").asLong(),
              details,
              Json.text(node, "last_error"));
        });
  }

  private StatusJson() {}
}
