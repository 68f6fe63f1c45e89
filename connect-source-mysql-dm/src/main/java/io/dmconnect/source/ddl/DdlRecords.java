package io.dmconnect.source.ddl;

import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.event.DdlEventCodec;
import io.dmconnect.model.event.EventFields;
import io.dmconnect.model.event.Op;
import io.dmconnect.source.record.SourceInfo;
import io.dmconnect.source.schema.TableVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records that carry schema changes in the topics of the tables. */
public final class DdlRecords {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private final Clock clock;

  /** Records stamped with that clock's time. */
  public DdlRecords(Clock clock) {
    this.clock = clock;
  }

  /**
   * One record of a schema change.
   *
   * @param version the table version whose envelope the record has: the one after the change, the
   *     one before a DROP
   * @param event the change
   * @param info the source block
   * @param ordinal the change's ordinal in its transaction
   * @param kafkaPartition the topic's partition
   * @param partition the source partition the offset belongs to
   * @param offset the offset the record carries
   */
  public SourceRecord of(
      TableVersion version,
      DdlEvent event,
      SourceInfo info,
      int ordinal,
      int kafkaPartition,
      Map<String, ?> partition,
      Map<String, ?> offset) {
    Schema envelope = version.codec().schemas().envelope();
    Instant now = clock.instant();
    long nanos = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    Struct value =
        new Struct(envelope)
            .put(EventFields.SOURCE, info.struct(ordinal))
            .put(EventFields.OP, Op.DDL.code())
            .put(EventFields.TS_MS, nanos / 1_000_000)
            .put(EventFields.TS_US, nanos / 1_000)
            .put(EventFields.TS_NS, nanos)
            .put(EventFields.DDL, DdlEventCodec.encode(event));
    Headers headers = new ConnectHeaders();
    headers.addString(EventFields.KIND_HEADER, EventFields.KIND_DDL);
    return new SourceRecord(
        partition,
        offset,
        version.topic(),
        kafkaPartition,
        null,
        null,
        envelope,
        value,
        null,
        headers);
  }

  /** {@code topic-partition} of every partition of a topic, as {@code participants} lists them. */
  public static List<String> participants(String topic, int partitions) {
    return IntStream.range(0, partitions).mapToObj(i -> topic + '-' + i).toList();
  }
}
