package io.dmconnect.source.engine;

import io.dmconnect.model.error.DmException;
import io.dmconnect.source.binlog.BinlogBrokenException;
import io.dmconnect.source.binlog.BinlogConnection;
import io.dmconnect.source.binlog.BinlogEventHandler;
import io.dmconnect.source.binlog.BinlogReader;
import io.dmconnect.source.binlog.BinlogRefusedException;
import io.dmconnect.source.binlog.EventTypes;
import io.dmconnect.source.binlog.GtidEvent;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import io.dmconnect.source.position.Transaction;
import io.dmconnect.source.stream.PreparedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reads a prepared transaction over a connection of its own: from its place, or, on a server where
 * something else is there, by its GTID.
 */
final class LivePrepared implements PreparedReader {
  private static final long FIRST_SERVER_ID = 1L << 31;

  private final BinlogConnection connection;

  /** A reader with a {@code server_id} of its own, that of no other replica in all likelihood. */
  LivePrepared(BinlogConnection connection) {
    this.connection =
        connection.withServerId(
            FIRST_SERVER_ID + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
  }

  @Override
  public void read(Transaction prepared, BinlogPosition now, BinlogEventHandler handler)
      throws InterruptedException {
    if (find(prepared, null, handler)) {
      return;
    }
    Optional<GtidSet> others =
        prepared.hasGtid() && now.gtids() != null
            ? now.gtids().without(prepared.gtidSource(), prepared.gtidNumber())
            : Optional.empty();
    if (others.isEmpty() || !find(prepared, others.get(), handler)) {
      throw new DmException(
          SourceError.XA_TRANSACTION,
          "The changes of the XA transaction that was prepared as "
              + prepared
              + " are no longer in the binlog");
    }
  }

  /** Whether the transaction was there. */
  private boolean find(Transaction prepared, GtidSet others, BinlogEventHandler handler)
      throws InterruptedException {
    try {
      new BinlogReader(connection, new OneTransaction(prepared, handler))
          .run(prepared.file(), prepared.start(), others == null ? null : others.toString());
      throw new BinlogBrokenException(new IOException("the server ended the connection"));
    } catch (End e) {
      return e.found;
    } catch (BinlogRefusedException e) {
      return false;
    } catch (IOException e) {
      throw new BinlogBrokenException(e);
    }
  }

  /** Ends the reading. */
  private static final class End extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean found;

    End(boolean found) {
      super(null, null, false, false);
      this.found = found;
    }
  }

  private static final class OneTransaction implements BinlogEventHandler {
    private final Transaction wanted;
    private final BinlogEventHandler handler;
    private boolean begun;

    OneTransaction(Transaction wanted, BinlogEventHandler handler) {
      this.wanted = wanted;
      this.handler = handler;
    }

    @Override
    public void onFile(String file, long position) {}

    @Override
    public boolean wantsRows(long tableId) throws InterruptedException {
      if (!begun) {
        throw new End(false);
      }
      return handler.wantsRows(tableId);
    }

    @Override
    public void onEvent(RawEvent event) throws InterruptedException {
      switch (event.type()) {
        case EventTypes.GTID, EventTypes.GTID_TAGGED, EventTypes.MARIADB_GTID -> {
          if (begun || !GtidEvent.parse(event).toString().equals(wanted.gtid())) {
            throw new End(false);
          }
          begun = true;
        }
        case EventTypes.ANONYMOUS_GTID -> {
          if (begun || wanted.hasGtid()) {
            throw new End(false);
          }
          begun = true;
        }
        case EventTypes.XA_PREPARE -> throw new End(begun);
        default -> {
          if (begun) {
            handler.onEvent(event);
          }
        }
      }
    }
  }
}
