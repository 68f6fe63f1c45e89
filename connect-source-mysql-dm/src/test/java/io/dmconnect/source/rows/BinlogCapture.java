package io.dmconnect.source.rows;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.ByteArrayEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.ByteArrayEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads what a server wrote to its binlog since a position, as raw event bodies. */
final class BinlogCapture {
  private static final Map<EventType, Integer> TYPES =
      Map.of(
          EventType.TABLE_MAP, 19,
          EventType.WRITE_ROWS, 23,
          EventType.UPDATE_ROWS, 24,
          EventType.DELETE_ROWS, 25,
          EventType.EXT_WRITE_ROWS, 30,
          EventType.EXT_UPDATE_ROWS, 31,
          EventType.EXT_DELETE_ROWS, 32,
          EventType.PARTIAL_UPDATE_ROWS_EVENT, 39);

  static final int TABLE_MAP = 19;

  private final String host;
  private final int port;
  private final String file;
  private final long position;

  private BinlogCapture(String host, int port, String file, long position) {
    this.host = host;
    this.port = port;
    this.file = file;
    this.position = position;
  }

  /** A capture of what is written from now on. */
  static BinlogCapture start(Connection connection, String url) throws SQLException {
    URI uri = URI.create(url.substring("jdbc:".length()));
    try (Statement statement = connection.createStatement();
        ResultSet status = statement.executeQuery(statusStatement(connection))) {
      status.next();
      return new BinlogCapture(
          uri.getHost(), uri.getPort(), status.getString(1), status.getLong(2));
    }
  }

  private static String statusStatement(Connection connection) throws SQLException {
    boolean renamed =
        !connection.getMetaData().getDatabaseProductVersion().contains("Maria")
            && connection.getMetaData().getDatabaseMajorVersion() >= 9;
    return renamed ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
  }

  /** Hands type code and body of every table map and rows event to the consumer, to the end. */
  void read(BiConsumer<Integer, byte[]> events) throws IOException {
    EventDeserializer deserializer = new EventDeserializer();
    for (EventType type : Set.copyOf(TYPES.keySet())) {
      deserializer.setEventDataDeserializer(type, new ByteArrayEventDataDeserializer());
    }
    List<Exception> failures = new ArrayList<>();
    BinaryLogClient client = new BinaryLogClient(host, port, "root", "");
    client.setEventDeserializer(deserializer);
    client.setServerId(7_700_001);
    client.setBlocking(false);
    client.setBinlogFilename(file);
    client.setBinlogPosition(position);
    client.registerLifecycleListener(new Failures(failures));
    client.registerEventListener(
        event -> {
          // the client only logs what a listener throws
          try {
            hand(event, events);
          } catch (RuntimeException e) {
            failures.add(e);
          }
        });
    client.connect();
    if (!failures.isEmpty()) {
      throw new IOException("The binlog cannot be read", failures.get(0));
    }
  }

  private static void hand(Event event, BiConsumer<Integer, byte[]> events) {
    Integer type = TYPES.get(event.getHeader().getEventType());
    if (type != null) {
      ByteArrayEventData data = event.getData();
      events.accept(type, data.getData());
    }
  }

  private static final class Failures extends BinaryLogClient.AbstractLifecycleListener {
    private final List<Exception> failures;

    Failures(List<Exception> failures) {
      this.failures = failures;
    }

    @Override
    public void onCommunicationFailure(BinaryLogClient client, Exception failure) {
      failures.add(failure);
    }

    @Override
    public void onEventDeserializationFailure(BinaryLogClient client, Exception failure) {
      failures.add(failure);
    }
  }
}
