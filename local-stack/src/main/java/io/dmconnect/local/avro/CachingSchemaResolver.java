package io.dmconnect.local.avro;

import io.apicurio.registry.resolver.DefaultSchemaResolver;
import io.apicurio.registry.resolver.SchemaLookupResult;
import io.apicurio.registry.resolver.data.Record;
import io.apicurio.registry.serde.data.KafkaSerdeMetadata;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;

/**
 * Finds a record's registered schema by topic and Avro schema. Apicurio's own resolver finds it by
 * the schema's text, which it renders anew, twice, for every record: tens of microseconds that
 * Confluent's converter does not need. Safe for use by several threads.
 *
 * @param <S> the parsed schema's type
 * @param <T> the payload's type
 */
public final class CachingSchemaResolver<S, T> extends DefaultSchemaResolver<S, T> {
  private static final int MAX_SCHEMAS = 1_000;

  private final Map<String, Map<Schema, SchemaLookupResult<S>>> found = new ConcurrentHashMap<>();

  @Override
  public SchemaLookupResult<S> resolveSchema(Record<T> data) {
    if (!(data.payload() instanceof GenericContainer container)
        || !(data.metadata() instanceof KafkaSerdeMetadata metadata)) {
      return super.resolveSchema(data);
    }
    Map<Schema, SchemaLookupResult<S>> ofTopic = found.get(metadata.getTopic());
    if (ofTopic == null) {
      ofTopic = found.computeIfAbsent(metadata.getTopic(), topic -> new ConcurrentHashMap<>());
    }
    SchemaLookupResult<S> known = ofTopic.get(container.getSchema());
    if (known != null) {
      return known;
    }
    SchemaLookupResult<S> result = super.resolveSchema(data);
    if (ofTopic.size() >= MAX_SCHEMAS) {
      ofTopic.clear();
    }
    ofTopic.put(container.getSchema(), result);
    return result;
  }

  @Override
  public void reset() {
    found.clear();
    super.reset();
  }
}
