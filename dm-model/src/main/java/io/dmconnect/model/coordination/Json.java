package io.dmconnect.model.coordination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What the coordination records have in common: members left out when null, version {@code v}. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int VERSION = 1;

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An empty record of the present version. */
  static ObjectNode record() {
    return object().put("v", VERSION);
  }

  /**
   * The record of a text.
   *
   * @param read makes the value of the node
   * @throws DmException when the text is no record of this kind and version
   */
  static <T> T read(String json, String kind, Function<JsonNode, T> read) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node.path("v").asInt() != VERSION) {
        throw unreadable(kind, json, "its version is " + node.path("v"), null);
      }

      return read.apply(node);
    } catch (JsonProcessingException | NullPointerException | IllegalArgumentException e) {
      throw unreadable(kind, json, "a member is missing or wrong", e);
    }
  }

  private static DmException unreadable(String kind, String json, String why, Exception cause) {
    return new DmException(
        ModelError.BAD_COORDINATION_RECORD,
        "Cannot read a " + kind + " record, " + why + ": " + json,
        cause);
  }

  static void put(ObjectNode node, String member, String value) {
    if (value != null) {
      node.put(member, value);
    }
  }

  static void put(ObjectNode node, String member, Enum<?> value) {
    if (value != null) {
      node.put(member, value.name());
    }
  }

  static void put(ObjectNode node, String member, MemberId value) {
    if (value != null) {
      node.put(member, value.nodeName());
    }
  }

  static void put(ObjectNode node, String member, TableSchema schema, SchemaTexts texts) {
    if (schema != null) {
      node.set(member, texts.write(schema));
    }
  }

  static void put(ObjectNode node, String member, Collection<?> values) {
    if (!values.isEmpty()) {
      ArrayNode array = node.putArray(member);
      values.forEach(value -> array.add(value.toString()));
    }
  }

  static void put(ObjectNode node, String member, TableId table) {
    node.putObject(member).put("schema", table.schema()).put("table", table.table());
  }

  static String text(JsonNode node, String member) {
    return node.path(member).textValue();
  }

  static MemberId member(JsonNode node, String member) {
    String name = text(node, member);
    return name == null ? null : MemberId.ofNodeName(name);
  }

  static TableSchema schema(JsonNode node, String member, SchemaTexts texts) {
    return node.has(member) ? texts.read(node.get(member)) : null;
  }

  static TableId table(JsonNode node) {
    return new TableId(text(node, "schema"), text(node, "table"));
  }

  static <E extends Enum<E>> E constant(JsonNode node, String member, Class<E> type) {
    String name = text(node, member);
    return name == null ? null : Enum.valueOf(type, name);
  }

  static List<String> texts(JsonNode node, String member) {
    List<String> result = new ArrayList<>();
    node.path(member).forEach(item -> result.add(item.textValue()));
    return result;
  }

  static NavigableSet<String> textSet(JsonNode node, String member) {
    return new TreeSet<>(texts(node, member));
  }

  static NavigableSet<MemberId> members(JsonNode node, String member) {
    NavigableSet<MemberId> result = new TreeSet<>();
    texts(node, member).forEach(name -> result.add(MemberId.ofNodeName(name)));
    return result;
  }

  static List<String> nodeNames(Collection<MemberId> members) {
    return members.stream().map(MemberId::nodeName).toList();
  }

  private Json() {}
}
