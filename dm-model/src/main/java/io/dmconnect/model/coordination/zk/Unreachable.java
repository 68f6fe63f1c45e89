package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.config.ConfigProblem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.zookeeper.client.ConnectStringParser;

/** Finds out why no session with ZooKeeper came about. */
final class Unreachable {
  private static final int CONNECT_MILLIS = 2_000;

  static ConfigProblem problem(AbstractConfig config, ZooKeeperSettings settings) {
    if (!anybodyListens(settings.servers())) {
      return new ConfigProblem(
          ZooKeeperKeys.CONNECT,
          "No ZooKeeper server can be reached at "
              + settings.servers()
              + "; check hosts and ports");
    }

    return config.getBoolean(ZooKeeperKeys.SSL)
        ? new ConfigProblem(
            ZooKeeperKeys.SSL,
            "A server answers at "
                + settings.servers()
                + ", but no session with TLS came about; check that it is the secure port, and the"
                + " trust store, key store and host name")
        : new ConfigProblem(
            ZooKeeperKeys.CONNECT,
            "A server answers at "
                + settings.servers()
                + ", but no session came about; check that it is ZooKeeper, and whether it wants"
                + " TLS ("
                + ZooKeeperKeys.SSL
                + ")");
  }

  private static boolean anybodyListens(String servers) {
    for (InetSocketAddress address : new ConnectStringParser(servers).getServerAddresses()) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
        return true;
      } catch (IOException e) {
        // Another one may answer.
      }
    }

    return false;
  }

  private Unreachable() {}
}
