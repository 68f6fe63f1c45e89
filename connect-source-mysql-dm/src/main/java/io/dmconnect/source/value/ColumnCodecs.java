package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import org.apache.kafka.connect.data.Schema;

/** Makes the codec of a column. */
public final class ColumnCodecs {

  /**
   * The codec of a column.
   *
   * @param column the column
   * @param schema the Connect schema of its field in the row's value
   * @param tableCharset the character set of text columns that state none, lower case
   * @param jsonStyle how the server prints JSON
   * @throws IllegalArgumentException when the type or its character set is unknown
   */
  public static ColumnCodec of(
      ColumnSchema column, Schema schema, String tableCharset, JsonStyle jsonStyle) {
    ColumnType type = column.type();
    String charset = type.charset() == null ? tableCharset : type.charset();
    return switch (type.name()) {
      case "tinyint" -> new IntegerCodec(column, IntegerCodec.Width.TINY);
      case "smallint" -> new IntegerCodec(column, IntegerCodec.Width.SMALL);
      case "mediumint" -> new IntegerCodec(column, IntegerCodec.Width.MEDIUM);
      case "int" -> new IntegerCodec(column, IntegerCodec.Width.INT);
      case "bigint" ->
          type.unsigned()
              ? new UnsignedBigintCodec(column)
              : new IntegerCodec(column, IntegerCodec.Width.BIG);
      case "decimal" -> new DecimalCodec(column);
      case "float" -> new FloatCodec(column, true);
      case "double" -> new FloatCodec(column, false);
      case "bit" -> new BitCodec(column);
      case "date" -> new DateCodec(column);
      case "datetime" -> new DatetimeCodec(column);
      case "timestamp" -> new TimestampCodec(column);
      case "time" -> new TimeCodec(column);
      case "year" -> new YearCodec(column);
      case "char" -> text(column, StringKind.FIXED, charset);
      case "varchar" -> text(column, StringKind.VARYING, charset);
      case "tinytext", "text", "mediumtext", "longtext" -> text(column, StringKind.LARGE, charset);
      case "binary" -> new BytesCodec(column, StringKind.FIXED);
      case "varbinary" -> new BytesCodec(column, StringKind.VARYING);
      case "tinyblob", "blob", "mediumblob", "longblob" -> new BytesCodec(column, StringKind.LARGE);
      case "enum" -> new EnumCodec(column);
      case "set" -> new SetCodec(column);
      case "json" -> new JsonCodec(column, jsonStyle == JsonStyle.MYSQL_5_7);
      case "point" -> new GeometryCodec(column, schema, true);
      case "geometry",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection" ->
          new GeometryCodec(column, schema, false);
      case "uuid" -> new AddressCodec(column, AddressCodec.Kind.UUID);
      case "inet4" -> new AddressCodec(column, AddressCodec.Kind.INET4);
      case "inet6" -> new AddressCodec(column, AddressCodec.Kind.INET6);
      case "vector" -> new VectorCodec(column);
      default -> throw new IllegalArgumentException("Unknown type " + type.name());
    };
  }

  private static ColumnCodec text(ColumnSchema column, StringKind kind, String charset) {
    // a text type in the binary character set is its binary counterpart under another name
    return "binary".equals(charset)
        ? new BytesCodec(column, kind)
        : new TextCodec(column, kind, charset);
  }

  private ColumnCodecs() {}
}
