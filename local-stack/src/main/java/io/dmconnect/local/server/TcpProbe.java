package io.dmconnect.local.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks whether something listens on a port, and what it answers to a short question. */
final class TcpProbe {
  private static final int LIMIT_MILLIS = 1_000;

  private TcpProbe() {}

  static boolean open(String host, int port) {
    try (Socket socket = connect(InetAddress.getByName(host), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a text and returns everything the server sends until it closes the connection. */
  static String ask(int port, String question) throws IOException {
    try (Socket socket = connect(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static Socket connect(InetAddress host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
