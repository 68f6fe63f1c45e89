package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;

/**
 * A session with ZooKeeper. Connecting goes on in the background, lost sessions are replaced by new
 * ones; thread-safe.
 */
public final class CoordinationConnection implements AutoCloseable {
  private static final int RETRIES = 2;
  private static final int BACK_OFF_MILLIS = 200;

  private final CuratorFramework curator;

  /** Begins to connect; returns at once. */
  public static CoordinationConnection open(ZooKeeperSettings settings) {
    ZKClientConfig client = new ZKClientConfig();
    settings.client().forEach(client::setProperty);
    CuratorFrameworkFactory.Builder builder =
        CuratorFrameworkFactory.builder()
            .connectString(settings.servers())
            .sessionTimeoutMs(settings.sessionMillis())
            .connectionTimeoutMs(Math.min(settings.connectMillis(), settings.sessionMillis()))
            .retryPolicy(new ExponentialBackoffRetry(BACK_OFF_MILLIS, RETRIES))
            .zkClientConfig(client)
            .dontUseContainerParents()
            .aclProvider(new SameAcl(settings.acl()));
    if (!settings.chroot().isEmpty()) {
      builder.namespace(settings.chroot().substring(1));
    }

    if (settings.digest() != null) {
      builder.authorization("digest", settings.digest().getBytes(StandardCharsets.UTF_8));
    }

    CuratorFramework curator = builder.build();
    curator.start();
    return new CoordinationConnection(curator);
  }

  private CoordinationConnection(CuratorFramework curator) {
    this.curator = curator;
  }

  /** The client; it is closed with the connection. */
  public CuratorFramework curator() {
    return curator;
  }

  /**
   * Makes the tree's root, or checks that it has the layout of this version.
   *
   * @throws DmException when it has another one
   * @throws Exception when ZooKeeper cannot be asked
   */
  public void checkLayout() throws Exception {
    byte[] own = Records.encode("{\"v\":" + CoordinationPaths.LAYOUT + "}");
    Nodes.ensure(curator, CoordinationPaths.ROOT, own);
    String found = Records.decode(curator.getData().forPath(CoordinationPaths.ROOT));
    if (!Records.decode(own).equals(found)) {
      throw new DmException(
          ModelError.COORDINATION_LAYOUT,
          "The coordination tree at "
              + CoordinationPaths.ROOT
              + " states "
              + found
              + ", this version knows "
              + Records.decode(own));
    }
  }

  /** Whether an operation that failed so may succeed when it is tried again. */
  public static boolean isRetriable(Exception error) {
    return error instanceof KeeperException keeper
        && switch (keeper.code()) {
          case CONNECTIONLOSS,
              OPERATIONTIMEOUT,
              SESSIONEXPIRED,
              SESSIONMOVED,
              REQUESTTIMEOUT,
              NEWCONFIGNOQUORUM,
              THROTTLEDOP,
              SESSIONCLOSEDREQUIRESASLAUTH ->
              true;
          default -> false;
        };
  }

  /** Ends the session, and with it its ephemeral nodes. */
  @Override
  public void close() {
    curator.close();
  }

  private record SameAcl(List<ACL> acl) implements ACLProvider {
    @Override
    public List<ACL> getDefaultAcl() {
      return acl;
    }

    @Override
    public List<ACL> getAclForPath(String path) {
      return acl;
    }
  }
}
