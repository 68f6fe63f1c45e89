package io.dmconnect.sink.progress;

/**
 * What is durable of one slot of a topic's partition. A slot is a subset of a partition's rows that
 * is written in order; all rows of one key are in one slot.
 *
 * @param slot the slot's number, from 0
 * @param offset the offset up to which, inclusive, every record of the slot is durable; -1 when
 *     none is
 * @param mark what is known of the record at that offset
 * @param layout how rows were spread over slots when this was written; null when unknown
 */
public record SlotProgress(int slot, long offset, RecordMark mark, String layout) {

  /** Nothing is durable yet. */
  public static final long NONE = -1;
}
