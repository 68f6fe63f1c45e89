package io.dmconnect.coordinator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.MemberId;
import java.util.Collection;

/** Pieces of the API's answers. */
final class JsonNodes {

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static void put(ObjectNode node, String name, Collection<?> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(value -> array.add(value.toString()));
  }

  static ObjectNode table(TableId table) {
    return object().put("schema", table.schema()).put("table", table.table());
  }

  static ObjectNode member(MemberId member) {
    ObjectNode node = object().put("source", member.source());
    return node.put("schema", member.table().schema()).put("table", member.table().table());
  }

  private JsonNodes() {}
}
