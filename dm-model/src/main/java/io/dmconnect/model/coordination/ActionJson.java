package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The record at {@code /dm/<task>/groups/<target>/commands/<id>}: an operator's command, written by
 * the coordinator that took it.
 */
public final class ActionJson {

  /** The record's text. */
  public static String write(OperatorAction action) {
    ObjectNode node = Json.record();
    node.put("id", action.id());
    Json.put(node, "exit", action.exit());
    Json.put(node, "member", action.member());
    node.put("request", action.request());
    Json.put(node, "statements", action.statements());
    Json.put(node, "schema", action.schema(), SchemaTexts.INLINE);
    Json.put(node, "operator", action.operator());
    node.put("at_ms", action.atMillis());
    return node.toString();
  }

  /**
   * The command of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static OperatorAction read(String json) {
    return Json.read(
        json,
        "action",
        node ->
            new OperatorAction(
                Json.text(node, "id"),
                Json.constant(node, "exit", Exit.class),
                Json.member(node, "member"),
                node.path("request").textValue(),
                Json.texts(node, "statements"),
                Json.schema(node, "schema", SchemaTexts.INLINE),
                Json.text(node, "operator"),
                node.path("at_ms").asLong()));
  }

  private ActionJson() {}
}
