package io.dmconnect.bench.micro;

import io.dmconnect.model.event.EventFields;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.sink.literal.CellWriter;
import io.dmconnect.sink.literal.CellWriters;
import io.dmconnect.sink.literal.SqlBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Cells become SQL literals; an operation is one cell. */
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class LiteralBenchmark extends MicroBenchmark {
  /** The column of the recorded table; {@code ascii} and {@code text} are VARCHARs. */
  @Param({
    "bigint",
    "decimal",
    "double",
    "ascii",
    "text",
    "date",
    "time",
    "datetime",
    "timestamp",
    "binary"
  })
  public String column;

  private final SqlBuffer out = new SqlBuffer();
  private CellWriter writer;
  private Object[] cells;

  /** Takes the column's cells. */
  @Setup
  public void setUp() {
    List<Struct> rows =
        SinkSide.values(StreamReplay.records(recording, Recording.TYPES)).stream()
            .map(value -> value.getStruct(EventFields.AFTER))
            .toList();
    Field field = rows.get(0).schema().field(column);
    ColumnSchema type = recording.table(Recorder.EVERY_TYPE).schema().column(column).orElseThrow();
    writer = CellWriters.of(field.schema(), SinkSide.target(type));
    cells = rows.stream().map(row -> row.get(field)).toArray();
  }

  /** Writes the column's cells into one buffer. */
  @Benchmark
  public int literals() {
    out.clear();
    for (Object cell : cells) {
      writer.write(cell, out);
    }
    return out.length();
  }
}
