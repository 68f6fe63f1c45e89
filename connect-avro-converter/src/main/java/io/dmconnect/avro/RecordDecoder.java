package io.dmconnect.avro;

import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;

/**
 * Decodes the records of one schema id as Apicurio's converter has shown with one of them.
 *
 * @param schema the Connect schema, the same instance for all records
 * @param reader empty when this schema is left to Apicurio's converter
 * @param learnedMillis when the message was read
 */
record RecordDecoder(Schema schema, Optional<FieldReader> reader, long learnedMillis) {

  /**
   * What a message teaches.
   *
   * @param avro the Avro schema of the message; null when it is not known
   * @param offset where the record begins in the message
   * @param shown what Apicurio's converter made of the message
   */
  static RecordDecoder learn(
      org.apache.avro.Schema avro,
      byte[] message,
      int offset,
      SchemaAndValue shown,
      long nowMillis) {
    if (avro == null || shown == null || shown.schema() == null) {
      return new RecordDecoder(null, Optional.empty(), nowMillis);
    }

    RecordDecoder decoder =
        new RecordDecoder(shown.schema(), ReaderCompiler.compile(avro, shown.schema()), nowMillis);
    SchemaAndValue decoded = decoder.decode(message, offset, new AvroInput());
    return decoded != null && ConnectValues.same(decoded.value(), shown.value())
        ? decoder
        : new RecordDecoder(shown.schema(), Optional.empty(), nowMillis);
  }

  /** The message's value; null when it is left to Apicurio's converter. */
  SchemaAndValue decode(byte[] message, int offset, AvroInput in) {
    if (reader.isEmpty()) {
      return null;
    }

    in.begin(message, offset);
    try {
      Object value = reader.get().read(in);
      return in.isAtEnd() ? new SchemaAndValue(schema, value) : null;
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      // Apicurio's converter says what is wrong with the message
      return null;
    } finally {
      in.end();
    }
  }
}
