package io.dmconnect.model.coordination.zk;

import java.util.Arrays;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/** Operations on nodes that lead to the same end however often they are tried. */
public final class Nodes {

  /** Creates a persistent node with its parents unless it is there, whatever it holds. */
  public static void ensure(CuratorFramework curator, String path, byte[] bytes) throws Exception {
    if (curator.checkExists().forPath(path) != null) {
      return;
    }

    try {
      curator.create().creatingParentsIfNeeded().forPath(path, bytes);
    } catch (KeeperException.NodeExistsException e) {
      // Somebody else was faster.
    }
  }

  /** Makes a persistent node hold the bytes; nothing is written when it already does. */
  public static void put(CuratorFramework curator, String path, byte[] bytes) throws Exception {
    ensure(curator, path, bytes);
    if (!Arrays.equals(curator.getData().forPath(path), bytes)) {
      curator.setData().forPath(path, bytes);
    }
  }

  /** Makes a node of the present session hold the bytes. */
  public static void putEphemeral(CuratorFramework curator, String path, byte[] bytes)
      throws Exception {
    long session = curator.getZookeeperClient().getZooKeeper().getSessionId();
    Stat stat = curator.checkExists().forPath(path);
    if (stat != null && stat.getEphemeralOwner() == session) {
      curator.setData().forPath(path, bytes);
      return;
    }

    if (stat != null) {
      delete(curator, path);
    }

    curator.create().creatingParentsIfNeeded().withMode(CreateMode.EPHEMERAL).forPath(path, bytes);
  }

  /** A node's bytes; null when there is no such node. */
  public static byte[] read(CuratorFramework curator, String path) throws Exception {
    return read(curator, path, new Stat());
  }

  /**
   * A node's bytes; null when there is no such node.
   *
   * @param stat takes what ZooKeeper states about the node
   */
  public static byte[] read(CuratorFramework curator, String path, Stat stat) throws Exception {
    try {
      return curator.getData().storingStatIn(stat).forPath(path);
    } catch (KeeperException.NoNodeException e) {
      return null;
    }
  }

  /** Deletes a node without children if it is there. */
  public static void delete(CuratorFramework curator, String path) throws Exception {
    try {
      curator.delete().forPath(path);
    } catch (KeeperException.NoNodeException e) {
      // That is what was wanted.
    }
  }

  private Nodes() {}
}
