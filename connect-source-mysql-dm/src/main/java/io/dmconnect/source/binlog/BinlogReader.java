package io.dmconnect.source.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import com.github.shyiko.mysql.binlog.network.ServerException;
import io.dmconnect.source.error.TransientErrors;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection to the server's binlog. {@link #run} reads until the connection ends or {@link
 * #stop} is called from another thread; a reader is used once.
 */
public final class BinlogReader {
  private static final Logger CLIENT_LOG = Logger.getLogger(Client.class.getName());
  private static final int MISSED_HEARTBEATS = 3;

  private final RawEventDeserializer deserializer;
  private final Client client;
  private final AtomicReference<Exception> broken = new AtomicReference<>();
  private volatile boolean stopped;

  /** A reader that hands events to the handler. */
  public BinlogReader(BinlogConnection connection, BinlogEventHandler handler) {
    CLIENT_LOG.setLevel(Level.WARNING);
    deserializer = new RawEventDeserializer(handler);
    client = new Client(connection);
    client.setServerId(connection.serverId());
    client.setKeepAlive(false);
    client.setConnectTimeout(connection.connectTimeout().toMillis());
    client.setHeartbeatInterval(connection.heartbeat().toMillis());
    client.setSSLMode(mode(connection.sslMode()));
    if (connection.sslSocketFactory() != null || verifiesHost(connection)) {
      client.setSslSocketFactory(socket -> tls(connection, socket));
    }
    int timeout = (int) connection.heartbeat().multipliedBy(MISSED_HEARTBEATS).toMillis();
    client.setSocketFactory(() -> socket(timeout));
    client.setEventDeserializer(deserializer);
    client.registerLifecycleListener(
        new BinaryLogClient.AbstractLifecycleListener() {
          @Override
          public void onConnect(BinaryLogClient unused) {
            if (stopped) {
              stop();
            }
          }

          @Override
          public void onCommunicationFailure(BinaryLogClient unused, Exception failure) {
            broken.set(failure);
          }

          @Override
          public void onEventDeserializationFailure(BinaryLogClient unused, Exception failure) {
            broken.set(failure);
          }
        });
  }

  /**
   * Reads on this thread, from the transactions that are not in the GTID set when there is one,
   * else from the file's position. Returns after {@link #stop}.
   *
   * @param file the binlog file
   * @param position the offset in it, at the start of a transaction
   * @param gtids the GTIDs that are not wanted; null to go by file and position
   * @throws BinlogRefusedException when the server refuses for good: wrong password, missing
   *     privilege, purged binlog
   * @throws IOException when the connection fails or breaks, or the server is full or goes down
   * @throws RuntimeException whatever the handler threw
   */
  public void run(String file, long position, String gtids)
      throws IOException, InterruptedException {
    if (gtids == null) {
      client.setBinlogFilename(file);
      client.setBinlogPosition(position);
    } else {
      client.setGtidSet(gtids);
    }
    try {
      client.connect();
    } catch (AuthenticationException e) {
      throw failure(e.getErrorCode(), e);
    } catch (ServerException e) {
      throw failure(e.getErrorCode(), e);
    }
    rethrow();
  }

  private void rethrow() throws IOException, InterruptedException {
    Throwable failure = deserializer.failure();
    if (failure instanceof InterruptedException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (stopped) {
      return;
    }
    Exception cause = broken.get();
    if (cause instanceof ServerException e) {
      throw failure(e.getErrorCode(), e);
    }
    if (cause instanceof IOException e) {
      throw e;
    }
    throw new EOFException(
        "the server closed the binlog connection" + (cause == null ? "" : ": " + cause));
  }

  private static IOException failure(int errorCode, IOException cause) {
    return TransientErrors.isTransient(errorCode)
        ? new IOException("error " + errorCode + " of the server: " + cause.getMessage(), cause)
        : new BinlogRefusedException(errorCode, cause.getMessage(), cause);
  }

  /** Ends {@link #run} soon; may be called from any thread, more than once. */
  public void stop() {
    stopped = true;
    try {
      client.disconnect();
    } catch (IOException e) {
      CLIENT_LOG.log(Level.FINE, "closing the binlog connection", e);
    }
  }

  private static Socket socket(int timeoutMillis) throws SocketException {
    Socket socket = new Socket();
    socket.setSoTimeout(timeoutMillis);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /**
   * The client would look the server's address up for a name and compare that; {@link #tls} has the
   * host as it is stated compared instead.
   */
  private static SSLMode mode(BinlogConnection.SslMode mode) {
    return switch (mode) {
      case DISABLED -> SSLMode.DISABLED;
      case PREFERRED -> SSLMode.PREFERRED;
      case REQUIRED -> SSLMode.REQUIRED;
      case VERIFY_CA, VERIFY_IDENTITY -> SSLMode.VERIFY_CA;
    };
  }

  private static boolean verifiesHost(BinlogConnection connection) {
    return connection.sslMode() == BinlogConnection.SslMode.VERIFY_IDENTITY;
  }

  private static SSLSocket tls(BinlogConnection connection, Socket socket) throws SocketException {
    SSLSocketFactory factory =
        connection.sslSocketFactory() == null
            ? (SSLSocketFactory) SSLSocketFactory.getDefault()
            : connection.sslSocketFactory();
    try {
      SSLSocket tls =
          (SSLSocket) factory.createSocket(socket, connection.host(), connection.port(), true);
      if (verifiesHost(connection)) {
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
      }
      return tls;
    } catch (IOException e) {
      SocketException failure = new SocketException("TLS socket: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  /** Leaves GTID bookkeeping to the handler. */
  private static final class Client extends BinaryLogClient {
    Client(BinlogConnection connection) {
      super(connection.host(), connection.port(), connection.user(), connection.password());
    }

    @Override
    protected void updateGtidSet(Event event) {}
  }
}
