package io.dmconnect.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out free TCP ports of the loopback interface.
 *
 * <p>They lie below the range from which Linux takes the ports of outgoing connections (32768 and
 * up by default, ip(7)), so that none is taken between the choice and the server's start.
 * Thread-safe.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private final Set<Integer> given = new HashSet<>();

  /** A port on which nothing listens and which this object has not given before. */
  public synchronized int free() {
    for (int attempt = 0; attempt < LAST - FIRST; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!given.contains(port) && bindable(port)) {
        given.add(port);
        return port;
      }
    }
    throw new IllegalStateException("No free TCP port between " + FIRST + " and " + LAST);
  }

  private static boolean bindable(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
