package io.dmconnect.avro;

import io.apicurio.registry.serde.AbstractKafkaSerDe;
import io.apicurio.registry.utils.converter.AvroConverter;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apicurio's Avro converter with a direct way between Connect's structs and Avro's bytes. It takes
 * the same settings and makes the same messages.
 *
 * <p>The first record of a schema goes through Apicurio's converter, which speaks to the registry.
 * Its message is compared with what the direct way makes of the same record; when both are the
 * same, the records that follow take the direct way. So do not: schemas of other kinds (enums,
 * unions, Connect's own dates), records without a schema, schema ids in headers. Written records go
 * through Apicurio's converter again after {@code apicurio.registry.check-period-ms}, so that a
 * schema that was registered anew meanwhile is found.
 *
 * <p>Structs it reads are {@link io.dmconnect.model.event.FastStruct}. Safe for use by several
 * threads, one after the other.
 *
 * @param <T> what Apicurio's serializer takes
 */
public final class FastAvroConverter<T> extends AvroConverter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(FastAvroConverter.class);

  private static final String CHECK_PERIOD = "apicurio.registry.check-period-ms";
  private static final String IDS_IN_HEADERS = "apicurio.registry.headers.enabled";
  private static final long DEFAULT_CHECK_PERIOD_MILLIS = 30_000;
  private static final int MAX_KNOWN = 1_000;

  private final Clock clock;
  private final AvroOutput out = new AvroOutput();
  private final AvroInput in = new AvroInput();
  private final Map<String, Map<Schema, RecordEncoder>> encoders = new HashMap<>();
  private final Map<Long, RecordDecoder> decoders = new HashMap<>();

  private long checkPeriodMillis;
  private int idBytes;
  private org.apache.avro.Schema seen;

  /** A converter that must be configured. */
  public FastAvroConverter() {
    this(Clock.systemUTC());
  }

  FastAvroConverter(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes Apicurio's settings.
   *
   * @param configs what Apicurio's {@code AvroConverter} takes
   * @param isKey whether it converts keys
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    super.configure(configs, isKey);
    checkPeriodMillis = millis(configs.get(CHECK_PERIOD));
    boolean inHeaders = Boolean.parseBoolean(String.valueOf(configs.get(IDS_IN_HEADERS)));
    idBytes =
        !inHeaders && deserializer instanceof AbstractKafkaSerDe<?, ?> serde
            ? serde.getIdHandler().idSize()
            : 0;
  }

  private static long millis(Object setting) {
    try {
      return setting == null
          ? DEFAULT_CHECK_PERIOD_MILLIS
          : Long.parseLong(String.valueOf(setting).trim());
    } catch (NumberFormatException e) {
      return DEFAULT_CHECK_PERIOD_MILLIS;
    }
  }

  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    return fromConnectData(topic, null, schema, value);
  }

  @Override
  public synchronized byte[] fromConnectData(
      String topic, Headers headers, Schema schema, Object value) {
    if (schema == null || value == null || idBytes == 0) {
      return slowly(topic, headers, schema, value);
    }

    Map<Schema, RecordEncoder> known = encoders.get(topic);
    RecordEncoder encoder = known == null ? null : known.get(schema);
    if (encoder == null || isOld(encoder.learnedMillis())) {
      return learn(topic, headers, schema, value);
    }

    byte[] message = encoder.encode(value, out);
    return message == null ? slowly(topic, headers, schema, value) : message;
  }

  private byte[] learn(String topic, Headers headers, Schema schema, Object value) {
    seen = null;
    byte[] message = slowly(topic, headers, schema, value);
    org.apache.avro.Schema made = seen;
    org.apache.avro.Schema registered = made == null ? null : registered(topic, headers, message);
    RecordEncoder encoder =
        RecordEncoder.learn(
            schema,
            made != null && made.equals(registered) ? made : null,
            value,
            message,
            1 + idBytes,
            clock.millis());
    if (encoder.isLeft()) {
      LOG.debug("Records of {} in {} are left to Apicurio's converter", schema.name(), topic);
    }
    Map<Schema, RecordEncoder> known = encoders.computeIfAbsent(topic, name -> new HashMap<>());
    if (known.size() >= MAX_KNOWN) {
      known.clear();
    }
    known.put(schema, encoder);
    return message;
  }

  /** The schema that readers of the message get: with some settings not the one made of it. */
  private org.apache.avro.Schema registered(String topic, Headers headers, byte[] message) {
    T read =
        headers == null
            ? deserializer.deserialize(topic, message)
            : deserializer.deserialize(topic, headers, message);
    return read instanceof GenericContainer container ? container.getSchema() : null;
  }

  private boolean isOld(long learnedMillis) {
    long age = clock.millis() - learnedMillis;
    return age > checkPeriodMillis || age < 0;
  }

  private byte[] slowly(String topic, Headers headers, Schema schema, Object value) {
    return headers == null
        ? super.fromConnectData(topic, schema, value)
        : super.fromConnectData(topic, headers, schema, value);
  }

  @Override
  protected T applySchema(Schema schema, Object value) {
    T applied = super.applySchema(schema, value);
    seen = applied instanceof GenericContainer container ? container.getSchema() : null;
    return applied;
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte[] message) {
    return toConnectData(topic, null, message);
  }

  @Override
  public synchronized SchemaAndValue toConnectData(String topic, Headers headers, byte[] message) {
    int offset = 1 + idBytes;
    if (message == null || idBytes == 0 || message.length < offset || message[0] != 0) {
      return slowly(topic, headers, message);
    }

    Long id = id(message);
    RecordDecoder decoder = decoders.get(id);
    if (decoder == null || isOld(decoder.learnedMillis())) {
      return learn(topic, headers, message, id);
    }

    SchemaAndValue decoded = decoder.decode(message, offset, in);
    return decoded == null ? slowly(topic, headers, message) : decoded;
  }

  private Long id(byte[] message) {
    long id = 0;
    for (int i = 1; i <= idBytes; i++) {
      id = (id << Byte.SIZE) | (message[i] & 0xFF);
    }
    return id;
  }

  private SchemaAndValue learn(String topic, Headers headers, byte[] message, Long id) {
    seen = null;
    SchemaAndValue shown = slowly(topic, headers, message);
    int offset = 1 + idBytes;
    RecordDecoder decoder = RecordDecoder.learn(seen, message, offset, shown, clock.millis());
    if (decoder.reader().isEmpty()) {
      LOG.debug("Records with schema {} in {} are left to Apicurio's converter", id, topic);
    }
    if (decoders.size() >= MAX_KNOWN) {
      decoders.clear();
    }
    decoders.put(id, decoder);
    SchemaAndValue decoded = decoder.decode(message, offset, in);
    return decoded == null ? shown : decoded;
  }

  private SchemaAndValue slowly(String topic, Headers headers, byte[] message) {
    return headers == null
        ? super.toConnectData(topic, message)
        : super.toConnectData(topic, headers, message);
  }

  @Override
  protected SchemaAndValue toSchemaAndValue(T read) {
    seen = read instanceof GenericContainer container ? container.getSchema() : null;
    return super.toSchemaAndValue(read);
  }
}
