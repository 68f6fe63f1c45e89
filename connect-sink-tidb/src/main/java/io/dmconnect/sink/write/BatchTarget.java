package io.dmconnect.sink.write;

import java.util.List;

/** The target as a writer thread sees it. One per writer; used by that thread only. */
public interface BatchTarget {

  /**
   * Writes all rows and all progress in one transaction, trying again while the target asks for it.
   *
   * @param writes at most one per slot, not empty
   * @throws FencedException when another owner took a partition over; nothing was written
   * @throws io.dmconnect.model.error.DmException when the target refuses; nothing was written
   * @throws InterruptedException when the writer is stopped meanwhile; the transaction may or may
   *     not have been committed
   */
  void apply(List<SlotWrite> writes) throws InterruptedException;

  /**
   * Writes the rows one after another in one transaction with the progress. Of those the target
   * refuses for their values, the values are left out that may be; the others are left out as a
   * whole.
   *
   * @param write rows, with their records if there is {@code refused}
   * @param refused is told of each row left out before the transaction is committed; null when none
   *     may be
   * @throws io.dmconnect.model.error.DmException when a row is refused that may not be left out
   */
  void applySingly(SlotWrite write, RefusedRow refused) throws InterruptedException;

  /** What is done with a row that the target refuses. */
  interface RefusedRow {

    /** Takes the row over; returns when that is durable. */
    void accept(org.apache.kafka.connect.sink.SinkRecord record, Exception why);
  }
}
