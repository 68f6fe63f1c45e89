package io.dmconnect.model.coordination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.model.schema.TableSchemaJson;

/** How a record holds table schemas: whole, or as the name of another record that holds them. */
public interface SchemaTexts {

  /** Schemas are written where they are. */
  SchemaTexts INLINE =
      new SchemaTexts() {
        private final ObjectMapper mapper = new ObjectMapper();

        @Override
        public JsonNode write(TableSchema schema) {
          try {
            return mapper.readTree(TableSchemaJson.write(schema));
          } catch (JsonProcessingException e) {
            throw new IllegalStateException("A schema's text is always JSON", e);
          }
        }

        @Override
        public TableSchema read(JsonNode node) {
          return TableSchemaJson.read(node.toString());
        }
      };

  /**
   * What the record holds for a schema.
   *
   * @param schema not null
   */
  JsonNode write(TableSchema schema);

  /**
   * The schema of what the record holds.
   *
   * @throws IllegalArgumentException when it is none, or names a record that is not known
   * @throws io.dmconnect.model.error.DmException when its text cannot be read
   */
  TableSchema read(JsonNode node);
}
