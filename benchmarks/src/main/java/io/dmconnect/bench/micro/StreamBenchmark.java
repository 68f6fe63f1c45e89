package io.dmconnect.bench.micro;

import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.queue.RecordBatch;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The source's own work, from the raw events of transactions to the records in the queue. */
public class StreamBenchmark extends MicroBenchmark {
  /** Which events. */
  @Param({Recording.INSERT, Recording.UPDATE, Recording.SMALL})
  public String section;

  private StreamReplay stream;
  private List<RawEvent> events;

  /** Assembles the stream and takes the events. */
  @Setup
  public void setUp() {
    stream = new StreamReplay(recording);
    events = recording.section(section);
  }

  /** Decodes, makes envelopes, keys and offsets, hands over. */
  @Benchmark
  public List<RecordBatch> sourceRecords() throws InterruptedException {
    return stream.replay(events);
  }
}
