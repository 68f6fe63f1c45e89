package io.dmconnect.source.schema;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.record.RowRecords;
import io.dmconnect.source.rows.TableCodec;
import io.dmconnect.source.value.JsonStyle;

/**
 * One version of a captured table with everything its rows need, made once.
 *
 * @param table the upstream table
 * @param topic the topic of its records
 * @param schema its definition
 * @param codec decodes its rows
 * @param records makes records of them
 * @param partitioner chooses their partitions
 */
public record TableVersion(
    TableId table,
    String topic,
    TableSchema schema,
    TableCodec codec,
    RowRecords records,
    KeyPartitioner partitioner) {

  /**
   * Makes a version.
   *
   * @param table the upstream table
   * @param topic the topic of its records
   * @param schema its definition
   * @param jsonStyle how the server prints JSON
   * @param partitioner chooses the partitions of its rows
   * @throws io.dmconnect.model.error.DmException when a column's type is not supported
   */
  static TableVersion of(
      TableId table,
      String topic,
      TableSchema schema,
      JsonStyle jsonStyle,
      KeyPartitioner partitioner) {
    RowSchemas schemas = RowSchemas.of(topic, schema);
    return new TableVersion(
        table,
        topic,
        schema,
        TableCodec.of(table, schema, schemas, jsonStyle),
        RowRecords.of(schemas),
        partitioner);
  }
}
