package io.dmconnect.sink.progress;

import io.dmconnect.model.schema.TableSchema;

/**
 * What is known of the upstream table of a topic partition.
 *
 * @param schema its definition; null when it is gone or nothing is known
 * @param since the offset of the schema change with which it began, or was gone; {@link
 *     SlotProgress#NONE} when nothing is known
 * @param beganEmpty whether it had no rows from the partition in the target then, and no other
 *     schema change since
 */
public record KnownTable(TableSchema schema, long since, boolean beganEmpty) {
  /** Nothing is known, and no schema change was carried out. */
  public static final KnownTable NOTHING = new KnownTable(null, SlotProgress.NONE, true);

  /**
   * Whether no row of it can be in the target.
   *
   * @param furthest the largest offset of the partition of which anything may be durable
   */
  public boolean isEmptyAt(long furthest) {
    return beganEmpty && furthest == since;
  }

  /** A table that is gone. */
  public static KnownTable goneAt(long offset) {
    return new KnownTable(null, offset, true);
  }

  /** A table that has no rows yet. */
  public static KnownTable emptyAt(TableSchema schema, long offset) {
    return new KnownTable(schema, offset, true);
  }

  /** The table with another definition, and perhaps with rows. */
  public KnownTable changedAt(TableSchema changed, long offset) {
    return new KnownTable(changed, schema == null ? offset : since, false);
  }

  /** The table with that definition, null when it is gone, and perhaps with rows. */
  public KnownTable perhapsWithRows(TableSchema now) {
    return new KnownTable(now, since, false);
  }

  /**
   * The offset, or one below zero when it began empty: offsets alone, as releases before this flag
   * kept them, do not tell that.
   */
  long packed() {
    return beganEmpty ? SlotProgress.NONE - 1 - since : since;
  }

  static KnownTable unpack(TableSchema schema, long packed) {
    return packed < 0
        ? new KnownTable(schema, SlotProgress.NONE - 1 - packed, true)
        : new KnownTable(schema, packed, false);
  }
}
