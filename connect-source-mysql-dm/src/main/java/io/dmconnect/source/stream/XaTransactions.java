package io.dmconnect.source.stream;

import io.dmconnect.model.error.DmException;
import io.dmconnect.source.binlog.BinlogEventHandler;
import io.dmconnect.source.binlog.EventTypes;
import io.dmconnect.source.binlog.PayloadReader;
import io.dmconnect.source.binlog.QueryEvent;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.binlog.XaPrepareEvent;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.offset.PreparedTransactions;
import io.dmconnect.source.position.Transaction;
import io.dmconnect.source.rows.TableMap;
import io.dmconnect.source.rows.TableMapCache;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * XA transactions. The server writes their changes to the binlog at XA PREPARE and, maybe much
 * later, XA COMMIT or XA ROLLBACK on its own: the changes belong to the transaction of the XA
 * COMMIT. Those of small transactions are kept in the meantime, others are read again. Belongs to
 * the reading thread.
 */
final class XaTransactions {
  private static final long MOST_BYTES = 16L << 20;

  private final PreparedReader reader;
  private final Map<String, XaGroup> kept = new LinkedHashMap<>();
  private long keptBytes;
  private XaGroup open;

  /** Takes a rows event that counts now. */
  interface Rows {
    void accept(RawEvent event, Target target) throws InterruptedException;
  }

  /** Tells whether a table's rows count at the commit. */
  interface Wanted {
    boolean test(Target target) throws InterruptedException;
  }

  XaTransactions(PreparedReader reader) {
    this.reader = reader;
  }

  /** The changes that follow belong to an XA transaction, up to its XA PREPARE. */
  void begin() {
    open = new XaGroup();
  }

  /** The changes that follow belong to no XA transaction. */
  void leave() {
    open = null;
  }

  /** The XA transaction that is being read; null when it is none. */
  XaGroup open() {
    return open;
  }

  /**
   * XA PREPARE.
   *
   * @return the changes that count now, because it also commits; null when they do not yet
   */
  XaGroup prepared(XaPrepareEvent event, StreamCursor cursor) {
    XaGroup group = open == null ? new XaGroup() : open;
    open = null;
    if (event.onePhase()) {
      return group;
    }
    cursor.prepared(event.xid(), group.isCaptured() ? cursor.transaction() : null);
    if (group.isCaptured() && group.events() != null) {
      kept.put(event.xid(), group);
      keptBytes += group.bytes();
      forgetOldest();
    }
    return null;
  }

  private void forgetOldest() {
    Iterator<XaGroup> oldest = kept.values().iterator();
    while (keptBytes > MOST_BYTES) {
      keptBytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  /** The transaction named by {@code XA COMMIT} or {@code XA ROLLBACK}. */
  private static String xid(QueryEvent query, String command) {
    return query
        .sql()
        .strip()
        .substring(command.length())
        .replace(" ", "")
        .toUpperCase(Locale.ROOT);
  }

  /** XA ROLLBACK: the changes never count. */
  void rolledBack(QueryEvent query, StreamCursor cursor) {
    String xid = xid(query, "XA ROLLBACK");
    cursor.resolved(xid);
    forget(xid);
  }

  /**
   * XA COMMIT: hands over the changes.
   *
   * @param where the event's place, for messages
   */
  void committed(RawEvent event, QueryEvent query, StreamCursor cursor, String where, Replay replay)
      throws InterruptedException {
    String xid = xid(query, "XA COMMIT");
    PreparedTransactions.Place place = cursor.preparedTransactions().get(xid);
    if (place == null) {
      throw new DmException(
          SourceError.XA_TRANSACTION,
          "'"
              + query.sql()
              + "' at "
              + where
              + " is of a transaction that was prepared before the"
              + " position the stream began at, so that its changes are not known");
    }
    XaGroup group = kept.get(xid);
    if (place.transaction() != null) {
      hand(group == null ? null : group.events(), place.transaction(), event, cursor, replay);
    }
    cursor.resolved(xid);
    forget(xid);
  }

  private void forget(String xid) {
    XaGroup group = kept.remove(xid);
    if (group != null) {
      keptBytes -= group.bytes();
    }
  }

  /** XA COMMIT … ONE PHASE: hands over the changes of the transaction that ends. */
  void committedAtOnce(XaGroup group, RawEvent event, StreamCursor cursor, Replay replay)
      throws InterruptedException {
    if (group.isCaptured()) {
      hand(group.events(), cursor.transaction(), event, cursor, replay);
    }
  }

  private void hand(
      List<RawEvent> events, Transaction place, RawEvent commit, StreamCursor cursor, Replay replay)
      throws InterruptedException {
    replay.commit = commit;
    if (events == null) {
      reader.read(place, cursor.position(), replay);
      return;
    }
    for (RawEvent event : events) {
      if (!EventTypes.isRows(event.type()) || replay.wantsRows(event.tableId())) {
        replay.onEvent(event);
      }
    }
  }

  /** Takes the events of a prepared transaction as if they were at its commit. */
  static final class Replay implements BinlogEventHandler {
    private final TableMapCache<Target> targets;
    private final Wanted wanted;
    private final Rows rows;
    private RawEvent commit;

    Replay(Function<TableMap, Target> targets, Wanted wanted, Rows rows) {
      this.targets = new TableMapCache<>(targets);
      this.wanted = wanted;
      this.rows = rows;
    }

    @Override
    public void onFile(String file, long position) {}

    @Override
    public boolean wantsRows(long tableId) throws InterruptedException {
      return wanted.test(targets.get(tableId));
    }

    @Override
    public void onEvent(RawEvent event) throws InterruptedException {
      if (event.type() == EventTypes.TABLE_MAP) {
        targets.put(event.body(), 0, event.body().length);
      } else if (event.type() == EventTypes.TRANSACTION_PAYLOAD) {
        PayloadReader.forEach(event, this);
      } else if (EventTypes.isRows(event.type()) && event.body() != null) {
        RawEvent moved =
            new RawEvent(
                event.type(),
                commit.timestampSeconds(),
                event.serverId(),
                commit.start(),
                commit.end(),
                0,
                event.body());
        rows.accept(moved, targets.get(event.tableId()));
      } else if (event.type() == EventTypes.PARTIAL_UPDATE_ROWS && wantsRows(event.tableId())) {
        throw Refusals.partialJson(targets.get(event.tableId()), "an XA transaction");
      }
    }
  }
}
