package io.dmconnect.source.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.source.record.RowStruct;
import io.dmconnect.source.rows.RecordedCells.Cell;
import io.dmconnect.source.rows.RecordedCells.Column;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that MySQL sent decode to the values it was found to mean by them. */
class RecordedCellsTest {
  private static final TableId ID = new TableId("srcval_record", "t");
  private static final int WRITE_ROWS = 30;

  static List<Column> recorded() {
    return RecordedCells.read();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void rowImagesDecodeToTheRecordedValues(Column column) {
    TableCodec codec = codec(column);
    byte[] map = RecordedCells.bytes(column.tableMap());
    TableBinding binding = codec.bind(TableMap.parse(map, 0, map.length));
    for (Cell cell : column.cells()) {
      byte[] rows = RecordedCells.bytes(cell.rows());
      RowsEvent event = RowsEvent.parse(WRITE_ROWS, rows, 0, rows.length);
      RowsReader reader = binding.reader(event, "here");

      assertThat(reader.next()).isTrue();
      assertCell(reader.after(), cell);
      assertThat(reader.next()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void textDecodesToTheRecordedValues(Column column) {
    TableCodec codec = codec(column);
    for (Cell cell : column.cells()) {
      assertCell(codec.decodeText(new byte[][] {{'1'}, RecordedCells.bytes(cell.text())}), cell);
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void valuesAreOfTheFieldsSchema(Column column) {
    TableCodec codec = codec(column);
    for (Cell cell : column.cells()) {
      codec.decodeText(new byte[][] {{'1'}, RecordedCells.bytes(cell.text())}).validate();
    }
  }

  private static TableCodec codec(Column column) {
    return TableCodec.of(ID, column.schema(), RowSchemas.of("t", column.schema()));
  }

  private static void assertCell(RowStruct row, Cell cell) {
    assertThat(RecordedCells.print(row.slot(1))).isEqualTo(cell.value());
    assertThat(row.exact()).isEqualTo(cell.exact() == null ? null : Map.of("v", cell.exact()));
  }
}
