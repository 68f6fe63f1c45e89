package io.dmconnect.source.queue;

import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Records that are handed over together.
 *
 * @param records the records in order, not empty
 * @param bytes about how much heap they hold
 * @param endsTransaction whether the last one ends a MySQL transaction (or a snapshot's chunk)
 */
public record RecordBatch(List<SourceRecord> records, long bytes, boolean endsTransaction) {}
