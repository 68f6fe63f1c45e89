package io.dmconnect.model.event;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** From a column to the Connect schema of its field: the type table of the event contract. */
final class ColumnSchemas {

  /** The schema of the column's field in row values, with the source column's parameters. */
  static Schema value(String topic, ColumnSchema column) {
    SchemaBuilder builder = builder(topic, column);
    ColumnType type = column.type();
    builder.parameter(EventFields.COLUMN_TYPE, typeName(type));
    int length = length(type);
    if (length >= 0) {
      builder.parameter(EventFields.COLUMN_LENGTH, Integer.toString(length));
    }

    if (type.scale() >= 0) {
      builder.parameter(EventFields.COLUMN_SCALE, Integer.toString(type.scale()));
    }

    if (column.generated() != Generated.NO) {
      builder.parameter(EventFields.GENERATED, column.generated().name().toLowerCase(Locale.ROOT));
    }

    return column.nullable() ? builder.optional().build() : builder.build();
  }

  /** The schema of the column's field in keys: required, without the source column's parameters. */
  static Schema key(String topic, ColumnSchema column) {
    return builder(topic, column).build();
  }

  private static String typeName(ColumnType type) {
    String name = type.name().toUpperCase(Locale.ROOT);
    if (type.zerofill()) {
      return name + " UNSIGNED ZEROFILL";
    }

    return type.unsigned() ? name + " UNSIGNED" : name;
  }

  /** The stated length; for enums 1 and for sets the members with commas between, as Debezium. */
  private static int length(ColumnType type) {
    return switch (type.name()) {
      case "enum" -> 1;
      case "set" -> Math.max(0, 2 * type.members().size() - 1);
      default -> type.length();
    };
  }

  private static SchemaBuilder builder(String topic, ColumnSchema column) {
    ColumnType type = column.type();
    return switch (type.name()) {
      case "tinyint" -> SchemaBuilder.int16();
      case "smallint" -> type.unsigned() ? SchemaBuilder.int32() : SchemaBuilder.int16();
      case "mediumint" -> SchemaBuilder.int32();
      case "int" -> type.unsigned() ? SchemaBuilder.int64() : SchemaBuilder.int32();
      case "bigint" -> SchemaBuilder.int64();
      case "decimal" -> decimal(type);
      case "float" -> SchemaBuilder.float32();
      case "double" -> SchemaBuilder.float64();
      case "bit" -> bit(type);
      case "date" -> named(SchemaBuilder.int32(), EventFields.DATE);
      case "datetime" ->
          named(
              SchemaBuilder.int64(),
              type.length() > 3 ? EventFields.MICRO_TIMESTAMP : EventFields.TIMESTAMP);
      case "timestamp" -> named(SchemaBuilder.string(), EventFields.ZONED_TIMESTAMP);
      case "time" -> named(SchemaBuilder.int64(), EventFields.MICRO_TIME);
      case "year" -> named(SchemaBuilder.int32(), EventFields.YEAR);
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
          SchemaBuilder.string();
      case "uuid", "inet4", "inet6" -> SchemaBuilder.string();
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          SchemaBuilder.bytes();
      case "enum" -> members(type, EventFields.ENUM);
      case "set" -> members(type, EventFields.ENUM_SET);
      case "json" -> named(SchemaBuilder.string(), EventFields.JSON);
      case "point" -> point();
      case "geometry",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection" ->
          geometry();
      case "vector" -> named(SchemaBuilder.array(Schema.FLOAT32_SCHEMA), EventFields.FLOAT_VECTOR);
      default ->
          throw new DmException(
              ModelError.UNKNOWN_COLUMN_TYPE,
              "Column '"
                  + column.name()
                  + "' of the table of topic '"
                  + topic
                  + "' has the unknown type '"
                  + type.name()
                  + "'");
    };
  }

  private static SchemaBuilder named(SchemaBuilder builder, String name) {
    return builder.name(name).version(1);
  }

  private static SchemaBuilder decimal(ColumnType type) {
    int precision = type.length() < 0 ? 10 : type.length();
    return Decimal.builder(Math.max(type.scale(), 0))
        .parameter(EventFields.PRECISION, Integer.toString(precision));
  }

  private static SchemaBuilder bit(ColumnType type) {
    if (type.length() <= 1) {
      return SchemaBuilder.bool();
    }

    return named(SchemaBuilder.bytes(), EventFields.BITS)
        .parameter(EventFields.LENGTH, Integer.toString(type.length()));
  }

  private static SchemaBuilder members(ColumnType type, String name) {
    String allowed =
        type.members().stream()
            .map(member -> member.replace(",", "\\,"))
            .collect(Collectors.joining(","));
    return named(SchemaBuilder.string(), name).parameter(EventFields.ALLOWED, allowed);
  }

  private static SchemaBuilder point() {
    return named(SchemaBuilder.struct(), EventFields.POINT)
        .doc("Geometry (POINT)")
        .field(EventFields.X, Schema.FLOAT64_SCHEMA)
        .field(EventFields.Y, Schema.FLOAT64_SCHEMA)
        .field(EventFields.WKB, Schema.OPTIONAL_BYTES_SCHEMA)
        .field(EventFields.SRID, Schema.OPTIONAL_INT32_SCHEMA);
  }

  private static SchemaBuilder geometry() {
    return named(SchemaBuilder.struct(), EventFields.GEOMETRY)
        .doc("Geometry")
        .field(EventFields.WKB, Schema.BYTES_SCHEMA)
        .field(EventFields.SRID, Schema.OPTIONAL_INT32_SCHEMA);
  }

  private ColumnSchemas() {}
}
