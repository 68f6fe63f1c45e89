package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The record at {@code /dm/<task>/groups/<target>/decisions/<member>} of a request that is not
 * done: the decision with what the coordinator must remember of the request. A sink reads it with
 * {@link DecisionJson#read}.
 */
public final class PendingJson {

  /** The record's text. */
  public static String write(Pending pending) {
    ObjectNode node = Json.record();
    node.put("pending", pending.request().id());
    node.put("arrival", pending.arrival());
    Json.put(node, "failure", pending.failure());
    Json.put(node, "order", pending.order());
    Json.put(node, "replacement", pending.replacement());
    if (pending.decision() != null) {
      DecisionJson.put(node, pending.decision());
    }

    return node.toString();
  }

  /**
   * The pending request of its two records.
   *
   * @param request the request, from its own record
   * @param json this record's text
   * @return null when the record is about another request, so that this one has just arrived
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static Pending read(DdlRequest request, String json) {
    return Json.read(
        json,
        "decision",
        node ->
            request.id().equals(Json.text(node, "pending"))
                ? new Pending(
                    request,
                    node.path("arrival").asLong(),
                    RequestFacts.signature(request),
                    DecisionJson.decision(node),
                    Json.text(node, "failure"),
                    Json.constant(node, "order", Exit.class),
                    Json.texts(node, "replacement"))
                : null);
  }

  private PendingJson() {}
}
