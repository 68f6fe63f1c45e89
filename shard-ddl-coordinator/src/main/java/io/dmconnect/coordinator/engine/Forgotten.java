package io.dmconnect.coordinator.engine;

import io.dmconnect.model.coordination.zk.CoordinationPaths;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.KeeperException;

/**
 * The sources of a task that operators deleted: nodes below {@code /dm/<task>/forgotten}. One that
 * states its tables again is none while its list is there. Thread-safe.
 */
final class Forgotten {
  private final CuratorFramework curator;
  private final CoordinationPaths paths;

  Forgotten(CuratorFramework curator, CoordinationPaths paths) {
    this.curator = curator;
    this.paths = paths;
  }

  /** The parent of the nodes. */
  String parent() {
    return paths.root() + "/forgotten";
  }

  /** Notes a source as part of the transaction that deletes it. The parent must be there. */
  CuratorOp noted(String source) throws Exception {
    String name = paths.source(source).substring(paths.sources().length() + 1);
    String path = parent() + "/" + name;
    return curator.checkExists().forPath(path) == null
        ? curator.transactionOp().create().forPath(path, new byte[0])
        : curator.transactionOp().setData().forPath(path, new byte[0]);
  }

  /** Those that were ever deleted; read before the lists of tables, one that is back has one. */
  NavigableSet<String> read() throws Exception {
    NavigableSet<String> names = new TreeSet<>();
    try {
      for (String name : curator.getChildren().forPath(parent())) {
        names.add(CoordinationPaths.sourceOf(name));
      }
    } catch (KeeperException.NoNodeException e) {
      return names;
    }

    return names;
  }
}
