package io.dmconnect.bench.micro;

import io.dmconnect.model.event.EventReader;
import io.dmconnect.sink.merge.NetEffect;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.row.RowChangeReader;
import io.dmconnect.sink.sql.PlanLimits;
import io.dmconnect.sink.sql.PlannedStatement;
import io.dmconnect.sink.sql.StatementPlanner;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** The sink's own work: values of records become changes, their net effect, and SQL text. */
public class SqlBenchmark extends MicroBenchmark {
  /** The events that the records were made of. */
  @Param({
    Recording.INSERT,
    Recording.CHAR_KEY,
    Recording.BINARY_KEY,
    Recording.UPDATE,
    Recording.MIXED
  })
  public String section;

  private final EventReader events = new EventReader();
  private final NetEffect effect = new NetEffect();
  private final StatementPlanner planner = new StatementPlanner(PlanLimits.DEFAULT);
  private RowChangeReader reader;
  private List<Struct> values;

  /** Makes the records as the sink gets them. */
  @Setup
  public void setUp() {
    String table =
        switch (section) {
          case Recording.CHAR_KEY -> Recorder.ORDERS_BY_CHAR;
          case Recording.BINARY_KEY -> Recorder.ORDERS_BY_BINARY;
          default -> Recorder.ORDERS;
        };
    reader = SinkSide.reader(recording.table(table));
    values = SinkSide.values(StreamReplay.records(recording, section));
  }

  /** From records to changes with their key's hash and size, as the task's thread does. */
  @Benchmark
  public void changes(Blackhole out) {
    for (Struct value : values) {
      RowChange change = reader.read(events.read(value), false);
      out.consume(change.keyHash());
      out.consume(change.bytes());
      out.consume(change);
    }
  }

  /** From records to the statements of one batch. */
  @Benchmark
  public List<PlannedStatement> statements() {
    effect.clear();
    for (Struct value : values) {
      if (!effect.tryAdd(reader.read(events.read(value), false))) {
        throw new IllegalStateException("The batch was cut");
      }
    }
    return planner.plan(effect, false);
  }
}
