package io.dmconnect.model.event;

import static io.dmconnect.model.event.SampleTable.members;
import static io.dmconnect.model.event.SampleTable.table;
import static io.dmconnect.model.event.SampleTable.type;
import static io.dmconnect.model.event.SampleTable.unsigned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RowSchemasTest {

  static Stream<Arguments> types() {
    String decimal = "org.apache.kafka.connect.data.Decimal";
    return Stream.of(
        arguments(type("tinyint", 1), Schema.Type.INT16, null),
        arguments(unsigned("tinyint"), Schema.Type.INT16, null),
        arguments(type("smallint"), Schema.Type.INT16, null),
        arguments(unsigned("smallint"), Schema.Type.INT32, null),
        arguments(type("mediumint"), Schema.Type.INT32, null),
        arguments(unsigned("mediumint"), Schema.Type.INT32, null),
        arguments(type("int"), Schema.Type.INT32, null),
        arguments(unsigned("int"), Schema.Type.INT64, null),
        arguments(type("bigint"), Schema.Type.INT64, null),
        arguments(unsigned("bigint"), Schema.Type.INT64, null),
        arguments(type("decimal", 10, 2), Schema.Type.BYTES, decimal),
        arguments(type("float"), Schema.Type.FLOAT32, null),
        arguments(type("double"), Schema.Type.FLOAT64, null),
        arguments(type("bit", 1), Schema.Type.BOOLEAN, null),
        arguments(type("bit", 2), Schema.Type.BYTES, "io.debezium.data.Bits"),
        arguments(type("date"), Schema.Type.INT32, "io.debezium.time.Date"),
        arguments(type("datetime"), Schema.Type.INT64, "io.debezium.time.Timestamp"),
        arguments(type("datetime", 3), Schema.Type.INT64, "io.debezium.time.Timestamp"),
        arguments(type("datetime", 4), Schema.Type.INT64, "io.debezium.time.MicroTimestamp"),
        arguments(type("timestamp", 6), Schema.Type.STRING, "io.debezium.time.ZonedTimestamp"),
        arguments(type("time", 6), Schema.Type.INT64, "io.debezium.time.MicroTime"),
        arguments(type("year", 4), Schema.Type.INT32, "io.debezium.time.Year"),
        arguments(type("char", 3), Schema.Type.STRING, null),
        arguments(type("varchar", 3), Schema.Type.STRING, null),
        arguments(type("longtext"), Schema.Type.STRING, null),
        arguments(type("binary", 3), Schema.Type.BYTES, null),
        arguments(type("mediumblob"), Schema.Type.BYTES, null),
        arguments(members("enum", "a"), Schema.Type.STRING, "io.debezium.data.Enum"),
        arguments(members("set", "a"), Schema.Type.STRING, "io.debezium.data.EnumSet"),
        arguments(type("json"), Schema.Type.STRING, "io.debezium.data.Json"),
        arguments(type("polygon"), Schema.Type.STRUCT, "io.debezium.data.geometry.Geometry"),
        arguments(type("point"), Schema.Type.STRUCT, "io.debezium.data.geometry.Point"),
        arguments(type("vector", 4), Schema.Type.ARRAY, "io.debezium.data.FloatVector"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void mapsEveryTypeOfTheContract(ColumnType type, Schema.Type connectType, String name) {
    Schema schema = field(type);

    assertThat(schema.type()).isEqualTo(connectType);
    assertThat(schema.name()).isEqualTo(name);
  }

  @Test
  void statesTheSourceColumnsType() {
    assertThat(field(type("varchar", 20)).parameters())
        .isEqualTo(
            Map.of(
                "__debezium.source.column.type", "VARCHAR",
                "__debezium.source.column.length", "20"));
    assertThat(field(unsigned("int")).parameters())
        .isEqualTo(Map.of("__debezium.source.column.type", "INT UNSIGNED"));
    assertThat(field(type("decimal", 10, 2)).parameters())
        .containsEntry("scale", "2")
        .containsEntry("connect.decimal.precision", "10")
        .containsEntry("__debezium.source.column.length", "10")
        .containsEntry("__debezium.source.column.scale", "2");
  }

  @Test
  void statesHowAColumnIsGenerated() {
    RowSchemas schemas =
        RowSchemas.of(
            "dm.db.t",
            table()
                .column("id", type("int"))
                .generated("v", type("int"), Generated.VIRTUAL)
                .generated("s", type("int"), Generated.STORED)
                .build());

    assertThat(schemas.rowField(0).schema().parameters()).doesNotContainKey("dm.generated");
    assertThat(schemas.rowField(1).schema().parameters()).containsEntry("dm.generated", "virtual");
    assertThat(schemas.rowField(2).schema().parameters()).containsEntry("dm.generated", "stored");
  }

  @Test
  void escapesCommasOfEnumMembers() {
    assertThat(field(members("enum", "a,b", "c")).parameters()).containsEntry("allowed", "a\\,b,c");
  }

  @Test
  void isOptionalExactlyWhenNullableAndHasNoDefaults() {
    RowSchemas schemas =
        RowSchemas.of(
            "dm.db.t",
            table().required("a", type("point")).withDefault("b", type("int"), "5").build());

    assertThat(schemas.rowField(0).schema().isOptional()).isFalse();
    assertThat(schemas.rowField(1).schema().isOptional()).isTrue();
    assertThat(schemas.rowField(1).schema().defaultValue()).isNull();
  }

  @Test
  void hasTheKeysColumnsInKeyOrder() {
    RowSchemas schemas =
        RowSchemas.of(
            "dm.db.t",
            table()
                .required("a", type("int"))
                .column("b", type("int"))
                .required("c", type("bigint"))
                .primaryKey("C", "a")
                .build());

    assertThat(schemas.key().name()).isEqualTo("dm.db.t.Key");
    assertThat(schemas.key().fields()).extracting("name").containsExactly("c", "a");
    assertThat(schemas.keySize()).isEqualTo(2);
    assertThat(schemas.keyColumn(0)).isEqualTo(2);
    assertThat(schemas.keyField(1).name()).isEqualTo("a");
  }

  @Test
  void hasNoKeyWithoutPrimaryKey() {
    RowSchemas schemas = RowSchemas.of("dm.db.t", table().required("a", type("int")).build());

    assertThat(schemas.key()).isNull();
    assertThat(schemas.keySize()).isZero();
  }

  @Test
  void namesTheColumnOfAnUnknownType() {
    assertThatThrownBy(
            () -> RowSchemas.of("dm.db.t", table().column("a", type("hyperlink")).build()))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("DM-00001")
        .hasMessageContaining("'a'")
        .hasMessageContaining("'dm.db.t'")
        .hasMessageContaining("'hyperlink'");
  }

  private static Schema field(ColumnType type) {
    return RowSchemas.of("dm.db.t", table().column("a", type).build()).rowField(0).schema();
  }
}
