package io.dmconnect.model.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table schema as compact JSON text, and back. Members that hold what most columns have (null,
 * -1, false, no members) are left out. The text of equal schemas is equal. Used in offsets, DDL
 * records and bookkeeping tables; {@code v} is the format's version.
 */
public final class TableSchemaJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int VERSION = 1;

  /** The text of a schema; null for null. */
  public static String write(TableSchema schema) {
    if (schema == null) {
      return null;
    }

    ObjectNode root = NODES.objectNode();
    root.put("v", VERSION);
    ArrayNode columns = root.putArray("columns");
    schema.columns().forEach(column -> columns.add(column(column)));
    if (!schema.indexes().isEmpty()) {
      ArrayNode indexes = root.putArray("indexes");
      schema.indexes().forEach(index -> indexes.add(index(index)));
    }

    if (!schema.options().isEmpty()) {
      ObjectNode options = root.putObject("options");
      schema.options().forEach(options::put);
    }

    putText(root, "partitioning", schema.partitioning());
    return root.toString();
  }

  /**
   * The schema of a text; null for null.
   *
   * @throws DmException when the text is not JSON of this format or of another version
   */
  public static TableSchema read(String json) {
    if (json == null) {
      return null;
    }

    JsonNode root = parse(json);
    if (root.path("v").asInt() != VERSION) {
      throw unreadable(json, "its version is " + root.path("v") + ", not " + VERSION, null);
    }

    try {
      List<ColumnSchema> columns = new ArrayList<>();
      root.path("columns").forEach(node -> columns.add(column(node)));
      List<IndexSchema> indexes = new ArrayList<>();
      root.path("indexes").forEach(node -> indexes.add(index(node)));
      SortedMap<String, String> options = new TreeMap<>();
      JsonNode stated = root.path("options");
      stated.fieldNames().forEachRemaining(name -> options.put(name, text(stated, name)));
      return new TableSchema(columns, indexes, options, text(root, "partitioning"));
    } catch (NullPointerException | IllegalArgumentException e) {
      throw unreadable(json, "a member is missing or wrong", e);
    }
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw unreadable(json, "it is not JSON", e);
    }
  }

  private static DmException unreadable(String json, String why, Exception cause) {
    return new DmException(
        ModelError.BAD_SCHEMA_TEXT, "Cannot read a table schema, " + why + ": " + json, cause);
  }

  private static ObjectNode column(ColumnSchema column) {
    ObjectNode node = NODES.objectNode();
    node.put("name", column.name());
    ColumnType type = column.type();
    node.put("type", type.name());
    putNumber(node, "length", type.length());
    putNumber(node, "scale", type.scale());
    putFlag(node, "unsigned", type.unsigned());
    putFlag(node, "zerofill", type.zerofill());
    if (!type.members().isEmpty()) {
      ArrayNode members = node.putArray("members");
      type.members().forEach(members::add);
    }

    putText(node, "charset", type.charset());
    putText(node, "collation", type.collation());
    putFlag(node, "nullable", column.nullable());
    putText(node, "default", column.defaultSql());
    putText(node, "on_update", column.onUpdateSql());
    if (column.generated() != Generated.NO) {
      node.put("generated", column.generated().name().toLowerCase(Locale.ROOT));
    }

    putText(node, "expression", column.generatedSql());
    putFlag(node, "auto_increment", column.autoIncrement());
    putFlag(node, "invisible", column.invisible());
    putText(node, "comment", column.comment());
    return node;
  }

  private static ColumnSchema column(JsonNode node) {
    List<String> members = new ArrayList<>();
    node.path("members").forEach(member -> members.add(member.textValue()));
    ColumnType type =
        new ColumnType(
            text(node, "type"),
            number(node, "length"),
            number(node, "scale"),
            flag(node, "unsigned"),
            flag(node, "zerofill"),
            members,
            text(node, "charset"),
            text(node, "collation"));
    String generated = text(node, "generated");
    return new ColumnSchema(
        text(node, "name"),
        type,
        flag(node, "nullable"),
        text(node, "default"),
        text(node, "on_update"),
        generated == null ? Generated.NO : Generated.valueOf(generated.toUpperCase(Locale.ROOT)),
        text(node, "expression"),
        flag(node, "auto_increment"),
        flag(node, "invisible"),
        text(node, "comment"));
  }

  private static ObjectNode index(IndexSchema index) {
    ObjectNode node = NODES.objectNode();
    node.put("name", index.name());
    node.put("kind", index.kind().name().toLowerCase(Locale.ROOT));
    ArrayNode parts = node.putArray("parts");
    index.parts().forEach(part -> parts.add(part(part)));
    putFlag(node, "invisible", index.invisible());
    putText(node, "comment", index.comment());
    return node;
  }

  private static IndexSchema index(JsonNode node) {
    List<IndexSchema.Part> parts = new ArrayList<>();
    node.path("parts").forEach(part -> parts.add(part(part)));
    return new IndexSchema(
        text(node, "name"),
        IndexSchema.Kind.valueOf(text(node, "kind").toUpperCase(Locale.ROOT)),
        parts,
        flag(node, "invisible"),
        text(node, "comment"));
  }

  private static JsonNode part(IndexSchema.Part part) {
    if (part.column() != null && part.equals(IndexSchema.Part.of(part.column()))) {
      return NODES.textNode(part.column());
    }

    ObjectNode node = NODES.objectNode();
    putText(node, "column", part.column());
    putText(node, "expression", part.expression());
    putNumber(node, "length", part.length());
    putFlag(node, "descending", part.descending());
    return node;
  }

  private static IndexSchema.Part part(JsonNode node) {
    if (node.isTextual()) {
      return IndexSchema.Part.of(node.textValue());
    }

    return new IndexSchema.Part(
        text(node, "column"),
        text(node, "expression"),
        number(node, "length"),
        flag(node, "descending"));
  }

  private static void putText(ObjectNode node, String member, String value) {
    if (value != null) {
      node.put(member, value);
    }
  }

  private static void putNumber(ObjectNode node, String member, int value) {
    if (value != -1) {
      node.put(member, value);
    }
  }

  private static void putFlag(ObjectNode node, String member, boolean value) {
    if (value) {
      node.put(member, true);
    }
  }

  private static String text(JsonNode node, String member) {
    return node.path(member).textValue();
  }

  private static int number(JsonNode node, String member) {
    return node.path(member).asInt(-1);
  }

  private static boolean flag(JsonNode node, String member) {
    return node.path(member).asBoolean(false);
  }

  private TableSchemaJson() {}
}
