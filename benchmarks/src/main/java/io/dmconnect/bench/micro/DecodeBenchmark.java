package io.dmconnect.bench.micro;

import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.source.binlog.EventTypes;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.rows.RowsEvent;
import io.dmconnect.source.rows.RowsReader;
import io.dmconnect.source.rows.TableBinding;
import io.dmconnect.source.rows.TableCodec;
import io.dmconnect.source.rows.TableMap;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** Rows in MySQL's two physical forms become structs. */
public class DecodeBenchmark extends MicroBenchmark {
  private TableCodec codec;
  private TableBinding binding;
  private List<RawEvent> inserts;
  private List<RawEvent> updates;
  private List<byte[][]> cells;

  /** Takes the rows events and the snapshot of the orders. */
  @Setup
  public void setUp() {
    RecordedTable table = recording.table(Recorder.ORDERS);
    codec =
        TableCodec.of(table.id(), table.schema(), RowSchemas.of("bench.orders", table.schema()));
    byte[] map =
        recording.section(Recording.INSERT).stream()
            .filter(event -> event.type() == EventTypes.TABLE_MAP)
            .findFirst()
            .orElseThrow()
            .body();
    binding = codec.bind(TableMap.parse(map, 0, map.length));
    inserts = rowsEvents(Recording.INSERT);
    updates = rowsEvents(Recording.UPDATE);
    cells = table.cells();
  }

  private List<RawEvent> rowsEvents(String section) {
    return recording.section(section).stream()
        .filter(event -> EventTypes.isRows(event.type()))
        .toList();
  }

  /** The rows of a WRITE_ROWS event. */
  @Benchmark
  public void binlogInsert(Blackhole out) {
    decode(inserts, out);
  }

  /** The rows of an UPDATE_ROWS event, two images each. */
  @Benchmark
  public void binlogUpdate(Blackhole out) {
    decode(updates, out);
  }

  private void decode(List<RawEvent> events, Blackhole out) {
    for (RawEvent event : events) {
      byte[] body = event.body();
      RowsReader reader =
          binding.reader(RowsEvent.parse(event.type(), body, 0, body.length), "here");
      while (reader.next()) {
        out.consume(reader.before());
        out.consume(reader.after());
      }
    }
  }

  /** The text cells of a snapshot's rows. */
  @Benchmark
  public void snapshotText(Blackhole out) {
    for (byte[][] row : cells) {
      out.consume(codec.decodeText(row));
    }
  }
}
