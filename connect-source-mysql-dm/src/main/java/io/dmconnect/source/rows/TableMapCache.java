package io.dmconnect.source.rows;

import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Parses each table map once: the server repeats it in every transaction. An entry is found by
 * table id and used only when the event's bytes are the same. Not safe for use by several threads.
 *
 * @param <T> what the owner makes of a table map
 */
public final class TableMapCache<T> {
  private static final int MAX_ENTRIES = 10_000;
  private static final long DUMMY_ID = 0xffffffL;
  private static final long LONG_DUMMY_ID = 0xffffffffffffL;

  private final Function<TableMap, T> make;
  private final LeastRecentlyUsed<T> entries = new LeastRecentlyUsed<>();

  private static final class Entry<T> {
    private final byte[] body;
    private final T value;

    Entry(byte[] body, T value) {
      this.body = body;
      this.value = value;
    }
  }

  /**
   * A cache without entries.
   *
   * @param make called for every table map that is not in the cache; its result, also null, is kept
   */
  public TableMapCache(Function<TableMap, T> make) {
    this.make = make;
  }

  /**
   * Takes a table map event's body, as {@link TableMap#parse} does, and gives what it stands for.
   */
  public T put(byte[] buf, int off, int end) {
    Long id = TableMap.tableIdAt(buf, off);
    Entry<T> entry = entries.get(id);
    if (entry != null && Arrays.equals(entry.body, 0, entry.body.length, buf, off, end)) {
      return entry.value;
    }
    T value = make.apply(TableMap.parse(buf, off, end));
    entries.put(id, new Entry<>(Arrays.copyOfRange(buf, off, end), value));
    return value;
  }

  /**
   * What the last table map of that id stands for.
   *
   * @return null for the dummy id of an event without rows that only ends a statement
   * @throws DmException when there was no such table map
   */
  public T get(long tableId) {
    Entry<T> entry = entries.get(tableId);
    if (entry != null) {
      return entry.value;
    }
    if (tableId == DUMMY_ID || tableId == LONG_DUMMY_ID) {
      return null;
    }
    throw new DmException(
        SourceError.MALFORMED_EVENT,
        "The binlog has rows of the table id " + tableId + " without a table map before them");
  }

  /**
   * Forgets everything: to be called when a table's schema changes and when the server restarts.
   */
  public void clear() {
    entries.clear();
  }

  /** A statement has far fewer table maps, so that those in use stay. */
  private static final class LeastRecentlyUsed<T> extends LinkedHashMap<Long, Entry<T>> {

    LeastRecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Entry<T>> eldest) {
      return size() > MAX_ENTRIES;
    }
  }
}
