package io.dmconnect.source.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchemaJson;
import io.dmconnect.source.record.RowStruct;
import io.dmconnect.source.rows.CellCatalog.Cells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Records {@code recorded-cells.txt} anew: {@code -Dtest=RecordCells -Ddm.mysql.url=…
 * -Ddm.mysql.record=FILE}, after {@link SnapshotEqualsStreamTest} has passed on the same server.
 */
@EnabledIfSystemProperty(named = "dm.mysql.record", matches = ".+")
class RecordCells {
  private static final TableId ID = new TableId("srcval_record", "t");
  private static final int LONGEST = 600;

  @Test
  void record() throws Exception {
    StringBuilder file = new StringBuilder();
    try (ServerTable server = ServerTable.open(ID)) {
      server.execute("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
      for (Cells cells : CellCatalog.read()) {
        server.execute("DROP TABLE IF EXISTS t");
        try {
          server.execute(
              "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v " + cells.type() + ")");
        } catch (SQLException e) {
          continue;
        }
        column(server, cells, file);
      }
    }
    Files.writeString(Path.of(System.getProperty("dm.mysql.record")), file, UTF_8);
  }

  private static void column(ServerTable server, Cells cells, StringBuilder file) throws Exception {
    BinlogCapture capture = server.capture();
    for (String value : cells.values()) {
      server.execute("INSERT IGNORE INTO t (v) VALUES (" + value + ")");
    }
    List<byte[]> maps = new ArrayList<>();
    List<byte[]> rows = new ArrayList<>();
    capture.read((type, body) -> (type == BinlogCapture.TABLE_MAP ? maps : rows).add(body));
    List<byte[][]> texts = server.cells();
    TableCodec codec = server.codec();
    TableBinding binding = codec.bind(TableMap.parse(maps.get(0), 0, maps.get(0).length));
    file.append("column\t")
        .append(TableSchemaJson.write(server.schema()))
        .append('\t')
        .append(RecordedCells.HEX.formatHex(maps.get(0)))
        .append('\n');
    for (int i = 0; i < rows.size(); i++) {
      byte[] body = rows.get(i);
      if (body.length <= LONGEST) {
        RowsReader reader = binding.reader(RowsEvent.parse(30, body, 0, body.length), "here");
        reader.next();
        cell(body, texts.get(i)[1], reader.after(), file);
      }
    }
  }

  private static void cell(byte[] body, byte[] text, RowStruct row, StringBuilder file) {
    String exact = row.exact() == null ? RecordedCells.NULL : row.exact().get("v");
    file.append("cell\t")
        .append(RecordedCells.HEX.formatHex(body))
        .append('\t')
        .append(text == null ? RecordedCells.NULL : RecordedCells.HEX.formatHex(text))
        .append('\t')
        .append(RecordedCells.print(row.slot(1)))
        .append('\t')
        .append(exact)
        .append('\n');
  }
}
