package io.dmconnect.source.binlog;

/** Takes the events of one connection, in their order, on the reading thread. */
public interface BinlogEventHandler {

  /** A file begins or the position in it is set: at connect and at every rotation. */
  void onFile(String file, long position);

  /**
   * Whether the rows event's body is to be read: asked before it is taken off the network. The
   * handler may block.
   */
  boolean wantsRows(long tableId) throws InterruptedException;

  /**
   * One event. The handler may block; an exception ends the connection and comes out of {@link
   * BinlogReader#run}.
   */
  void onEvent(RawEvent event) throws InterruptedException;
}
