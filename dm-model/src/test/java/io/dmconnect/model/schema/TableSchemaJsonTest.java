package io.dmconnect.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.error.DmException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSchemaJsonTest {

  @Property(tries = 200)
  void readsBackWhatItWrote(@ForAll("schemas") TableSchema schema) {
    assertThat(TableSchemaJson.read(TableSchemaJson.write(schema))).isEqualTo(schema);
  }

  @Provide
  Arbitrary<TableSchema> schemas() {
    return TableSchemas.any();
  }

  @Test
  void leavesOutWhatMostColumnsHave() {
    TableSchema schema =
        TableSchema.of(
            List.of(ColumnSchema.of("id", ColumnType.of("bigint"), false)),
            List.of(
                new IndexSchema(
                    "PRIMARY",
                    IndexSchema.Kind.PRIMARY,
                    List.of(IndexSchema.Part.of("id")),
                    false,
                    null)));

    assertThat(TableSchemaJson.write(schema))
        .isEqualTo(
            "{\"v\":1,\"columns\":[{\"name\":\"id\",\"type\":\"bigint\"}],"
                + "\"indexes\":[{\"name\":\"PRIMARY\",\"kind\":\"primary\",\"parts\":[\"id\"]}]}");
  }

  @Test
  void nullStaysNull() {
    assertThat(TableSchemaJson.write(null)).isNull();
    assertThat(TableSchemaJson.read(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"v\":2,\"columns\":[]}",
        "{\"v\":1,\"columns\":[{\"name\":\"a\"}]}",
        "{\"v\":1,\"indexes\":[{\"name\":\"a\",\"kind\":\"odd\"}]}"
      })
  void namesTheTextItCannotRead(String text) {
    assertThatThrownBy(() -> TableSchemaJson.read(text))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("DM-00002")
        .hasMessageContaining(text);
  }
}
