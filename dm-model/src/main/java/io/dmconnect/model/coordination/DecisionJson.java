package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Set;

/**
 * The record at {@code /dm/<task>/groups/<target>/decisions/<member>}, written by the coordinator
 * and read by the member's sink.
 */
public final class DecisionJson {

  /** The record's text. */
  public static String write(Decision decision) {
    ObjectNode node = Json.record();
    put(node, decision);
    return node.toString();
  }

  /**
   * The decision of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static Decision read(String json) {
    return Json.read(json, "decision", DecisionJson::decision);
  }

  static void put(ObjectNode node, Decision decision) {
    Json.put(node, "request", decision.requestId());
    Json.put(node, "reason", decision.reason());
    if (decision instanceof Decision.Execute execute) {
      node.put("decision", "EXECUTE");
      node.put("execution", execute.executionId());
      if (!execute.begunAs().equals(execute.executionId())) {
        node.put("begun_as", execute.begunAs());
      }

      Json.put(node, "statements", execute.statements());
      node.put("generated", execute.generated());
    } else if (decision instanceof Decision.Skip skip) {
      node.put("decision", "SKIP");
      if (skip.fit() != RowFit.FITS) {
        node.put("fit", skip.fit().name());
      }
    } else if (decision instanceof Decision.Wait wait) {
      node.put("decision", "WAIT");
      Json.put(node, "waits_for", wait.waitsFor());
      Json.put(node, "exits", wait.exits());
    } else if (decision instanceof Decision.Conflict conflict) {
      node.put("decision", "CONFLICT");
      Json.put(node, "mine", conflict.mine());
      Json.put(node, "theirs", conflict.theirs());
      Json.put(node, "exits", conflict.exits());
      node.put("stops_task", conflict.stopsTask());
    }
  }

  /** The decision of a node; null when it holds none. */
  static Decision decision(JsonNode node) {
    String kind = Json.text(node, "decision");
    if (kind == null) {
      return null;
    }

    String request = Json.text(node, "request");
    String reason = Json.text(node, "reason");
    return switch (kind) {
      case "EXECUTE" ->
          new Decision.Execute(
              request,
              Json.text(node, "execution"),
              Json.text(node, node.has("begun_as") ? "begun_as" : "execution"),
              Json.texts(node, "statements"),
              node.path("generated").asBoolean(),
              reason);
      case "SKIP" ->
          new Decision.Skip(
              request,
              node.has("fit") ? RowFit.valueOf(Json.text(node, "fit")) : RowFit.FITS,
              reason);
      case "WAIT" -> new Decision.Wait(request, reason, Json.texts(node, "waits_for"), exits(node));
      case "CONFLICT" ->
          new Decision.Conflict(
              request,
              reason,
              Json.text(node, "mine"),
              Json.text(node, "theirs"),
              exits(node),
              node.path("stops_task").asBoolean());
      default -> throw new IllegalArgumentException("Unknown decision " + kind);
    };
  }

  private static Set<Exit> exits(JsonNode node) {
    EnumSet<Exit> exits = EnumSet.noneOf(Exit.class);
    Json.texts(node, "exits").forEach(exit -> exits.add(Exit.valueOf(exit)));
    return exits;
  }

  private DecisionJson() {}
}
