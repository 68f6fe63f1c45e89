package io.dmconnect.avro;

/** Reads the values of one Avro schema as those of one Connect schema; by one thread at a time. */
interface FieldReader {

  /**
   * Reads the next value.
   *
   * @return the Connect value; may be null
   * @throws RuntimeException when the bytes are malformed
   */
  Object read(AvroInput in);
}
