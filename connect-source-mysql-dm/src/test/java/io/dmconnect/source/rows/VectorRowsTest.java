package io.dmconnect.source.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.record.RowStruct;
import io.dmconnect.source.value.BinlogType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * VECTOR of MySQL 9, which no server of the tests has: events laid out as its manual and source say
 * ({@code MYSQL_TYPE_VECTOR}, like a BLOB with four bytes of length).
 */
class VectorRowsTest {
  private static final TableId TABLE = new TableId("d", "t");
  private static final List<Float> VECTOR = List.of(1f, -2.5f, 0.125f);

  @Test
  void vectorsOfSnapshotAndStreamAreTheSame() {
    TableSchema schema =
        SchemaEvolution.apply(
            null,
            DdlParser.parse(
                "CREATE TABLE t (id INT PRIMARY KEY, v VECTOR(3) NOT NULL)",
                SqlModes.DEFAULT,
                TABLE.schema()),
            SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("9.1.0")));
    TableCodec codec = TableCodec.of(TABLE, schema, RowSchemas.of("x", schema));
    byte[] map = tableMap();
    TableBinding binding = codec.bind(TableMap.parse(map, 0, map.length));
    byte[] rows = rows();
    RowsReader reader = binding.reader(RowsEvent.parse(30, rows, 0, rows.length), "here");

    assertThat(reader.next()).isTrue();
    RowStruct streamed = reader.after();
    RowStruct read =
        codec.decodeText(new byte[][] {"7".getBytes(StandardCharsets.US_ASCII), floats()});

    assertThat(streamed.get("v")).isEqualTo(VECTOR);
    assertThat(streamed).isEqualTo(read);
  }

  private static byte[] tableMap() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {1, 0, 0, 0, 0, 0, 1, 0});
    for (String name : new String[] {"d", "t"}) {
      out.write(name.length());
      out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
      out.write(0);
    }
    out.writeBytes(new byte[] {2, (byte) BinlogType.LONG, (byte) BinlogType.VECTOR, 1, 4, 0});
    return out.toByteArray();
  }

  private static byte[] rows() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {1, 0, 0, 0, 0, 0, 1, 0, 2, 0, 2, 3, 0, 7, 0, 0, 0});
    out.writeBytes(new byte[] {(byte) floats().length, 0, 0, 0});
    out.writeBytes(floats());
    return out.toByteArray();
  }

  private static byte[] floats() {
    ByteBuffer bytes = ByteBuffer.allocate(VECTOR.size() * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    VECTOR.forEach(bytes::putFloat);
    return bytes.array();
  }
}
