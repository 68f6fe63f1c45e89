package io.dmconnect.coordinator.engine;

import io.dmconnect.coordinator.store.BulkReader;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.Nodes;
import io.dmconnect.model.coordination.zk.Records;
import java.util.Comparator;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.KeeperException;

/**
 * The actions on a task that were carried out. Checks are many and change nothing, so that the last
 * of them are kept apart: they push no other action out. Thread-safe.
 */
final class Audit {
  /** How many actions are kept, but for checks. */
  static final int KEPT_ACTIONS = 10_000;

  /** How many asked checks are kept. */
  static final int KEPT_CHECKS = 100;

  private static final String CHECK_END = "-check";

  private final CuratorFramework curator;
  private final String parent;

  Audit(CuratorFramework curator, CoordinationPaths paths) {
    this.curator = curator;
    this.parent = paths.audit();
  }

  /** The id of an asked check from the id of an action. */
  static String checkId(String actionId) {
    return actionId + CHECK_END;
  }

  /** Makes the entries' parent, which {@link #created} needs. */
  void ensure() throws Exception {
    Nodes.ensure(curator, parent, new byte[0]);
  }

  /** Writes an entry as part of a transaction; {@link #prune} belongs behind it. */
  CuratorOp created(AuditEntry entry) throws Exception {
    byte[] record = Records.encode(AuditJson.write(entry));
    return curator.transactionOp().create().forPath(parent + "/" + entry.id(), record);
  }

  /** Whether an entry was written, also by an attempt whose answer was lost. */
  boolean holds(AuditEntry entry) throws Exception {
    return curator.checkExists().forPath(parent + "/" + entry.id()) != null;
  }

  /** Removes the oldest entries when there are too many. */
  void prune() throws Exception {
    List<String> names = newestFirst();
    List<String> checks = names.stream().filter(Audit::isCheck).toList();
    List<String> actions = names.stream().filter(name -> !isCheck(name)).toList();
    remove(checks, KEPT_CHECKS);
    remove(actions, KEPT_ACTIONS);
  }

  private static boolean isCheck(String name) {
    return name.endsWith(CHECK_END);
  }

  private void remove(List<String> newestFirst, int kept) throws Exception {
    for (String old : newestFirst.subList(Math.min(kept, newestFirst.size()), newestFirst.size())) {
      Nodes.delete(curator, parent + "/" + old);
    }
  }

  /** The last entries, newest first; none when nothing was ever done. */
  List<AuditEntry> last(int limit) throws Exception {
    List<String> paths =
        newestFirst().stream().limit(limit).map(name -> parent + "/" + name).toList();
    return new BulkReader(curator)
        .records(paths).values().stream()
            .map(AuditJson::read)
            .sorted(Comparator.comparing(AuditEntry::id).reversed())
            .toList();
  }

  private List<String> newestFirst() throws Exception {
    try {
      return curator.getChildren().forPath(parent).stream()
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (KeeperException.NoNodeException e) {
      return List.of();
    }
  }
}
