package io.dmconnect.model.coordination.zk;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.data.ACL;

/**
 * How ZooKeeper is reached.
 *
 * @param connect {@code host:port,…}, with a chroot at the end if wanted
 * @param sessionMillis after how long without contact the session is lost
 * @param connectMillis how long connecting may take
 * @param digest {@code user:password} of the digest scheme; null for none
 * @param acl what new nodes get
 * @param client options of the ZooKeeper client, TLS and SASL among them
 */
public record ZooKeeperSettings(
    String connect,
    int sessionMillis,
    int connectMillis,
    String digest,
    List<ACL> acl,
    Map<String, String> client) {

  /** Copies the collections and checks what is never null. */
  public ZooKeeperSettings {
    requireNonNull(connect, "connect is null");
    // ZooKeeper asks the list for null, which an immutable one refuses.
    acl = Collections.unmodifiableList(new ArrayList<>(acl));
    client = Map.copyOf(client);
  }

  /** The servers without the chroot. */
  public String servers() {
    int slash = connect.indexOf('/');
    return slash < 0 ? connect : connect.substring(0, slash);
  }

  /** The chroot with its leading slash; empty for none. */
  public String chroot() {
    int slash = connect.indexOf('/');
    String path = slash < 0 ? "" : connect.substring(slash);
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Without passwords. */
  @Override
  public String toString() {
    return connect;
  }
}
