package io.dmconnect.sink.row;

import io.dmconnect.sink.literal.SqlBuffer;
import io.dmconnect.sink.table.TargetTable;

/**
 * A change of one row of a target table. Its values stay in the record and are written as SQL only
 * when asked for. Immutable; safe for several threads.
 */
public final class RowChange {
  private static final int OVERHEAD_BYTES = 96;

  private final RowMapper mapper;
  private final ChangeKind kind;
  private final boolean safeMode;
  private final RowImage before;
  private final RowImage after;
  private final Object key;
  private final Object oldKey;

  /**
   * A change.
   *
   * @param before the row before; null for INSERT and READ
   * @param after the row after; null for DELETE
   */
  static RowChange of(
      RowMapper mapper, ChangeKind kind, boolean safeMode, RowImage before, RowImage after) {
    Object oldKey = before == null ? null : mapper.key(before);
    Object newKey = after == null ? oldKey : mapper.key(after);
    boolean same = oldKey == null || oldKey.equals(newKey);
    return new RowChange(mapper, kind, safeMode, before, after, newKey, same ? newKey : oldKey);
  }

  private RowChange(
      RowMapper mapper,
      ChangeKind kind,
      boolean safeMode,
      RowImage before,
      RowImage after,
      Object key,
      Object oldKey) {
    this.mapper = mapper;
    this.kind = kind;
    this.safeMode = safeMode;
    this.before = before;
    this.after = after;
    this.key = key;
    this.oldKey = oldKey;
  }

  /** How its rows are written. */
  public RowMapper mapper() {
    return mapper;
  }

  /** The table it changes. */
  public TargetTable table() {
    return mapper.table();
  }

  /** What happened. */
  public ChangeKind kind() {
    return kind;
  }

  /** Whether the target may have this change already; true for snapshot reads. */
  public boolean safeMode() {
    return safeMode;
  }

  /** The same change, to be applied to a target that may have it already. */
  public RowChange asSafe() {
    return safeMode ? this : new RowChange(mapper, kind, true, before, after, key, oldKey);
  }

  /** Whether some of its values may be left out. */
  public boolean isReducible() {
    return mapper.reduced() != null;
  }

  /**
   * The same change without the values that may be left out because the target does not hold them;
   * null when none may.
   */
  public RowChange reduced() {
    RowMapper without = mapper.reduced();
    return without == null
        ? null
        : new RowChange(without, kind, safeMode, before, after, key, oldKey);
  }

  /**
   * The identifying key's values, those after the change unless it is a DELETE; comparable with
   * other changes' keys by {@code equals}; null for keyless tables.
   */
  public Object key() {
    return key;
  }

  /**
   * The identifying key's values before the change; the same as {@link #key()} but for an UPDATE.
   */
  public Object oldKey() {
    return oldKey;
  }

  /** Whether this is an UPDATE that gives the row another identifying key. */
  public boolean changesKey() {
    return key != oldKey;
  }

  /**
   * A hash of the identifying key's values, the same in every JVM, equal for any two keys that are
   * equal under the target's collations; 0 for keyless tables.
   */
  public int keyHash() {
    return mapper.keyHash(key);
  }

  /** About how much memory the change holds, in bytes. */
  public int bytes() {
    return OVERHEAD_BYTES
        + (before == null ? 0 : mapper.bytes(before))
        + (after == null ? 0 : mapper.bytes(after));
  }

  /**
   * Whether the row after {@code last} may differ in a unique key, other than the identifying one,
   * from the row before this change. Both are changes of the same identifying key.
   */
  public boolean uniqueDiffersAfter(RowChange last) {
    return mapper != last.mapper
        ? mapper.hasSecondaryUnique() || last.mapper.hasSecondaryUnique()
        : mapper.uniqueDiffers(before, last.after);
  }

  /** Whether the row after needs a session without strict mode. */
  public boolean isLenient() {
    return after != null && mapper.isLenient(after);
  }

  /** Whether LOAD DATA stores the row after as an INSERT does. */
  public boolean isLoadable() {
    return mapper.isLoadable(after);
  }

  /** Writes the row after as a line for LOAD DATA. */
  public void writeFields(SqlBuffer out) {
    mapper.writeFields(after, out);
  }

  /** Writes the row after as {@code (value,…)}. */
  public void writeValues(SqlBuffer out) {
    mapper.writeValues(after, out);
  }

  /** Writes the row after as {@code column=value,…}. */
  public void writeAssignments(SqlBuffer out) {
    mapper.writeAssignments(after, out);
  }

  /** Writes the identifying key before the change, in parentheses when it has several columns. */
  public void writeOldKey(SqlBuffer out) {
    mapper.writeKey(before, out);
  }

  /** Writes the condition that finds the row before the change by all of its values. */
  public void writeMatch(SqlBuffer out) {
    mapper.writeMatch(before, out);
  }

  /** The kind, the tables and the key, for messages. */
  @Override
  public String toString() {
    String what = (safeMode ? "safe " : "") + kind + " of " + mapper.source() + " → " + table();
    return key == null ? what : what + " key " + oldKey + (changesKey() ? " → " + key : "");
  }
}
