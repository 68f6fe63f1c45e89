package io.dmconnect.source.record;

import io.dmconnect.model.event.EventFields;
import io.dmconnect.model.event.FastStruct;
import io.dmconnect.model.event.RowSchemas;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Makes the keys and values of the records of one version of a table. Immutable and safe for use by
 * several threads.
 */
public final class RowRecords {
  private final RowSchemas schemas;
  final int fields;
  final int before;
  final int after;
  final int source;
  final int op;
  final int tsMs;
  final int tsUs;
  final int tsNs;
  final int exact;

  private RowRecords(RowSchemas schemas) {
    Schema envelope = schemas.envelope();
    this.schemas = schemas;
    this.fields = envelope.fields().size();
    this.before = envelope.field(EventFields.BEFORE).index();
    this.after = envelope.field(EventFields.AFTER).index();
    this.source = envelope.field(EventFields.SOURCE).index();
    this.op = envelope.field(EventFields.OP).index();
    this.tsMs = envelope.field(EventFields.TS_MS).index();
    this.tsUs = envelope.field(EventFields.TS_US).index();
    this.tsNs = envelope.field(EventFields.TS_NS).index();
    this.exact = envelope.field(EventFields.EXACT).index();
  }

  /** The records of a table version with these schemas. */
  public static RowRecords of(RowSchemas schemas) {
    return new RowRecords(schemas);
  }

  /** The schemas of the records. */
  public RowSchemas schemas() {
    return schemas;
  }

  /**
   * Starts the records of one binlog event or snapshot chunk, which share all but the row.
   *
   * @param info the source block
   * @param madeNanos when the connector makes the records, nanoseconds since the epoch
   */
  public EventRecords event(SourceInfo info, long madeNanos) {
    return new EventRecords(this, info, madeNanos);
  }

  /** The key of a row; null when the table has no primary key. */
  public Struct key(RowStruct row) {
    int size = schemas.keySize();
    if (size == 0) {
      return null;
    }
    Object[] slots = new Object[size];
    for (int i = 0; i < size; i++) {
      slots[i] = row.slot(schemas.keyColumn(i));
    }
    return new FastStruct(schemas.key(), slots);
  }

  /**
   * Whether two versions of a row have the same key. Cells that only differ in what their semantic
   * type cannot carry are different.
   */
  boolean sameKey(RowStruct one, RowStruct other) {
    for (int i = 0; i < schemas.keySize(); i++) {
      int column = schemas.keyColumn(i);
      if (!Objects.deepEquals(one.slot(column), other.slot(column))) {
        return false;
      }
    }
    return (one.exact() == null && other.exact() == null) || sameExactKey(one, other);
  }

  private boolean sameExactKey(RowStruct one, RowStruct other) {
    for (int i = 0; i < schemas.keySize(); i++) {
      String column = schemas.rowField(schemas.keyColumn(i)).name();
      if (!Objects.equals(literal(one.exact(), column), literal(other.exact(), column))) {
        return false;
      }
    }
    return true;
  }

  private static String literal(Map<String, String> exact, String column) {
    return exact == null ? null : exact.get(column);
  }
}
