package io.dmconnect.model.event;

import io.debezium.config.Configuration;
import io.debezium.connector.binlog.charset.BinlogCharsetRegistry;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.antlr.MySqlAntlrDdlParser;
import io.debezium.connector.mysql.jdbc.MySqlDefaultValueConverter;
import io.debezium.connector.mysql.jdbc.MySqlValueConverters;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.relational.TableSchemaBuilder;
import io.debezium.relational.Tables;
import io.debezium.relational.mapping.ColumnMappers;
import io.debezium.schema.SchemaFactory;
import java.util.List;
import org.apache.kafka.connect.data.Schema;

/** The schemas that Debezium's MySQL connector makes of a CREATE TABLE statement. */
final class DebeziumSchemas {
  private final MySqlConnectorConfig config;
  private final TableSchema schema;

  /** The schemas of {@code db.t}, with Debezium's defaults and the columns' types propagated. */
  static DebeziumSchemas of(String topicPrefix, String createTable) {
    MySqlConnectorConfig config =
        new MySqlConnectorConfig(
            Configuration.create()
                .with("topic.prefix", topicPrefix)
                .with("database.hostname", "localhost")
                .with("database.server.id", 1)
                .with("column.propagate.source.type", ".*")
                .build());
    return new DebeziumSchemas(config, createTable);
  }

  private DebeziumSchemas(MySqlConnectorConfig config, String createTable) {
    this.config = config;
    BinlogCharsetRegistry charsets =
        config.getServiceRegistry().getService(BinlogCharsetRegistry.class);
    MySqlAntlrDdlParser parser =
        new MySqlAntlrDdlParser(true, false, true, Tables.TableFilter.includeAll(), charsets);
    parser.setCurrentDatabase("db");
    parser.setCurrentSchema("db");
    Tables tables = new Tables();
    parser.parse(createTable, tables);
    Table table = tables.forTable(new TableId("db", null, "t"));

    MySqlValueConverters values =
        new MySqlValueConverters(
            config.getDecimalMode(),
            config.getTemporalPrecisionMode(),
            config.getBigIntUnsignedHandlingMode().asBigIntUnsignedMode(),
            config.binaryHandlingMode(),
            MySqlValueConverters::adjustTemporal,
            config.getEventConvertingFailureHandlingMode(),
            config.getServiceRegistry());
    TableSchemaBuilder builder =
        new TableSchemaBuilder(
            values,
            new MySqlDefaultValueConverter(values),
            config.schemaNameAdjuster(),
            new CustomConverterRegistry(List.of()),
            config.getSourceInfoStructMaker().schema(),
            SchemaFactory.get().transactionBlockSchema(),
            config.getFieldNamer(),
            false,
            config.getEventConvertingFailureHandlingMode());
    this.schema =
        builder.create(
            config.getTopicNamingStrategy(MySqlConnectorConfig.TOPIC_NAMING_STRATEGY),
            table,
            null,
            ColumnMappers.create(config),
            null);
  }

  Schema key() {
    return schema.keySchema();
  }

  Schema row() {
    return schema.valueSchema();
  }

  Schema envelope() {
    return schema.getEnvelopeSchema().schema();
  }

  Schema source() {
    return config.getSourceInfoStructMaker().schema();
  }
}
