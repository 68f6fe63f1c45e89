package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.schema.TableSchema;

/**
 * The record at {@code /dm/<task>/groups/<target>/members/<member>}, written by the coordinator.
 */
public final class MemberJson {

  /** The record's text. */
  public static String write(Member member, SchemaTexts texts) {
    ObjectNode node = Json.record();
    Json.put(node, "member", member.id());
    Json.put(node, "schema", member.schema(), texts);
    if (!member.seen().equals(member.schema())) {
      Json.put(node, "seen", member.seen(), texts);
    }

    Json.put(node, "done", member.done());
    return node.toString();
  }

  /**
   * The member of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static Member read(String json, SchemaTexts texts) {
    return Json.read(
        json,
        "member",
        node -> {
          TableSchema schema = Json.schema(node, "schema", texts);
          TableSchema seen = Json.schema(node, "seen", texts);
          return new Member(
              Json.member(node, "member"),
              schema,
              seen == null ? schema : seen,
              Json.texts(node, "done"));
        });
  }

  private MemberJson() {}
}
