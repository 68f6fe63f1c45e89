package io.dmconnect.source.offset;

import io.dmconnect.source.position.Gtid;
import io.dmconnect.source.position.Transaction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * XA transactions that are prepared and neither committed nor rolled back at a place of the binlog,
 * with the place of their changes; immutable. Only those with changes of captured tables have one.
 * The text form, for offsets, is {@code xid@file:start[@gtid]} with spaces between; without changes
 * only {@code xid}.
 */
public final class PreparedTransactions {
  /** None. */
  public static final PreparedTransactions NONE = new PreparedTransactions(Map.of());

  private final Map<String, Place> places;

  /**
   * Where the changes of a prepared transaction are.
   *
   * @param transaction the group of events that ends with XA PREPARE; null without changes of
   *     captured tables
   */
  public record Place(Transaction transaction) {}

  private PreparedTransactions(Map<String, Place> places) {
    this.places = Collections.unmodifiableMap(places);
  }

  /**
   * Reads the text form.
   *
   * @param text null for none
   * @throws IllegalArgumentException when it is none
   */
  public static PreparedTransactions parse(String text) {
    if (text == null || text.isBlank()) {
      return NONE;
    }
    Map<String, Place> places = new LinkedHashMap<>();
    for (String entry : text.strip().split(" ", -1)) {
      String[] parts = entry.split("@", -1);
      if (parts.length > 3) {
        throw new IllegalArgumentException("'" + entry + "' is no prepared transaction");
      }
      places.put(parts[0], new Place(parts.length == 1 ? null : transaction(parts)));
    }
    return new PreparedTransactions(places);
  }

  private static Transaction transaction(String[] parts) {
    int colon = parts[1].lastIndexOf(':');
    try {
      long start = Long.parseLong(parts[1].substring(colon + 1));
      String gtid = parts.length > 2 ? parts[2] : null;
      return new Transaction(
          parts[1].substring(0, colon),
          start,
          gtid == null ? null : Gtid.source(gtid),
          gtid == null ? 0 : Gtid.number(gtid));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException("'" + parts[1] + "' is no place in a binlog", e);
    }
  }

  /**
   * These and one more.
   *
   * @param xid as the server writes it: {@code X'…',X'…',1} without spaces
   * @param transaction the group of its changes; null when it has none of captured tables
   */
  public PreparedTransactions with(String xid, Transaction transaction) {
    Map<String, Place> more = new LinkedHashMap<>(places);
    more.put(xid, new Place(transaction));
    return new PreparedTransactions(more);
  }

  /** These without that one. */
  public PreparedTransactions without(String xid) {
    if (!places.containsKey(xid)) {
      return this;
    }
    Map<String, Place> fewer = new LinkedHashMap<>(places);
    fewer.remove(xid);
    return fewer.isEmpty() ? NONE : new PreparedTransactions(fewer);
  }

  /** Where the changes of a transaction are; null when it is not one of these. */
  public Place get(String xid) {
    return places.get(xid);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return places.isEmpty();
  }

  /** The text form; empty for none. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(" ");
    places.forEach(
        (xid, place) -> {
          Transaction transaction = place.transaction();
          text.add(
              transaction == null
                  ? xid
                  : xid
                      + '@'
                      + transaction.file()
                      + ':'
                      + transaction.start()
                      + (transaction.hasGtid() ? '@' + transaction.gtid() : ""));
        });
    return text.toString();
  }
}
