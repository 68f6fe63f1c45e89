package io.dmconnect.coordinator.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import java.util.ArrayList;
import java.util.List;

/** The record at {@code /dm/<task>/audit/<id>}. */
public final class AuditJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The record's text. */
  public static String write(AuditEntry entry) {
    ObjectNode node = MAPPER.createObjectNode().put("v", 1);
    node.put("id", entry.id());
    node.put("at_ms", entry.atMillis());
    node.put("operator", entry.operator());
    node.put("action", entry.action());
    if (entry.group() != null) {
      node.putObject("group")
          .put("schema", entry.group().schema())
          .put("table", entry.group().table());
    }

    node.put("subject", entry.subject());
    entry.statements().forEach(node.putArray("statements")::add);
    entry.notes().forEach(node.putArray("notes")::add);
    return node.toString();
  }

  /**
   * The entry of a text.
   *
   * @throws DmException when it is no such record
   */
  public static AuditEntry read(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      JsonNode group = node.path("group");
      return new AuditEntry(
          node.path("id").textValue(),
          node.path("at_ms").asLong(),
          node.path("operator").textValue(),
          node.path("action").textValue(),
          group.isObject()
              ? new TableId(group.path("schema").textValue(), group.path("table").textValue())
              : null,
          node.path("subject").textValue(),
          texts(node.path("statements")),
          texts(node.path("notes")));
    } catch (JsonProcessingException | NullPointerException e) {
      throw new DmException(
          ModelError.BAD_COORDINATION_RECORD, "Cannot read an audit record: " + json, e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> result = new ArrayList<>();
    array.forEach(item -> result.add(item.textValue()));
    return result;
  }

  private AuditJson() {}
}
