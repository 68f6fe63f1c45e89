package io.dmconnect.coordinator.store;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.RequestJson;
import io.dmconnect.model.coordination.zk.GroupPaths;
import io.dmconnect.model.coordination.zk.Nodes;
import io.dmconnect.model.coordination.zk.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/**
 * Removes the requests, reports and decisions of members that left, once they have become many. The
 * owner's node stays: its version is the fence against a task that wakes up late. A sink that still
 * waits for an answer states its request again. Those of a deleted source stay: its tables come
 * back by them when it states them again.
 */
final class DepartedNodes {
  /** How many are left. */
  static final int KEPT = 64;

  /** At how many some are removed. */
  static final int MANY = 2 * KEPT;

  private final CuratorFramework curator;
  private final GroupPaths paths;
  private int nextAt = MANY;

  DepartedNodes(CuratorFramework curator, GroupPaths paths) {
    this.curator = curator;
    this.paths = paths;
  }

  /**
   * Removes the oldest when there are many.
   *
   * @param version the version of the group's record that {@code stored} is of
   * @return the members of which nothing is left but the fence
   */
  List<MemberId> sweep(StoredGroup stored, int version) throws Exception {
    NavigableSet<String> forgotten = stored.state().core().departed().forgotten();
    NavigableSet<MemberId> departed = new TreeSet<>();
    stored
        .decisions()
        .forEach(
            (member, decision) -> {
              boolean gone =
                  decision instanceof Decision.Skip
                      && !stored.state().members().containsKey(member)
                      && !stored.state().pending().containsKey(member);
              if (gone && !forgotten.contains(member.source())) {
                departed.add(member);
              }
            });
    List<MemberId> removed = new ArrayList<>();
    if (departed.size() >= nextAt) {
      List<MemberId> oldest = byAge(departed);
      for (MemberId member : oldest.subList(0, Math.max(0, oldest.size() - KEPT))) {
        if (remove(member, stored.decisions().get(member), version)) {
          removed.add(member);
        }
      }

      nextAt = Math.max(MANY, departed.size() - removed.size() + KEPT);
    }

    return removed;
  }

  private List<MemberId> byAge(NavigableSet<MemberId> members) throws Exception {
    NavigableMap<Long, List<MemberId>> byTransaction = new TreeMap<>();
    for (MemberId member : members) {
      Stat stat = curator.checkExists().forPath(paths.decision(member));
      if (stat != null) {
        byTransaction.computeIfAbsent(stat.getMzxid(), id -> new ArrayList<>()).add(member);
      }
    }

    return byTransaction.values().stream().flatMap(List::stream).toList();
  }

  /** False when the sink has stated something else meanwhile. */
  private boolean remove(MemberId member, Decision decision, int version) throws Exception {
    List<CuratorOp> ops = new ArrayList<>();
    ops.add(curator.transactionOp().check().withVersion(version).forPath(paths.root()));
    ops.add(curator.transactionOp().delete().forPath(paths.decision(member)));
    Stat request = new Stat();
    byte[] bytes = Nodes.read(curator, paths.request(member), request);
    String text = Records.decode(bytes);
    boolean told = decision.requestId() == null;
    if (!told && text != null && !RequestJson.read(text).id().equals(decision.requestId())) {
      return false;
    }

    if (bytes != null) {
      ops.add(delete(paths.request(member), request));
    }

    Stat report = curator.checkExists().forPath(paths.report(member));
    if (report != null) {
      ops.add(delete(paths.report(member), report));
    }

    try {
      curator.transaction().forOperations(ops);
      return true;
    } catch (KeeperException.BadVersionException | KeeperException.NoNodeException e) {
      return false;
    }
  }

  private CuratorOp delete(String path, Stat stat) throws Exception {
    return curator.transactionOp().delete().withVersion(stat.getVersion()).forPath(path);
  }
}
