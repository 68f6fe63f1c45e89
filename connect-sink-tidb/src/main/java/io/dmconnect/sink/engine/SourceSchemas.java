package io.dmconnect.sink.engine;

import io.dmconnect.model.schema.TableSchema;

/** The upstream tables' definitions, kept in the target for topics whose values have no schema. */
interface SourceSchemas {

  /** The definition as of the last schema change that was carried out; null when unknown. */
  TableSchema load(String topic, int partition);
}
