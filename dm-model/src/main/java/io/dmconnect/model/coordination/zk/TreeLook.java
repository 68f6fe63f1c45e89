package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.error.DmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * Looks at ZooKeeper and the coordination tree before a connector is made; changes nothing there
 * and takes bounded time.
 *
 * @param problems what is wrong, on the keys that can change it; empty when nothing is
 * @param tree what is stated for the task; null when there are problems
 */
public record TreeLook(List<ConfigProblem> problems, TaskTree tree) {
  private static final int CLOSE_MILLIS = 2_000;

  /** Copies the problems. */
  public TreeLook {
    problems = List.copyOf(problems);
  }

  /**
   * Looks.
   *
   * @param config valid for itself, with {@link ZooKeeperKeys#CONNECT}
   * @param task the task's name
   */
  public static TreeLook at(AbstractConfig config, String task) {
    List<ConfigProblem> stores = StoreFiles.problems(config);
    if (!stores.isEmpty()) {
      return new TreeLook(stores, null);
    }

    try {
      return connect(config, new CoordinationPaths(task));
    } catch (IOException | IllegalArgumentException e) {
      return failed(ZooKeeperKeys.CONNECT, "ZooKeeper cannot be connected to: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(ZooKeeperKeys.CONNECT, "Interrupted while looking at ZooKeeper");
    }
  }

  private static TreeLook connect(AbstractConfig config, CoordinationPaths paths)
      throws IOException, InterruptedException {
    ZooKeeperSettings settings = ZooKeeperKeys.settings(config);
    ZKClientConfig client = new ZKClientConfig();
    settings.client().forEach(client::setProperty);
    boolean sasl = config.getString(ZooKeeperKeys.SASL) != null;
    ConnectWatch watch = new ConnectWatch(sasl);
    ZooKeeper zooKeeper =
        new ZooKeeper(settings.servers(), settings.sessionMillis(), watch, false, client);
    try {
      ConnectWatch.State state = watch.await(settings.connectMillis(), TimeUnit.MILLISECONDS);
      if (state == ConnectWatch.State.LOGIN_REFUSED) {
        return failed(
            ZooKeeperKeys.SASL,
            "ZooKeeper refuses the SASL login; check the user and password in the section of the"
                + " JAAS file of the worker");
      }

      if (state == ConnectWatch.State.NONE) {
        return new TreeLook(List.of(Unreachable.problem(config, settings)), null);
      }

      if (settings.digest() != null) {
        zooKeeper.addAuthInfo("digest", settings.digest().getBytes(StandardCharsets.UTF_8));
      }

      return new TreeLook(List.of(), new TreeReader(zooKeeper, settings.chroot(), paths).read());
    } catch (KeeperException e) {
      return refused(e, config, settings);
    } catch (DmException e) {
      return failed(ZooKeeperKeys.CONNECT, e.getMessage());
    } finally {
      zooKeeper.close(CLOSE_MILLIS);
    }
  }

  private static TreeLook refused(
      KeeperException error, AbstractConfig config, ZooKeeperSettings settings) {
    boolean noAccess =
        error.code() == KeeperException.Code.NOAUTH
            || error.code() == KeeperException.Code.AUTHFAILED;
    if (!noAccess) {
      return failed(
          ZooKeeperKeys.CONNECT, "The coordination tree cannot be read: " + error.getMessage());
    }

    boolean sasl = config.getString(ZooKeeperKeys.SASL) != null && settings.digest() == null;
    return failed(
        sasl ? ZooKeeperKeys.SASL : ZooKeeperKeys.DIGEST,
        "ZooKeeper gives no access to "
            + error.getPath()
            + (settings.digest() == null && !sasl
                ? " without a login; state the one the tree was made with"
                : " with this login; the user or password is not the one the tree was made with,"
                    + " or coordinator.zookeeper.acl of the others does not name it"));
  }

  private static TreeLook failed(String key, String message) {
    return new TreeLook(List.of(new ConfigProblem(key, message)), null);
  }
}
