package io.dmconnect.bench.micro;

import io.dmconnect.model.event.EventFields;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** What a converter costs on both sides of the topic, keys and values. */
public class ConvertBenchmark extends MicroBenchmark {
  /** The converter. */
  @Param({Converters.AVRO, Converters.APICURIO, Converters.JSON})
  public String converter;

  /** The events that the records were made of. */
  @Param({Recording.INSERT, Recording.UPDATE})
  public String section;

  private static final String ROWS_TOPIC = "bench.rows";

  private Converter keys;
  private Converter values;
  private List<SourceRecord> records;
  private List<Struct> rows;
  private byte[][] writtenKeys;
  private byte[][] writtenValues;

  /** Makes the records, and their bytes for reading. */
  @Setup
  public void setUp() {
    Converters converters = new Converters(inputs);
    keys = converters.of(converter, true);
    values = converters.of(converter, false);
    records = StreamReplay.records(recording, section);
    rows =
        records.stream()
            .map(record -> ((Struct) record.value()).getStruct(EventFields.AFTER))
            .toList();
    writtenKeys = new byte[records.size()][];
    writtenValues = new byte[records.size()][];
    for (int i = 0; i < records.size(); i++) {
      writtenKeys[i] = key(records.get(i));
      writtenValues[i] = value(records.get(i));
    }
  }

  private byte[] key(SourceRecord record) {
    return keys.fromConnectData(record.topic(), record.keySchema(), record.key());
  }

  private byte[] value(SourceRecord record) {
    return values.fromConnectData(record.topic(), record.valueSchema(), record.value());
  }

  /** Records to bytes, in the source's worker. */
  @Benchmark
  public void write(Blackhole out) {
    for (SourceRecord record : records) {
      out.consume(key(record));
      out.consume(value(record));
    }
  }

  /** Only the rows after the changes: the rest of {@link #write} is key and envelope. */
  @Benchmark
  public void writeRow(Blackhole out) {
    for (Struct row : rows) {
      out.consume(values.fromConnectData(ROWS_TOPIC, row.schema(), row));
    }
  }

  /** Bytes to records, in the sink's worker. */
  @Benchmark
  public void read(Blackhole out) {
    String topic = records.get(0).topic();
    for (int i = 0; i < writtenKeys.length; i++) {
      out.consume(keys.toConnectData(topic, writtenKeys[i]));
      out.consume(values.toConnectData(topic, writtenValues[i]));
    }
  }
}
