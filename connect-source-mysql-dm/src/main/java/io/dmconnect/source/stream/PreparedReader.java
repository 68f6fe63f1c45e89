package io.dmconnect.source.stream;

import io.dmconnect.source.binlog.BinlogEventHandler;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.Transaction;

/** Reads the events of a prepared XA transaction from the binlog again. */
@FunctionalInterface
public interface PreparedReader {

  /**
   * Hands over the events of one transaction.
   *
   * @param prepared where it begins
   * @param now the stream's position, which is behind it
   * @param handler takes its events up to XA PREPARE
   * @throws io.dmconnect.source.binlog.BinlogBrokenException when the connection breaks
   * @throws io.dmconnect.model.error.DmException when the binlog no longer holds it
   */
  void read(Transaction prepared, BinlogPosition now, BinlogEventHandler handler)
      throws InterruptedException;
}
