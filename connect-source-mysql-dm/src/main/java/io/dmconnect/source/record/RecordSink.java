package io.dmconnect.source.record;

import io.dmconnect.model.event.FastStruct;
import org.apache.kafka.connect.data.Struct;

/** Takes the records made of row changes, in their order. */
@FunctionalInterface
public interface RecordSink {

  /**
   * One record.
   *
   * @param key the key; null for a table without primary key
   * @param value the envelope; the callee may set more of its fields
   * @param last whether this is the last record made of its row change: only it may carry an offset
   *     past the change
   */
  void accept(Struct key, FastStruct value, boolean last);
}
