package io.dmconnect.bench.micro;

import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.source.binlog.BinlogConnection;
import io.dmconnect.source.binlog.BinlogConnection.SslMode;
import io.dmconnect.source.binlog.BinlogEventHandler;
import io.dmconnect.source.binlog.BinlogReader;
import io.dmconnect.source.binlog.RawEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads a part of one binlog file. */
final class BinlogTape implements BinlogEventHandler {
  private static final long SERVER_ID = 7_700_002;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String file;
  private final long from;
  private final long to;
  private final BinlogReader reader;
  private final List<RawEvent> events = new ArrayList<>();

  /** The events between two offsets. */
  BinlogTape(DatabaseServer server, String file, long from, long to) {
    this.file = file;
    this.from = from;
    this.to = to;
    BinlogConnection connection =
        new BinlogConnection(
            server.host(),
            server.port(),
            server.user(),
            server.password(),
            SERVER_ID,
            SslMode.DISABLED,
            null,
            PATIENCE,
            PATIENCE);
    this.reader = new BinlogReader(connection, this);
  }

  List<RawEvent> events() throws IOException {
    try {
      reader.run(file, from, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while reading the binlog", e);
    }
    return events;
  }

  @Override
  public void onFile(String name, long position) {}

  @Override
  public boolean wantsRows(long tableId) {
    return true;
  }

  @Override
  public void onEvent(RawEvent event) {
    if (event.start() >= from && event.end() > event.start() && event.end() <= to) {
      events.add(event);
    }
    if (event.end() >= to) {
      reader.stop();
    }
  }
}
