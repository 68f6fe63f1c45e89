package io.dmconnect.source.queue;

import org.apache.kafka.connect.source.SourceRecord;

/** A record whose maker is told when it is in its topic. */
public final class TracedRecord extends SourceRecord {
  private final Runnable onDelivery;

  /**
   * A record like another one.
   *
   * @param record the other one
   * @param onDelivery is run on Connect's threads, perhaps several times
   */
  public TracedRecord(SourceRecord record, Runnable onDelivery) {
    super(
        record.sourcePartition(),
        record.sourceOffset(),
        record.topic(),
        record.kafkaPartition(),
        record.keySchema(),
        record.key(),
        record.valueSchema(),
        record.value(),
        record.timestamp(),
        record.headers());
    this.onDelivery = onDelivery;
  }

  /** The record is in its topic, or was filtered out. */
  public void delivered() {
    onDelivery.run();
  }
}
