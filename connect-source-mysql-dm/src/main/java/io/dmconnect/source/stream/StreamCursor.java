package io.dmconnect.source.stream;

import io.dmconnect.source.offset.PreparedTransactions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import io.dmconnect.source.position.Transaction;

/**
 * Where the stream is: the transaction that is being read and how many of its changes were handed
 * over. Belongs to the reading thread.
 */
final class StreamCursor {
  private final UncommittedVersions uncommitted;
  private final Settled settled;
  private BinlogPosition position;
  private String file;
  private Transaction transaction;
  private String gtid;
  private boolean explicit;
  private boolean whole;
  private long changes;
  private long skip;
  private long progress;
  private StreamOffset resume;
  private long timestampSeconds;
  private PreparedTransactions prepared;
  private PreparedTransactions preparedAfter;

  /** Whether the same changes of a transaction count after a restart. */
  interface Settled {
    boolean get() throws InterruptedException;
  }

  /**
   * A cursor.
   *
   * @param start where the stream begins
   * @param uncommitted the schema versions that offsets have to state
   * @param settled whether the same changes of a transaction count after a restart; else its offset
   *     stays at its start, so that all of it is read again
   */
  StreamCursor(StreamOffset start, UncommittedVersions uncommitted, Settled settled) {
    this.uncommitted = uncommitted;
    this.settled = settled;
    this.position = start.position();
    this.file = start.position().file();
    this.prepared = start.prepared();
    this.preparedAfter = prepared;
    this.resume = start.row() > 0 ? start : null;
  }

  /** Starts again after a lost connection, from what was handed over. */
  void rewind() {
    if (changes > 0 || skip > 0) {
      resume = at(position, gtid(), Math.max(changes, skip), prepared);
    }
    preparedAfter = prepared;
    transaction = null;
    gtid = null;
    explicit = false;
    changes = 0;
    skip = 0;
  }

  /** A file begins or is told by the server at connect. */
  void onFile(String name, long offset) {
    file = name;
    if (transaction == null) {
      position = new BinlogPosition(name, offset, position.gtids());
    }
  }

  void begin(long start, String gtidSource, long gtidNumber, long seconds)
      throws InterruptedException {
    transaction = new Transaction(file, start, gtidSource, gtidNumber);
    position = new BinlogPosition(file, start, position.gtids());
    gtid = null;
    explicit = false;
    whole = !settled.get();
    changes = 0;
    skip = 0;
    timestampSeconds = seconds;
    preparedAfter = prepared;
    if (resume != null && isResumed()) {
      skip = resume.row();
      resume = null;
    }
  }

  private boolean isResumed() {
    if (resume.gtid() != null) {
      return resume.gtid().equals(transaction.gtid());
    }
    return resume.position().offset() == transaction.start()
        && resume.position().file().equals(transaction.file());
  }

  /** The transaction ends at that offset of the file. */
  void end(long offset) {
    GtidSet gtids = position.gtids();
    if (gtids != null && transaction != null && transaction.hasGtid()) {
      gtids = gtids.plus(transaction.gtidSource(), transaction.gtidNumber());
    }
    position = new BinlogPosition(file, offset, gtids);
    prepared = preparedAfter;
    progress++;
    transaction = null;
    gtid = null;
    explicit = false;
    changes = 0;
    skip = 0;
  }

  /** What {@link #end} would make the offset of. */
  StreamOffset offsetAfterEnd(long offset) {
    GtidSet gtids = position.gtids();
    if (gtids != null && transaction.hasGtid()) {
      gtids = gtids.plus(transaction.gtidSource(), transaction.gtidNumber());
    }
    return at(new BinlogPosition(file, offset, gtids), null, 0, preparedAfter);
  }

  /** The offset with that many of the transaction's changes handed over. */
  StreamOffset offset(long handedOver) {
    long row = whole ? 0 : handedOver;
    return at(position, row == 0 ? null : gtid(), row, prepared);
  }

  private StreamOffset at(
      BinlogPosition place, String transactionGtid, long row, PreparedTransactions transactions) {
    return new StreamOffset(
        place, transactionGtid, row, transactions, timestampSeconds, uncommitted.current());
  }

  /**
   * The transaction ends with XA PREPARE.
   *
   * @param place the transaction its changes are in; null when it has none of captured tables
   */
  void prepared(String xid, Transaction place) {
    preparedAfter = preparedAfter.with(xid, place);
  }

  /** The transaction ends with the commit or rollback of a prepared one. */
  void resolved(String xid) {
    preparedAfter = preparedAfter.without(xid);
  }

  /** The XA transactions prepared before this transaction. */
  PreparedTransactions preparedTransactions() {
    return prepared;
  }

  /** Whether changes of this transaction were handed over before a restart. */
  boolean isResumedInside() {
    return skip > 0;
  }

  /** Counts a change; gives whether it was handed over before a restart. */
  boolean isRepeated() {
    return changes < skip;
  }

  void counted() {
    if (!isRepeated()) {
      progress++;
    }
    changes++;
  }

  /** Grows with each change that is not repeated and each transaction that ends. */
  long progress() {
    return progress;
  }

  long changes() {
    return changes;
  }

  Transaction transaction() {
    return transaction;
  }

  BinlogPosition position() {
    return position;
  }

  /** The position between two transactions at that offset of the file. */
  BinlogPosition positionAt(long offset) {
    return new BinlogPosition(file, offset, position.gtids());
  }

  String file() {
    return file;
  }

  long timestampSeconds() {
    return timestampSeconds;
  }

  boolean inTransaction() {
    return transaction != null;
  }

  /** Whether the transaction was opened by BEGIN and so is ended by a commit. */
  boolean isExplicit() {
    return explicit;
  }

  void openExplicitly() {
    explicit = true;
  }

  /** The transaction's GTID as text; null when it has none. */
  String gtid() {
    if (gtid == null && transaction != null) {
      gtid = transaction.gtid();
    }
    return gtid;
  }
}
