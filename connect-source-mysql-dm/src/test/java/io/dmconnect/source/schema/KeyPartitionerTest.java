package io.dmconnect.source.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.TableSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPartitionerTest {
  private static final TableId TABLE = new TableId("d", "t");

  private static TableSchema schema(String columns) {
    return SchemaEvolution.apply(
        null,
        DdlParser.parse("CREATE TABLE t (" + columns + ")", SqlModes.DEFAULT, TABLE.schema()),
        SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31")));
  }

  private static Struct key(TableSchema schema, Object... values) {
    Schema key = RowSchemas.of("x", schema).key();
    Struct struct = new Struct(key);
    for (int i = 0; i < values.length; i++) {
      struct.put(key.fields().get(i), values[i]);
    }
    return struct;
  }

  @Test
  void rowsOfOneKeyGoToOnePartitionAndKeysAreSpread() {
    TableSchema schema = schema("id INT PRIMARY KEY, v TEXT");
    KeyPartitioner partitioner = KeyPartitioner.of(schema, 4);
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      assertThat(partitioner.of(key(schema, i))).isEqualTo(partitioner.of(key(schema, i)));
      used.add(partitioner.of(key(schema, i)));
    }
    assertThat(used).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id INT",
        "id INT PRIMARY KEY, u INT UNIQUE",
        "id VARCHAR(20) PRIMARY KEY",
        "id VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY",
        "id DOUBLE PRIMARY KEY",
        "a INT, b CHAR(3), PRIMARY KEY (a, b)",
        "a VARBINARY(20), PRIMARY KEY (a(3))",
        "id ENUM('a', 'b') PRIMARY KEY"
      })
  void tablesWhoseKeysDoNotTellRowsApartByTheirBytesUseOnePartition(String columns) {
    assertThat(KeyPartitioner.of(schema(columns), 8)).isSameAs(KeyPartitioner.SINGLE);
  }

  @ParameterizedTest
  @CsvSource({"1,7", "2,7", "-1,0", "1000000,1"})
  void theHashNeverChanges(int id, int partition) {
    TableSchema schema = schema("id INT PRIMARY KEY");

    assertThat(KeyPartitioner.of(schema, 8).of(key(schema, id))).isEqualTo(partition);
  }

  @Test
  void bytesAndDecimalsAreTakenByValue() {
    TableSchema bytes = schema("id VARBINARY(20) PRIMARY KEY");
    TableSchema decimal = schema("id DECIMAL(9,2) PRIMARY KEY");
    KeyPartitioner ofBytes = KeyPartitioner.of(bytes, 64);
    KeyPartitioner ofDecimal = KeyPartitioner.of(decimal, 64);

    assertThat(ofBytes.of(key(bytes, new byte[] {1, 2})))
        .isEqualTo(ofBytes.of(key(bytes, ByteBuffer.wrap(new byte[] {1, 2}))))
        .isNotEqualTo(ofBytes.of(key(bytes, new byte[] {2, 1})));
    assertThat(ofDecimal.of(key(decimal, new BigDecimal("1.50"))))
        .isEqualTo(ofDecimal.of(key(decimal, new BigDecimal("1.50"))));
  }

  @Test
  void rowsWithoutKeyGoToTheFirst() {
    assertThat(KeyPartitioner.of(schema("id INT PRIMARY KEY"), 8).of(null)).isZero();
  }
}
