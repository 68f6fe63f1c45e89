package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.DecisionJson;
import io.dmconnect.model.coordination.FoundJson;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.RequestJson;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/**
 * One member a sink task speaks for: what is to be stated for it, and the decision read last.
 *
 * <p>The version of the owner node is the fence. Taking a member over raises it, and everything is
 * written in one transaction with a check of it, so that a task that lost the member, however late
 * its write comes, cannot overwrite what the new one stated.
 */
final class MemberSlot {
  private final Session session;
  private final GroupPaths group;
  private final MemberId member;
  private final byte[] owner;
  private final TableSchema found;
  private final ShardDdlListener listener;
  private final MemberReports reports = new MemberReports();

  private String request;
  private String requestId;
  private boolean tellAgain;
  private boolean ended;
  private volatile Decision decision;

  // Below: only the session's thread.
  private int ownerVersion = -1;
  private String statedRequest;
  private String statedReport;
  private String settledRequest;
  private long decisionZxid = -1;

  /**
   * A slot that has not been brought to ZooKeeper.
   *
   * @param known the decision that a former slot of the member read; it counts until the first read
   */
  MemberSlot(
      Session session,
      GroupPaths group,
      MemberId member,
      String owner,
      TableSchema found,
      ShardDdlListener listener,
      Decision known) {
    this.session = session;
    this.group = group;
    this.member = member;
    this.owner = Records.encode(owner);
    this.found = found;
    this.listener = listener;
    this.decision = known;
  }

  TableId target() {
    return group.target();
  }

  Decision decision() {
    return decision;
  }

  void request(DdlRequest newRequest) {
    synchronized (this) {
      request = RequestJson.write(newRequest);
      requestId = newRequest.id();
      tellAgain = true;
    }

    sync();
  }

  void report(Input.ExecutionReported newReport) {
    reports.add(newReport);
    sync();
  }

  synchronized void end() {
    ended = true;
  }

  /** Has ZooKeeper brought to what is to be stated, and the decision read. */
  void sync() {
    session.submit(this, this::run, this::fail);
  }

  private void run() throws Exception {
    synchronized (this) {
      if (ended) {
        return;
      }
    }

    if (ownerVersion < 0) {
      claim();
    }

    try {
      write();
    } catch (KeeperException.BadVersionException | KeeperException.NoNodeException e) {
      checkOwner();
      ownerVersion = -1;
      claim();
      write();
    }

    read();
    if (isForgotten()) {
      checkOwner();
      ownerVersion = -1;
      claim();
      write();
    }
  }

  /**
   * Whether the coordinator has removed an unanswered request: it keeps those of so many members
   * that left.
   */
  private boolean isForgotten() throws Exception {
    return decision == null
        && statedRequest != null
        && !statedRequest.equals(settledRequest)
        && session.curator().checkExists().forPath(group.request(member)) == null;
  }

  /**
   * Takes the member over: what the task before stated for it counts no more, but for what became
   * of executions.
   */
  private void claim() throws Exception {
    CuratorFramework curator = session.curator();
    Nodes.ensure(curator, group.found(), Records.encode(FoundJson.write(found)));
    Nodes.ensure(curator, group.owner(member), new byte[0]);
    Nodes.ensure(curator, group.request(member), new byte[0]);
    Nodes.ensure(curator, group.report(member), new byte[0]);
    List<CuratorTransactionResult> results =
        curator
            .transaction()
            .forOperations(
                curator.transactionOp().setData().forPath(group.owner(member), owner),
                curator.transactionOp().setData().forPath(group.request(member), new byte[0]));
    statedRequest = null;
    statedReport = Records.decode(Nodes.read(curator, group.report(member)));
    reports.follow(statedReport);
    ownerVersion = results.get(0).getResultStat().getVersion();
  }

  private void write() throws Exception {
    String newRequest;
    synchronized (this) {
      newRequest = request;
    }

    String newReport = reports.text();

    CuratorFramework curator = session.curator();
    List<CuratorOp> ops = new ArrayList<>();
    ops.add(curator.transactionOp().check().withVersion(ownerVersion).forPath(group.owner(member)));
    if (newRequest != null && !newRequest.equals(statedRequest)) {
      byte[] bytes = Records.encode(newRequest);
      ops.add(curator.transactionOp().setData().forPath(group.request(member), bytes));
    }

    if (newReport != null && !newReport.equals(statedReport)) {
      byte[] bytes = Records.encode(newReport);
      ops.add(curator.transactionOp().setData().forPath(group.report(member), bytes));
    }

    if (ops.size() > 1) {
      curator.transaction().forOperations(ops);
      statedRequest = newRequest;
      statedReport = newReport;
    }
  }

  private void checkOwner() throws Exception {
    String now = Records.decode(Nodes.read(session.curator(), group.owner(member)));
    if (now != null && !now.equals(Records.decode(owner))) {
      throw new DmException(
          ModelError.MEMBER_TAKEN_OVER,
          "The member "
              + member
              + " of the shard group "
              + target()
              + " is now spoken for by "
              + now);
    }
  }

  private void read() throws Exception {
    Stat stat = new Stat();
    String text = Records.decode(Nodes.read(session.curator(), group.decision(member), stat));
    boolean tell;
    synchronized (this) {
      tell = text != null && (tellAgain || stat.getMzxid() != decisionZxid);
      tellAgain = false;
    }

    if (text == null) {
      decision = null;
      decisionZxid = -1;
    } else if (tell) {
      Decision read = DecisionJson.read(text);
      decision = read;
      decisionZxid = stat.getMzxid();
      tell(read);
    }
  }

  /** Calls the listener without the lock: that may hold one of its own while it asks. */
  private void tell(Decision read) {
    synchronized (this) {
      boolean asked = read.requestId() != null && read.requestId().equals(requestId);
      if (asked && read instanceof Decision.Skip) {
        settledRequest = request;
      }

      if (ended) {
        return;
      }
    }

    listener.decided(member, read);
  }

  private void fail(DmException error) {
    synchronized (this) {
      if (ended) {
        return;
      }

      ended = true;
    }

    listener.failed(member, error);
  }
}
