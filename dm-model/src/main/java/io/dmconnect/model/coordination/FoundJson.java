package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.schema.TableSchema;

/**
 * The record at {@code /dm/<task>/groups/<target>/found}: the merged table as it was before anybody
 * coordinated its schema changes, written once by the first sink of the group.
 */
public final class FoundJson {

  /**
   * The record's text.
   *
   * @param schema null when there was no such table
   */
  public static String write(TableSchema schema) {
    ObjectNode node = Json.record();
    Json.put(node, "schema", schema, SchemaTexts.INLINE);
    return node.toString();
  }

  /**
   * The schema of a text; null when there was no such table.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static TableSchema read(String json) {
    return Json.read(json, "found", node -> Json.schema(node, "schema", SchemaTexts.INLINE));
  }

  private FoundJson() {}
}
