package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.FactsJson;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TaskJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/** Reads what is stated for a task. */
final class TreeReader {
  private final ZooKeeper zooKeeper;
  private final String chroot;
  private final CoordinationPaths paths;

  TreeReader(ZooKeeper zooKeeper, String chroot, CoordinationPaths paths) {
    this.zooKeeper = zooKeeper;
    this.chroot = chroot;
    this.paths = paths;
  }

  TaskTree read() throws KeeperException, InterruptedException {
    String unused = text(CoordinationPaths.ROOT);
    String settings = text(paths.settings());
    List<SourceFacts> facts = new ArrayList<>();
    for (String source : children(paths.sources())) {
      String found = text(paths.facts() + "/" + source);
      if (found != null) {
        facts.add(FactsJson.read(found));
      }
    }

    Set<TableId> begun = new HashSet<>();
    for (String group : children(paths.groups())) {
      TableId target = CoordinationPaths.target(group);
      if (!children(paths.group(target).members()).isEmpty()) {
        begun.add(target);
      }
    }

    return new TaskTree(settings == null ? null : TaskJson.read(settings), facts, begun);
  }

  private String text(String path) throws KeeperException, InterruptedException {
    try {
      return Records.decode(zooKeeper.getData(chroot + path, false, null));
    } catch (KeeperException.NoNodeException e) {
      return null;
    }
  }

  private List<String> children(String path) throws KeeperException, InterruptedException {
    try {
      return zooKeeper.getChildren(chroot + path, false);
    } catch (KeeperException.NoNodeException e) {
      return List.of();
    }
  }
}
