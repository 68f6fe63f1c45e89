package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The record at {@code /dm/<task>/groups/<target>/pending/<member>}: the coordinator's own copy of
 * a request that is not done, with what must be remembered about it. The decision on it is in a
 * record of its own, see {@link DecisionJson}.
 */
public final class PendingJson {

  /**
   * What the record holds.
   *
   * @param pending the request; its decision is null
   * @param sinceMillis when it came, milliseconds since the epoch
   */
  public record Stored(Pending pending, long sinceMillis) {}

  /**
   * The record's text.
   *
   * @param sinceMillis when the request came, milliseconds since the epoch
   */
  public static String write(Pending pending, long sinceMillis, SchemaTexts texts) {
    ObjectNode node = Json.record();
    RequestJson.put(node.putObject("request"), pending.request(), texts);
    node.put("arrival", pending.arrival());
    node.put("since_ms", sinceMillis);
    Json.put(node, "failure", pending.failure());
    Json.put(node, "order", pending.order());
    Json.put(node, "replacement", pending.replacement());
    return node.toString();
  }

  /**
   * What a text holds.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static Stored read(String json, SchemaTexts texts) {
    return Json.read(
        json,
        "pending",
        node -> {
          DdlRequest request = RequestJson.request(node.get("request"), texts);
          Pending pending =
              new Pending(
                  request,
                  node.path("arrival").asLong(),
                  RequestFacts.signature(request),
                  null,
                  Json.text(node, "failure"),
                  Json.constant(node, "order", Exit.class),
                  Json.texts(node, "replacement"));
          return new Stored(pending, node.path("since_ms").asLong());
        });
  }

  private PendingJson() {}
}
