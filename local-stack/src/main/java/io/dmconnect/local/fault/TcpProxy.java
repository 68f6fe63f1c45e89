package io.dmconnect.local.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP proxy on the loopback interface that makes the faults of a network: latency, connections
 * cut in mid-packet, a server that cannot be reached, a half-open connection. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
  private static final int BUFFER_BYTES = 16_384;
  private static final long UNLIMITED = Long.MAX_VALUE;

  private enum Mode {
    FORWARD,
    REFUSE,
    SWALLOW
  }

  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong remaining = new AtomicLong(UNLIMITED);
  private volatile Mode mode = Mode.FORWARD;
  private volatile long latencyNanos;

  /**
   * Listens on a free port and forwards to {@code host:port}, without any fault at first.
   *
   * @throws IOException when no port can be had
   */
  public TcpProxy(String host, int port) throws IOException {
    this.target = new InetSocketAddress(host, port);
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  /** The port to connect to instead of the server's own. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Delays every piece of data, in both directions, from now on. */
  public void latency(Duration latency) {
    latencyNanos = latency.toNanos();
  }

  /** Resets all connections, and every new one as soon as it is made. */
  public void cut() {
    mode = Mode.REFUSE;
    sockets.forEach(TcpProxy::reset);
  }

  /** Resets all connections after {@code bytes} more bytes, and every new one from then on. */
  public void cutAfter(long bytes) {
    remaining.set(bytes);
  }

  /** Keeps all connections open and loses what is sent over them, as a broken route does. */
  public void blackHole() {
    mode = Mode.SWALLOW;
  }

  /**
   * Ends all faults. Connections that have lost data are reset, since their streams have a gap;
   * clients connect anew.
   */
  public void heal() {
    latencyNanos = 0;
    remaining.set(UNLIMITED);
    if (mode == Mode.SWALLOW) {
      sockets.forEach(TcpProxy::reset);
    }
    mode = Mode.FORWARD;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    sockets.forEach(TcpProxy::reset);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException e) {
        LOG.debug("One client less", e);
      }
    }
  }

  private void connect(Socket client) throws IOException {
    if (mode == Mode.REFUSE) {
      reset(client);
      return;
    }
    Socket server = new Socket();
    try {
      server.connect(target);
    } catch (IOException e) {
      reset(client);
      reset(server);
      throw e;
    }
    sockets.add(client);
    sockets.add(server);
    start("up", () -> pump(client, server));
    start("down", () -> pump(server, client));
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (latencyNanos > 0) {
          LockSupport.parkNanos(latencyNanos);
        }
        if (mode != Mode.SWALLOW) {
          forward(buffer, length, out);
        }
      }
      if (mode != Mode.SWALLOW) {
        to.shutdownOutput();
      }
    } catch (IOException e) {
      reset(from);
      reset(to);
    } finally {
      if (from.isClosed() || from.isOutputShutdown()) {
        release(from, to);
      }
    }
  }

  private void forward(byte[] buffer, int length, OutputStream out) throws IOException {
    long before = remaining.getAndUpdate(left -> left == UNLIMITED ? left : left - length);
    if (before >= length) {
      out.write(buffer, 0, length);
      return;
    }
    out.write(buffer, 0, (int) Math.max(0, before));
    out.flush();
    cut();
  }

  private void release(Socket from, Socket to) {
    closeQuietly(from);
    closeQuietly(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      LOG.debug("Closed already", e);
    } finally {
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("Nothing of it is used any more", e);
    }
  }

  private static void start(String role, Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy-" + role);
    thread.setDaemon(true);
    thread.start();
  }
}
