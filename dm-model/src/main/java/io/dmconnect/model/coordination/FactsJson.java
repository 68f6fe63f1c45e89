package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The record at {@code /dm/<task>/facts/<source>}, written by the source. Tables of one definition
 * share its text.
 */
public final class FactsJson {

  /** The record's text. */
  public static String write(SourceFacts facts) {
    ObjectNode node = Json.record();
    node.put("source", facts.source());
    node.put("answers", facts.answers());
    ArrayNode schemas = node.putArray("schemas");
    Map<TableSchema, Integer> known = new HashMap<>();
    ArrayNode tables = node.putArray("tables");
    facts
        .tables()
        .forEach(
            (id, table) -> {
              ObjectNode item = tables.addObject();
              item.put("schema", id.schema()).put("table", id.table());
              if (table.schema() != null) {
                item.put("definition", known.computeIfAbsent(table.schema(), s -> add(schemas, s)));
              }

              ArrayNode keys = item.putArray("keys");
              table.keys().forEach(key -> keys.add(key(key)));
            });
    return node.toString();
  }

  private static int add(ArrayNode schemas, TableSchema schema) {
    schemas.add(SchemaTexts.INLINE.write(schema));
    return schemas.size() - 1;
  }

  private static ObjectNode key(KeyFacts key) {
    ObjectNode node = Json.object();
    Json.put(node, "columns", key.columns());
    if (key.least() != null) {
      node.put("least", key.least().toString()).put("greatest", key.greatest().toString());
    }

    Json.put(node, "samples", key.samples());
    return node;
  }

  /**
   * The facts of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static SourceFacts read(String json) {
    return Json.read(json, "facts", FactsJson::facts);
  }

  private static SourceFacts facts(JsonNode node) {
    List<TableSchema> schemas = new ArrayList<>();
    node.path("schemas").forEach(item -> schemas.add(SchemaTexts.INLINE.read(item)));
    NavigableMap<TableId, TableFacts> tables = new TreeMap<>();
    for (JsonNode item : node.path("tables")) {
      List<KeyFacts> keys = new ArrayList<>();
      item.path("keys").forEach(key -> keys.add(key(key)));
      TableSchema schema =
          item.has("definition") ? schemas.get(item.get("definition").asInt()) : null;
      tables.put(Json.table(item), new TableFacts(schema, keys));
    }

    return new SourceFacts(Json.text(node, "source"), node.path("answers").asLong(), tables);
  }

  private static KeyFacts key(JsonNode node) {
    return new KeyFacts(
        Json.texts(node, "columns"),
        number(node, "least"),
        number(node, "greatest"),
        Json.textSet(node, "samples"));
  }

  private static BigInteger number(JsonNode node, String member) {
    String text = Json.text(node, member);
    return text == null ? null : new BigInteger(text);
  }

  private FactsJson() {}
}
