package io.dmconnect.avro;

import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;

/**
 * Encodes the records of one topic and schema as a message that Apicurio's converter made has
 * shown: the same bytes before the record, the same Avro schema.
 */
final class RecordEncoder {
  private final byte[] prefix;
  private final Optional<FieldWriter> writer;
  private final long learnedMillis;

  private RecordEncoder(byte[] prefix, Optional<FieldWriter> writer, long learnedMillis) {
    this.prefix = prefix;
    this.writer = writer;
    this.learnedMillis = learnedMillis;
  }

  /**
   * What a message teaches.
   *
   * @param avro the Avro schema of the message; null when it is not known
   * @param message what Apicurio's converter made of the value
   * @param before how many bytes stand before the record
   */
  static RecordEncoder learn(
      Schema connect,
      org.apache.avro.Schema avro,
      Object value,
      byte[] message,
      int before,
      long nowMillis) {
    Optional<FieldWriter> writer =
        avro == null ? Optional.empty() : WriterCompiler.compile(connect, avro);
    AvroOutput out = new AvroOutput();
    out.begin(new byte[0]);
    if (writer.isEmpty() || !writer.get().write(value, out)) {
      return new RecordEncoder(new byte[0], Optional.empty(), nowMillis);
    }

    byte[] record = out.toBytes();
    boolean same =
        message.length == before + record.length
            && message[0] == 0
            && Arrays.equals(message, before, message.length, record, 0, record.length);
    return same
        ? new RecordEncoder(Arrays.copyOf(message, before), writer, nowMillis)
        : new RecordEncoder(new byte[0], Optional.empty(), nowMillis);
  }

  /** Whether this schema's records are left to Apicurio's converter. */
  boolean isLeft() {
    return writer.isEmpty();
  }

  /** When the message was made. */
  long learnedMillis() {
    return learnedMillis;
  }

  /** The value's message; null when it is left to Apicurio's converter. */
  byte[] encode(Object value, AvroOutput out) {
    if (writer.isEmpty()) {
      return null;
    }
    out.begin(prefix);
    return writer.get().write(value, out) ? out.toBytes() : null;
  }
}
