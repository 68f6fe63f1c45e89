package io.dmconnect.sink.row;

import io.dmconnect.sink.literal.BadValueException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Schema;

/**
 * Reads the identifying key's values from rows. A key equals another exactly when all of its values
 * are the same; that two values are only equal under a collation does not make them the same.
 */
final class RowKeys {

  /** A cell given as a literal; no other cell is the same. */
  private record Literal(String text) {
    @Override
    public int hashCode() {
      return text.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Literal literal && literal.text.equals(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final String name;
  private final ColumnMapping[] parts;
  private final KeyFold[] folds;

  RowKeys(String name, ColumnMapping[] parts) {
    this.name = name;
    this.parts = parts;
    this.folds = new KeyFold[parts.length];
    for (int i = 0; i < parts.length; i++) {
      folds[i] = KeyFold.of(parts[i].schema(), parts[i].target());
    }
  }

  String name() {
    return name;
  }

  ColumnMapping[] parts() {
    return parts;
  }

  /** What the hashes depend on. */
  String signature() {
    StringBuilder signature = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      signature.append(parts[i].target().name()).append(':').append(folds[i]).append(':');
      signature.append(form(parts[i].schema())).append(' ');
    }

    return signature.toString();
  }

  private static String form(Schema schema) {
    if (schema == null) {
      return "constant";
    }

    if (schema.name() != null) {
      return schema.name();
    }

    return switch (schema.type()) {
      case INT8, INT16, INT32, INT64 -> "integer";
      case FLOAT32, FLOAT64 -> "floating";
      case BOOLEAN, STRING, BYTES, ARRAY, MAP, STRUCT -> schema.type().getName();
    };
  }

  /**
   * The key of a row.
   *
   * @throws BadValueException when one of its values is NULL
   */
  Object key(RowCells cells, RowImage image) {
    if (parts.length == 1) {
      return part(cells, image, parts[0]);
    }

    Object[] values = new Object[parts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = part(cells, image, parts[i]);
    }

    return new CompositeKey(values);
  }

  /** The folded hash of a key. */
  int hash(Object key) {
    if (parts.length == 1) {
      return folds[0].hash(key);
    }

    int hash = 0;
    for (int i = 0; i < parts.length; i++) {
      hash = 31 * hash + folds[i].hash(((CompositeKey) key).part(i));
    }

    return hash;
  }

  private static Object part(RowCells cells, RowImage image, ColumnMapping column) {
    if (column.isConstant()) {
      return column.constantKey();
    }

    if (!image.exact().isEmpty()) {
      String literal = image.exact().get(column.name());
      if (literal != null) {
        return new Literal(literal);
      }
    }

    Object value = cells.cell(image.row(), column.index());
    if (value == null) {
      throw new BadValueException("it is NULL, but it is part of the target's key");
    }

    return comparable(value);
  }

  /** A value in a form that equals any other form of the same value. */
  static Object comparable(Object value) {
    if (value instanceof Long || value instanceof String) {
      return value;
    }

    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }

    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }

    if (value instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    }

    if (value instanceof Double || value instanceof Float) {
      // Adding zero makes -0.0 the 0.0 it equals.
      return ((Number) value).doubleValue() + 0.0;
    }

    return value;
  }
}
