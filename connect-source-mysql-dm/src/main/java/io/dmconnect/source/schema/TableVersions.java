package io.dmconnect.source.schema;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.value.JsonStyle;

/**
 * Makes the versions of a source's tables. Safe for use by several threads.
 *
 * @param topics names their topics
 * @param jsonStyle how the server prints JSON
 * @param partitions how many partitions a table's topic has
 */
public record TableVersions(Topics topics, JsonStyle jsonStyle, int partitions) {

  /**
   * A version of a table.
   *
   * @throws io.dmconnect.model.error.DmException when a column's type is not supported, or another
   *     table has the topic
   */
  public TableVersion of(TableId table, TableSchema schema) {
    return TableVersion.of(
        table, topics.of(table), schema, jsonStyle, KeyPartitioner.of(schema, partitions));
  }

  /** The same for tables of which no row is written, so that another table may have the topic. */
  TableVersions withOwnTopics() {
    return new TableVersions(new Topics(topics.prefix()), jsonStyle, partitions);
  }
}
