package io.dmconnect.source.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePartitionsTest {
  private final SourcePartitions partitions = new SourcePartitions("s1");

  @Test
  void haveTheBytesThatConnectMakesOfThemAfterReadingThem() {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", "false"), true);
      TableId table = new TableId("db", "t");
      for (Map<String, String> partition :
          List.of(
              partitions.stream(),
              partitions.table(table),
              partitions.snapshot(table),
              partitions.schema("db", 0),
              partitions.schema("db", 7))) {
        byte[] bytes = converter.fromConnectData("offsets", null, partition);
        Object read = converter.toConnectData("offsets", bytes).value();

        assertThat(converter.fromConnectData("offsets", null, read)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void namesOfTablesAreToldApart() {
    assertThat(SourcePartitions.name(new TableId("a", "b"))).isEqualTo("a.b");
    assertThat(SourcePartitions.name(new TableId("a.b", "c")))
        .isNotEqualTo(SourcePartitions.name(new TableId("a", "b.c")));
  }

  @ParameterizedTest
  @CsvSource({"a,b", "a.b,c", "a,b.c", "`,``", "a`.`b,.`", "``a``,`.`b"})
  void aTableIsFoundByItsName(String schema, String table) {
    TableId id = new TableId(schema, table);

    assertThat(SourcePartitions.table(SourcePartitions.name(id))).isEqualTo(id);
  }
}
