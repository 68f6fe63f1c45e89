package io.dmconnect.coordinator.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dmconnect.model.coordination.SchemaTexts;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.model.schema.TableSchemaJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes a schema as the hash of its text, so that a thousand members with one schema hold it once.
 * Remembers which hashes were written, because their own records must be there. Not thread-safe.
 */
final class HashedSchemas implements SchemaTexts {
  private final Map<String, TableSchema> byHash = new HashMap<>();
  private final Map<TableSchema, String> hashes = new HashMap<>();
  private final Set<String> used = new TreeSet<>();

  /** Takes a schema over that is in ZooKeeper. */
  void add(String hash, String text) {
    TableSchema schema = TableSchemaJson.read(text);
    byHash.put(hash, schema);
    hashes.put(schema, hash);
  }

  @Override
  public JsonNode write(TableSchema schema) {
    String hash = hashes.computeIfAbsent(schema, own -> Digests.of(TableSchemaJson.write(own)));
    byHash.putIfAbsent(hash, schema);
    used.add(hash);
    return TextNode.valueOf(hash);
  }

  @Override
  public TableSchema read(JsonNode node) {
    TableSchema schema = byHash.get(node.textValue());
    if (schema == null) {
      throw new IllegalArgumentException("There is no schema " + node);
    }

    return schema;
  }

  /** The hashes written since the last call. */
  Set<String> takeUsed() {
    Set<String> result = new TreeSet<>(used);
    used.clear();
    return result;
  }

  /** The text of a known schema. */
  String text(String hash) {
    return TableSchemaJson.write(byHash.get(hash));
  }

  /** Forgets a schema. */
  void remove(String hash) {
    TableSchema schema = byHash.remove(hash);
    if (schema != null) {
      hashes.remove(schema);
    }
  }
}
