package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.ddl.DdlKind;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The record at {@code /dm/<task>/groups/<target>/requests/<member>}, written by the sink and
 * deleted by it once it went past the request.
 */
public final class RequestJson {

  /** The record's text. */
  public static String write(DdlRequest request) {
    ObjectNode node = Json.record();
    node.put("id", request.id());
    Json.put(node, "member", request.member());
    Json.put(node, "kind", request.kind());
    Json.put(node, "statements", request.statements());
    Json.put(node, "before", request.before());
    Json.put(node, "after", request.after());
    if (!request.renames().isEmpty()) {
      ObjectNode renames = node.putObject("renames");
      request.renames().forEach(renames::put);
    }

    Json.put(node, "readded", request.readded());
    Json.put(node, "renamed_to", request.renamedTo());
    return node.toString();
  }

  /**
   * The request of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static DdlRequest read(String json) {
    return Json.read(json, "request", RequestJson::request);
  }

  private static DdlRequest request(JsonNode node) {
    NavigableMap<String, String> renames = new TreeMap<>();
    JsonNode stated = node.path("renames");
    stated.fieldNames().forEachRemaining(name -> renames.put(name, Json.text(stated, name)));
    return new DdlRequest(
        Json.text(node, "id"),
        Json.member(node, "member"),
        Json.constant(node, "kind", DdlKind.class),
        Json.texts(node, "statements"),
        Json.schema(node, "before"),
        Json.schema(node, "after"),
        renames,
        Json.textSet(node, "readded"),
        Json.member(node, "renamed_to"));
  }

  private RequestJson() {}
}
