package io.dmconnect.model.event;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * A struct whose fields are written by index and without validation: its writer knows the schema.
 * Everything that reads a {@link Struct} through its public methods reads this one alike; {@link
 * #validate()} still validates. It equals only other fast structs, because a {@link Struct} would
 * not equal it.
 *
 * <p>Not safe for use by several threads while it is written.
 */
public class FastStruct extends Struct {
  // the superclass allocates a slot per field of its schema, which would stay unused
  private static final Schema NO_FIELDS = SchemaBuilder.struct().build();

  private final Schema schema;
  private final Object[] slots;

  /** A struct of that schema with all fields null. */
  public FastStruct(Schema schema) {
    this(schema, new Object[schema.fields().size()]);
  }

  /**
   * A struct with these values.
   *
   * @param schema the struct's schema
   * @param slots one value per field, by the fields' index; not copied
   */
  public FastStruct(Schema schema, Object[] slots) {
    super(NO_FIELDS);
    this.schema = schema;
    this.slots = slots;
  }

  /** The value of the field at that index, its default left aside. */
  public final Object slot(int index) {
    return slots[index];
  }

  /** Sets the field at that index. The value must be of its schema; nobody checks. */
  public final void set(int index, Object value) {
    slots[index] = value;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Object get(String fieldName) {
    return get(field(fieldName));
  }

  @Override
  public Object get(Field field) {
    Object value = slots[field.index()];
    return value == null ? field.schema().defaultValue() : value;
  }

  @Override
  public Object getWithoutDefault(String fieldName) {
    return slots[field(fieldName).index()];
  }

  @Override
  public Byte getInt8(String fieldName) {
    return (Byte) typed(fieldName, Schema.Type.INT8);
  }

  @Override
  public Short getInt16(String fieldName) {
    return (Short) typed(fieldName, Schema.Type.INT16);
  }

  @Override
  public Integer getInt32(String fieldName) {
    return (Integer) typed(fieldName, Schema.Type.INT32);
  }

  @Override
  public Long getInt64(String fieldName) {
    return (Long) typed(fieldName, Schema.Type.INT64);
  }

  @Override
  public Float getFloat32(String fieldName) {
    return (Float) typed(fieldName, Schema.Type.FLOAT32);
  }

  @Override
  public Double getFloat64(String fieldName) {
    return (Double) typed(fieldName, Schema.Type.FLOAT64);
  }

  @Override
  public Boolean getBoolean(String fieldName) {
    return (Boolean) typed(fieldName, Schema.Type.BOOLEAN);
  }

  @Override
  public String getString(String fieldName) {
    return (String) typed(fieldName, Schema.Type.STRING);
  }

  @Override
  public byte[] getBytes(String fieldName) {
    Object bytes = typed(fieldName, Schema.Type.BYTES);
    if (bytes instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      return copy;
    }
    return (byte[]) bytes;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> List<T> getArray(String fieldName) {
    return (List<T>) typed(fieldName, Schema.Type.ARRAY);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <K, V> Map<K, V> getMap(String fieldName) {
    return (Map<K, V>) typed(fieldName, Schema.Type.MAP);
  }

  @Override
  public Struct getStruct(String fieldName) {
    return (Struct) typed(fieldName, Schema.Type.STRUCT);
  }

  @Override
  public Struct put(String fieldName, Object value) {
    return put(field(fieldName), value);
  }

  @Override
  public Struct put(Field field, Object value) {
    slots[field.index()] = value;
    return this;
  }

  @Override
  public void validate() {
    for (Field field : schema.fields()) {
      ConnectSchema.validateValue(field.name(), field.schema(), slots[field.index()]);
    }
  }

  private Field field(String name) {
    Field field = schema.field(name);
    if (field == null) {
      throw new DataException(name + " is not a valid field name");
    }
    return field;
  }

  private Object typed(String name, Schema.Type type) {
    Field field = field(name);
    if (field.schema().type() != type) {
      throw new DataException("Field '" + name + "' is not of type " + type);
    }
    return slots[field.index()];
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof FastStruct that
        && Objects.equals(schema, that.schema)
        && Arrays.deepEquals(slots, that.slots);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(schema) + Arrays.deepHashCode(slots);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Struct{");
    for (Field field : schema.fields()) {
      Object value = slots[field.index()];
      if (value != null) {
        text.append(text.length() > 7 ? "," : "").append(field.name()).append('=').append(value);
      }
    }
    return text.append('}').toString();
  }
}
