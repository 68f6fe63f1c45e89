package io.dmconnect.avro;

import io.apicurio.registry.utils.converter.avro.AvroData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;

/** What Apicurio's {@code AvroData} and Avro make of records, step by step. */
final class Peer {
  private final AvroData data = new AvroData(100);

  org.apache.avro.Schema schema(Schema connect, Object value) {
    return ((GenericContainer) data.fromConnectData(connect, value)).getSchema();
  }

  byte[] encode(Schema connect, Object value) {
    GenericContainer record = (GenericContainer) data.fromConnectData(connect, value);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  SchemaAndValue decode(org.apache.avro.Schema avro, byte[] bytes) {
    try {
      Object record =
          new GenericDatumReader<>(avro)
              .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
      return data.toConnectData(avro, record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
