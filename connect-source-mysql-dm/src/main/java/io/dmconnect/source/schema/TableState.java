package io.dmconnect.source.schema;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.model.schema.TableSchemaJson;
import io.dmconnect.source.offset.SchemaVersion;
import io.dmconnect.source.offset.SchemaVersions;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.Transaction;

/**
 * What is known about one captured or followed table at the stream's position. Belongs to the
 * streaming thread.
 */
public final class TableState {
  private final TableId table;
  private final String topic;
  private final TableVersions tableVersions;
  private final boolean captured;
  private SnapshotOffset snapshot;
  private SchemaVersions versions;
  private TableVersion current;
  private BinlogPosition goneBefore;

  /**
   * A table.
   *
   * @param goneBefore a position it was gone before, or is read at, when no offset knows it; null
   *     otherwise
   */
  TableState(
      TableId table,
      TableVersions tableVersions,
      boolean captured,
      SnapshotOffset snapshot,
      SchemaVersions versions,
      TableVersion current,
      BinlogPosition goneBefore) {
    this.table = table;
    this.topic = tableVersions.topics().of(table);
    this.tableVersions = tableVersions;
    this.captured = captured;
    this.snapshot = snapshot;
    this.versions = versions;
    this.current = current;
    this.goneBefore = goneBefore;
  }

  /** The upstream table. */
  public TableId table() {
    return table;
  }

  /** The topic of its records. */
  public String topic() {
    return topic;
  }

  /** Whether its rows go on; false for a table that is only followed. */
  public boolean isCaptured() {
    return captured;
  }

  /** Its version at the stream's position; null when it does not exist there. */
  public TableVersion current() {
    return current;
  }

  /** Its versions so far, for its offset. */
  public SchemaVersions versions() {
    return versions;
  }

  /** Its snapshot as long as the stream is not past it; null otherwise. */
  public SnapshotOffset snapshot() {
    return snapshot;
  }

  /** The table was read while streaming: its changes so far are in what was read. */
  public void read(SnapshotOffset taken) {
    snapshot = taken;
    goneBefore = null;
    current =
        taken.schema() == null
            ? null
            : tableVersions.of(table, TableSchemaJson.read(taken.schema()));
  }

  /** The table exists though nothing is known of it: it is read when the stream is there. */
  public void isReadAt(BinlogPosition position) {
    goneBefore = position;
  }

  /** Whether the transaction's changes of this table are all in its snapshot. */
  public boolean isInSnapshot(Transaction transaction) {
    return snapshot != null && snapshot.from().covers(transaction);
  }

  /**
   * Whether the transaction is of a table that was gone before it could be read, or is read later,
   * so that nothing of it is in the topic; what is created under its name is followed as any other.
   */
  public boolean isGone(Transaction transaction) {
    return goneBefore != null && goneBefore.covers(transaction);
  }

  /** Whether the table was gone when its snapshot was gone on with: a part is in the topic. */
  public boolean isCutOff() {
    return snapshot != null && !snapshot.done();
  }

  /** Whether changes of the transaction may be in the snapshot already. */
  public boolean isSafeMode(Transaction transaction) {
    if (snapshot == null || !snapshot.done()) {
      return false;
    }
    return hasKey() && snapshot.until().mayCover(transaction);
  }

  /**
   * Whether the transaction, a schema change, came while the table's rows were read: some are from
   * before it, others from behind it. A schema change is in the GTID set when it is seen.
   */
  public boolean isReadAround(Transaction transaction) {
    return snapshot != null
        && snapshot.done()
        && snapshot.rows() > 0
        && hasKey()
        && snapshot.until().covers(transaction);
  }

  /**
   * Whether it cannot be told if the transaction's changes are in the snapshot: it was being
   * committed when the view of a table without key was opened.
   */
  public boolean isUnclear(Transaction transaction) {
    return snapshot != null
        && !hasKey()
        && !snapshot.from().covers(transaction)
        && snapshot.from().mayCover(transaction);
  }

  private boolean hasKey() {
    return current != null && current.schema().primaryKey().isPresent();
  }

  /** Forgets the snapshot's positions when the stream is past both. */
  void passed(BinlogPosition position) {
    if (snapshot != null && snapshot.done() && position.isAfter(snapshot.until())) {
      snapshot = null;
    }
  }

  /** A statement changed the table; null when it ended it. */
  public void change(Transaction since, TableSchema schema) {
    goneBefore = null;
    versions =
        versions.with(
            new SchemaVersion(since, schema == null ? null : TableSchemaJson.write(schema)));
    current = schema == null ? null : tableVersions.of(table, schema);
  }
}
