package io.dmconnect.source.record;

import io.dmconnect.model.event.EventFields;
import io.dmconnect.model.event.Exact;
import io.dmconnect.model.event.FastStruct;
import io.dmconnect.model.event.Op;
import io.dmconnect.model.event.SourceSchema;

/**
 * Makes the records of the rows of one binlog event or snapshot chunk. What they share is made
 * once; a row costs its key, an envelope and a source block. Not safe for use by several threads.
 */
public final class EventRecords {
  private static final int SOURCE_ROW = SourceSchema.SCHEMA.field(EventFields.ROW).index();

  private final RowRecords records;
  private final Object[] source;
  private final Long millis;
  private final Long micros;
  private final Long nanos;

  EventRecords(RowRecords records, SourceInfo info, long madeNanos) {
    this.records = records;
    this.source = info.slots(0);
    this.millis = madeNanos / 1_000_000;
    this.micros = madeNanos / 1_000;
    this.nanos = madeNanos;
  }

  /**
   * A row the snapshot read.
   *
   * @param row the row
   * @param ordinal the row's ordinal
   * @param sink takes the record
   */
  public void read(RowStruct row, int ordinal, RecordSink sink) {
    sink.accept(records.key(row), envelope(Op.READ, null, row, ordinal), true);
  }

  /**
   * A row that was inserted.
   *
   * @param after the row
   * @param ordinal the row's ordinal in its transaction
   * @param sink takes the record
   */
  public void insert(RowStruct after, int ordinal, RecordSink sink) {
    sink.accept(records.key(after), envelope(Op.CREATE, null, after, ordinal), true);
  }

  /**
   * A row that was deleted.
   *
   * @param before the row
   * @param ordinal the row's ordinal in its transaction
   * @param sink takes the record
   */
  public void delete(RowStruct before, int ordinal, RecordSink sink) {
    sink.accept(records.key(before), envelope(Op.DELETE, before, null, ordinal), true);
  }

  /**
   * A row that was updated: one record, or when its key changed a delete and a create.
   *
   * @param before the row before
   * @param after the row after
   * @param ordinal the row's ordinal in its transaction
   * @param sink takes the records
   */
  public void update(RowStruct before, RowStruct after, int ordinal, RecordSink sink) {
    if (records.sameKey(before, after)) {
      sink.accept(records.key(after), envelope(Op.UPDATE, before, after, ordinal), true);
      return;
    }
    sink.accept(records.key(before), envelope(Op.DELETE, before, null, ordinal), false);
    sink.accept(records.key(after), envelope(Op.CREATE, null, after, ordinal), true);
  }

  private FastStruct envelope(Op op, RowStruct before, RowStruct after, int ordinal) {
    Object[] sourceSlots = source.clone();
    sourceSlots[SOURCE_ROW] = ordinal;
    Object[] slots = new Object[records.fields];
    slots[records.before] = before;
    slots[records.after] = after;
    slots[records.source] = new FastStruct(SourceSchema.SCHEMA, sourceSlots);
    slots[records.op] = op.code();
    slots[records.tsMs] = millis;
    slots[records.tsUs] = micros;
    slots[records.tsNs] = nanos;
    boolean anyExact =
        (before != null && before.exact() != null) || (after != null && after.exact() != null);
    if (anyExact) {
      slots[records.exact] =
          Exact.of(before == null ? null : before.exact(), after == null ? null : after.exact());
    }
    return new FastStruct(records.schemas().envelope(), slots);
  }
}
