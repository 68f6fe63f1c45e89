package io.dmconnect.model.event;

import static io.dmconnect.model.event.SampleTable.members;
import static io.dmconnect.model.event.SampleTable.table;
import static io.dmconnect.model.event.SampleTable.type;
import static io.dmconnect.model.event.SampleTable.unsigned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.dmconnect.model.schema.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas are those of Debezium's MySQL connector, apart from what these tests state. */
class DebeziumCompatibilityTest {

  static Stream<Arguments> columns() {
    return Stream.of(
        arguments("TINYINT", type("tinyint")),
        arguments("TINYINT UNSIGNED", unsigned("tinyint")),
        arguments("TINYINT(1)", type("tinyint", 1)),
        arguments("SMALLINT", type("smallint")),
        arguments("SMALLINT UNSIGNED", unsigned("smallint")),
        arguments("MEDIUMINT", type("mediumint")),
        arguments("MEDIUMINT UNSIGNED", unsigned("mediumint")),
        arguments("INT", type("int")),
        arguments("INT(11)", type("int", 11)),
        arguments("INT UNSIGNED", unsigned("int")),
        arguments("BIGINT", type("bigint")),
        arguments("BIGINT UNSIGNED", unsigned("bigint")),
        arguments("DECIMAL(10,2)", type("decimal", 10, 2)),
        arguments("DECIMAL(65,0)", type("decimal", 65, 0)),
        arguments("FLOAT", type("float")),
        arguments("DOUBLE", type("double")),
        arguments("BIT(1)", type("bit", 1)),
        arguments("BIT(17)", type("bit", 17)),
        arguments("DATE", type("date")),
        arguments("DATETIME", type("datetime")),
        arguments("DATETIME(3)", type("datetime", 3)),
        arguments("DATETIME(6)", type("datetime", 6)),
        arguments("TIMESTAMP NULL", type("timestamp")),
        arguments("TIMESTAMP(6) NULL", type("timestamp", 6)),
        arguments("TIME", type("time")),
        arguments("TIME(6)", type("time", 6)),
        arguments("YEAR", type("year")),
        arguments("CHAR(3)", type("char", 3)),
        arguments("VARCHAR(20)", type("varchar", 20)),
        arguments("TINYTEXT", type("tinytext")),
        arguments("LONGTEXT", type("longtext")),
        arguments("BINARY(3)", type("binary", 3)),
        arguments("VARBINARY(20)", type("varbinary", 20)),
        arguments("TINYBLOB", type("tinyblob")),
        arguments("LONGBLOB", type("longblob")),
        arguments("ENUM('a','b,c','d''e')", members("enum", "a", "b,c", "d'e")),
        arguments("SET('a','b')", members("set", "a", "b")),
        arguments("JSON", type("json")),
        arguments("GEOMETRY", type("geometry")),
        arguments("POLYGON", type("polygon")),
        arguments("GEOMETRYCOLLECTION", type("geometrycollection")),
        arguments("POINT", type("point")),
        arguments("VECTOR(4)", type("vector", 4)));
  }

  @ParameterizedTest
  @MethodSource("columns")
  void hasTheSchemaOfANullableColumn(String sql, ColumnType type) {
    Schema theirs =
        DebeziumSchemas.of("dm", "CREATE TABLE t (c " + sql + ")").row().field("c").schema();
    Schema ours = RowSchemas.of("dm.db.t", table().column("c", type).build()).rowField(0).schema();

    assertThat(describe(ours)).isEqualTo(describe(theirs));
  }

  @Test
  void namesAndVersionsOfKeyRowAndEnvelopeAreTheSame() {
    DebeziumSchemas theirs =
        DebeziumSchemas.of("dm", "CREATE TABLE t (a INT NOT NULL PRIMARY KEY, b INT)");
    RowSchemas ours =
        RowSchemas.of(
            "dm.db.t",
            table().required("a", type("int")).column("b", type("int")).primaryKey("a").build());

    assertThat(ours.key()).isEqualTo(theirs.key());
    assertThat(ours.row().name()).isEqualTo(theirs.row().name());
    assertThat(ours.row().version()).isEqualTo(theirs.row().version());
    assertThat(ours.envelope().name()).isEqualTo(theirs.envelope().name());
    assertThat(ours.envelope().version()).isEqualTo(theirs.envelope().version());
  }

  @Test
  void addsOnlyExactAndDdlToTheEnvelope() {
    List<Field> theirs =
        DebeziumSchemas.of("dm", "CREATE TABLE t (a INT NOT NULL PRIMARY KEY)").envelope().fields();
    List<Field> ours =
        RowSchemas.of("dm.db.t", table().required("a", type("int")).primaryKey("a").build())
            .envelope()
            .fields();

    assertThat(names(ours).subList(0, theirs.size())).isEqualTo(names(theirs));
    assertThat(names(ours).subList(theirs.size(), ours.size())).containsExactly("exact", "ddl");
    for (Field field : theirs) {
      if (!List.of("before", "after", "source").contains(field.name())) {
        assertThat(ours.get(field.index()).schema()).as(field.name()).isEqualTo(field.schema());
      }
    }
  }

  @Test
  void addsOnlySafeModeToTheSourceBlock() {
    Schema theirs = DebeziumSchemas.of("dm", "CREATE TABLE t (a INT)").source();
    List<Field> ours = SourceSchema.SCHEMA.fields();

    assertThat(SourceSchema.SCHEMA.name()).isEqualTo(theirs.name());
    assertThat(SourceSchema.SCHEMA.version()).isEqualTo(theirs.version());
    assertThat(ours.subList(0, theirs.fields().size())).isEqualTo(theirs.fields());
    assertThat(names(ours).subList(theirs.fields().size(), ours.size()))
        .containsExactly("safe_mode");
  }

  @Test
  void aRequiredGeometryIsRequiredWhereTheirsIsOptional() {
    DebeziumSchemas theirs = DebeziumSchemas.of("dm", "CREATE TABLE t (c GEOMETRY NOT NULL)");
    RowSchemas ours = RowSchemas.of("dm.db.t", table().required("c", type("geometry")).build());

    assertThat(theirs.row().field("c").schema().isOptional()).isTrue();
    assertThat(ours.rowField(0).schema().isOptional()).isFalse();
  }

  @Test
  void aFloatWithDigitsStaysAFloatWhereTheirsIsADouble() {
    DebeziumSchemas theirs = DebeziumSchemas.of("dm", "CREATE TABLE t (c FLOAT(7,2))");
    RowSchemas ours = RowSchemas.of("dm.db.t", table().column("c", type("float", 7, 2)).build());

    assertThat(theirs.row().field("c").schema().type()).isEqualTo(Schema.Type.FLOAT64);
    assertThat(ours.rowField(0).schema().type()).isEqualTo(Schema.Type.FLOAT32);
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::name).toList();
  }

  /** What two schemas of a column must have in common: all but the column's name. */
  private static Map<String, Object> describe(Schema schema) {
    Map<String, Object> description = new TreeMap<>();
    description.put("type", schema.type());
    description.put("optional", schema.isOptional());
    description.put("name", String.valueOf(schema.name()));
    description.put("version", String.valueOf(schema.version()));
    description.put("doc", String.valueOf(schema.doc()));
    Map<String, String> parameters = new TreeMap<>(schema.parameters());
    parameters.remove("__debezium.source.column.name");
    description.put("parameters", parameters);
    if (schema.type() == Schema.Type.STRUCT) {
      description.put("fields", schema.fields());
    }

    return description;
  }
}
