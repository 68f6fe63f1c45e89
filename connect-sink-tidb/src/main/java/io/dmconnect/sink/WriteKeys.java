package io.dmconnect.sink;

import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import org.apache.kafka.common.config.ConfigDef;

/** The keys that say how rows are written. */
final class WriteKeys {
  static final String WRITERS = "writers";
  static final String BATCH_SIZE = "batch.size";
  static final String BATCH_BYTES = "batch.bytes";
  static final String LOAD_DATA = "load.data";
  static final String FLUSH_INTERVAL_MS = "flush.interval.ms";
  static final String BUFFER_ROWS = "buffer.rows";
  static final String BUFFER_BYTES = "buffer.bytes";

  static void define(ConfigDef def) {
    ConfigKeys.group(
        def,
        "Writes",
        ConfigKey.number(WRITERS, 1, 64)
            .defaultsTo(4)
            .medium()
            .display("Writers")
            .doc(
                "How many transactions a task runs at a time. A table's rows are spread over them"
                    + " by key. Tables without a key have as many of their own."),
        ConfigKey.number(BATCH_SIZE, 1, 100_000)
            .defaultsTo(3000)
            .medium()
            .display("Batch size (rows)")
            .doc("About how many row changes one transaction holds under load."),
        ConfigKey.longNumber(BATCH_BYTES, 1024, 100L << 20)
            .defaultsTo(8L << 20)
            .low()
            .display("Batch size (bytes)")
            .doc(
                "About how many bytes of row changes one transaction holds at most. TiDB's"
                    + " txn-total-size-limit must allow for several times that."),
        ConfigKey.flag(LOAD_DATA)
            .defaultsTo(true)
            .low()
            .display("LOAD DATA")
            .doc(
                "Whether many new or replaced rows of a table go by LOAD DATA LOCAL, from the"
                    + " task's memory, which TiDB takes for less CPU than INSERT (and notes in its"
                    + " log). Only where TiDB does it inside the transaction and reports every"
                    + " value it cannot store, which is tried at the start, and for tables of"
                    + " numbers, text, dates and times without CHECK constraints; other rows go by"
                    + " INSERT and REPLACE."),
        ConfigKey.number(FLUSH_INTERVAL_MS, 0, 60_000)
            .defaultsTo(10)
            .medium()
            .display("Flush interval (ms)")
            .doc(
                "How long a busy writer waits for a fuller batch, in milliseconds. An idle one does"
                    + " not wait."),
        ConfigKey.number(BUFFER_ROWS, 100, 10_000_000)
            .defaultsTo(30_000)
            .low()
            .display("Buffer (rows)")
            .doc(
                "How many row changes a task holds that are not written yet; then it stops reading"
                    + " until half of them are."),
        ConfigKey.longNumber(BUFFER_BYTES, 1L << 20, Long.MAX_VALUE)
            .defaultsTo(64L << 20)
            .low()
            .display("Buffer (bytes)")
            .doc("The same in bytes of row values, about."));
  }

  private WriteKeys() {}
}
