package io.dmconnect.source.stream;

import io.dmconnect.model.TableId;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.StreamOffset;

/** Reads a table as it is now, into its topic. */
@FunctionalInterface
public interface TableSnapshots {

  /**
   * Reads the table.
   *
   * @param before the snapshot whose rows are to be taken back, or that is to be gone on with when
   *     it is not done; null when the topic has none
   * @return between which positions it was read; without a schema when there is no such table
   * @throws io.dmconnect.model.error.DmException when it cannot be read
   */
  SnapshotOffset read(TableId table, SnapshotOffset before) throws InterruptedException;

  /**
   * Whether the offsets of all tables read since the start are committed. Until then a restart may
   * read a table again at a later place, so that other changes of a transaction count than before.
   */
  default boolean areCommitted() throws InterruptedException {
    return true;
  }

  /**
   * Waits until the offsets of all tables read since the start, and one of the stream, are
   * committed: a restart then goes on with them.
   *
   * @param stream the stream's offset
   */
  default void awaitCommitted(StreamOffset stream) throws InterruptedException {}
}
