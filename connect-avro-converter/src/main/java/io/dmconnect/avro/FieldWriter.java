package io.dmconnect.avro;

/** Writes the values of one Connect schema in one Avro schema. Used by one thread at a time. */
interface FieldWriter {

  /**
   * Writes a value.
   *
   * @param value a Connect value; may be null
   * @return false when the value is not one of the schema or needs another treatment; what was
   *     written of the record then counts for nothing
   */
  boolean write(Object value, AvroOutput out);
}
