package io.dmconnect.avro;

import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** How the schemas of both sides must fit for the direct way. */
final class SchemaFit {
  /** Deeper schemas, and such as contain themselves, are left to Apicurio's converter. */
  static final int MAX_DEPTH = 16;

  private static final Set<String> OTHER_JAVA_TYPES =
      Set.of(Date.LOGICAL_NAME, Time.LOGICAL_NAME, Timestamp.LOGICAL_NAME);

  private SchemaFit() {}

  /** Whether it is a union of null and another type. */
  static boolean isNullable(Schema avro) {
    return avro.getType() == Schema.Type.UNION
        && avro.getTypes().size() == 2
        && nullIndex(avro.getTypes()) >= 0;
  }

  /** The branch of {@code null} in a nullable schema. */
  static int nullBranch(Schema avro) {
    return nullIndex(avro.getTypes());
  }

  /** What a nullable schema is when it is not null. */
  static Schema present(Schema avro) {
    return avro.getTypes().get(1 - nullBranch(avro));
  }

  private static int nullIndex(List<Schema> branches) {
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).getType() == Schema.Type.NULL) {
        return i;
      }
    }
    return -1;
  }

  /** Whether values of the schema have a Java type of their own that is not written here. */
  static boolean hasOtherJavaType(org.apache.kafka.connect.data.Schema connect) {
    return connect.name() != null && OTHER_JAVA_TYPES.contains(connect.name());
  }

  /** Whether the values are {@link java.math.BigDecimal}. */
  static boolean isDecimal(org.apache.kafka.connect.data.Schema connect) {
    return Decimal.LOGICAL_NAME.equals(connect.name());
  }

  /** The digits after the point of a decimal schema. */
  static int scale(org.apache.kafka.connect.data.Schema connect) {
    return Integer.parseInt(connect.parameters().get(Decimal.SCALE_FIELD));
  }

  /** Whether an Avro map holds it: other maps are arrays of pairs. */
  static boolean hasTextKeys(org.apache.kafka.connect.data.Schema map) {
    return map.keySchema().type() == org.apache.kafka.connect.data.Schema.Type.STRING
        && !map.keySchema().isOptional();
  }

  /** The Avro type that Apicurio's {@code AvroData} gives a Connect type; null when it varies. */
  static Schema.Type avroType(org.apache.kafka.connect.data.Schema connect) {
    return switch (connect.type()) {
      case INT8, INT16, INT32 -> Schema.Type.INT;
      case INT64 -> Schema.Type.LONG;
      case FLOAT32 -> Schema.Type.FLOAT;
      case FLOAT64 -> Schema.Type.DOUBLE;
      case BOOLEAN -> Schema.Type.BOOLEAN;
      case STRING -> Schema.Type.STRING;
      case BYTES -> Schema.Type.BYTES;
      case STRUCT -> Schema.Type.RECORD;
      case ARRAY -> Schema.Type.ARRAY;
      case MAP -> hasTextKeys(connect) ? Schema.Type.MAP : null;
    };
  }
}
