package io.dmconnect.sink.engine;

/**
 * How the rows of a target table are spread over the slots of a partition. Tables whose only unique
 * key is the primary key are spread by it; the others use one slot, so that two changes that touch
 * the same unique key, or the same row of a keyless table, keep their order.
 *
 * @param single whether all rows use slot 0
 * @param keyless whether the table has no key, so that no row may be written twice
 * @param signature what the spreading depends on, kept with the progress: when it differs, a row
 *     may be in another slot than before
 */
public record SlotLayout(boolean single, boolean keyless, String signature) {

  /** The signature of tables that use one slot. */
  public static final String SINGLE = "single";

  /** All rows in slot 0. */
  public static SlotLayout single(boolean keyless) {
    return new SlotLayout(true, keyless, SINGLE);
  }

  /** Rows by the hash of these key columns. */
  public static SlotLayout byKey(int slots, String keyColumns) {
    return new SlotLayout(
        false, false, "key:" + slots + ":" + Integer.toHexString(keyColumns.hashCode()));
  }

  /** The slot of a row. */
  int slot(int keyHash, int slots) {
    if (single) {
      return 0;
    }

    int mixed = keyHash * 0x9E3779B9;
    return ((mixed >>> 16) & 0x7fff) % slots;
  }
}
