package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.ddl.DdlKind;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The record at {@code /dm/<task>/groups/<target>/requests/<member>}: the schema change a member
 * stands at, written by its sink. An empty node says that it stands at none.
 */
public final class RequestJson {

  /** The record's text. */
  public static String write(DdlRequest request) {
    ObjectNode node = Json.record();
    put(node, request, SchemaTexts.INLINE);
    return node.toString();
  }

  static void put(ObjectNode node, DdlRequest request, SchemaTexts texts) {
    node.put("id", request.id());
    Json.put(node, "member", request.member());
    Json.put(node, "kind", request.kind());
    Json.put(node, "statements", request.statements());
    Json.put(node, "before", request.before(), texts);
    Json.put(node, "after", request.after(), texts);
    if (!request.renames().isEmpty()) {
      ObjectNode renames = node.putObject("renames");
      request.renames().forEach(renames::put);
    }

    Json.put(node, "readded", request.readded());
    Json.put(node, "renamed_to", request.renamedTo());
    if (!request.merged()) {
      node.put("merged", false);
    }

    if (request.alone()) {
      node.put("alone", true);
    }

    if (request.rowMove() != RowMove.NONE) {
      Json.put(node, "row_move", request.rowMove());
    }
  }

  /**
   * The request of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static DdlRequest read(String json) {
    return Json.read(json, "request", node -> request(node, SchemaTexts.INLINE));
  }

  static DdlRequest request(JsonNode node, SchemaTexts texts) {
    NavigableMap<String, String> renames = new TreeMap<>();
    JsonNode stated = node.path("renames");
    stated.fieldNames().forEachRemaining(name -> renames.put(name, Json.text(stated, name)));
    RowMove move = Json.constant(node, "row_move", RowMove.class);
    return new DdlRequest(
        Json.text(node, "id"),
        Json.member(node, "member"),
        Json.constant(node, "kind", DdlKind.class),
        Json.texts(node, "statements"),
        Json.schema(node, "before", texts),
        Json.schema(node, "after", texts),
        renames,
        Json.textSet(node, "readded"),
        Json.member(node, "renamed_to"),
        node.path("merged").asBoolean(true),
        move == null ? RowMove.NONE : move,
        node.path("alone").asBoolean(false));
  }

  private RequestJson() {}
}
