package io.dmconnect.local.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  private ServerSocket server;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread echo = new Thread(this::echo, "echo");
    echo.setDaemon(true);
    echo.start();
    proxy = new TcpProxy("127.0.0.1", server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void forwardsBothWays() throws IOException {
    try (Socket client = connect()) {
      assertThat(roundTrip(client, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void delaysEachDirection() throws IOException {
    try (Socket client = connect()) {
      proxy.latency(Duration.ofMillis(30));

      long begin = System.nanoTime();
      roundTrip(client, "hello");

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(59));
    }
  }

  @Test
  void resetsConnectionsWhenCut() throws IOException {
    try (Socket client = connect()) {
      roundTrip(client, "hello");
      proxy.cut();

      assertThatThrownBy(() -> roundTrip(client, "again")).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void cutsInTheMiddleOfAMessage() throws IOException {
    try (Socket client = connect()) {
      proxy.cutAfter(3);

      assertThatThrownBy(() -> roundTrip(client, "hello")).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void losesWhatIsSentIntoABlackHole() throws IOException {
    try (Socket client = connect()) {
      client.setSoTimeout(100);
      proxy.blackHole();

      assertThatThrownBy(() -> roundTrip(client, "hello"))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void servesNewConnectionsWhenHealed() throws IOException {
    proxy.cut();
    proxy.heal();

    try (Socket client = connect()) {
      assertThat(roundTrip(client, "hello")).isEqualTo("hello");
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static String roundTrip(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
    byte[] answer = client.getInputStream().readNBytes(text.length());
    if (answer.length < text.length()) {
      throw new SocketException("closed after " + answer.length + " bytes");
    }
    return new String(answer, US_ASCII);
  }

  private void echo() {
    while (!server.isClosed()) {
      echoToOneClient();
    }
  }

  private void echoToOneClient() {
    try (Socket client = server.accept()) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // A cut connection is what these tests are about.
      return;
    }
  }
}
