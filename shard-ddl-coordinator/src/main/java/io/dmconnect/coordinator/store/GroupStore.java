package io.dmconnect.coordinator.store;

import io.dmconnect.model.check.AddedColumns;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.DecisionJson;
import io.dmconnect.model.coordination.FoundJson;
import io.dmconnect.model.coordination.GroupConfig;
import io.dmconnect.model.coordination.GroupJson;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.Member;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.MemberJson;
import io.dmconnect.model.coordination.Outcome;
import io.dmconnect.model.coordination.Pending;
import io.dmconnect.model.coordination.PendingJson;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.GroupPaths;
import io.dmconnect.model.coordination.zk.Nodes;
import io.dmconnect.model.coordination.zk.Records;
import io.dmconnect.model.schema.TableSchema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/**
 * A group's records in ZooKeeper. Every outcome is stored in one transaction that also writes the
 * group's own record at the version that was read, so that only one coordinator can go on from a
 * state: a leader that was deposed fails with {@link KeeperException.BadVersionException}. After
 * any failure the store must be loaded anew. Not thread-safe.
 */
public final class GroupStore {
  private static final int TRANSACTION_BYTES = 500_000;
  private static final int SCHEMAS_TO_SWEEP = 512;

  private final CuratorFramework curator;
  private final GroupPaths paths;
  private final Clock clock;
  private final BulkReader reader;
  private final Journal journal;
  private final DepartedNodes departed;
  private final Map<String, String> digests = new HashMap<>();
  private HashedSchemas schemas = new HashedSchemas();
  private StoredGroup stored;
  private TableSchema found;
  private int version;

  /** A store that has not been loaded. */
  public GroupStore(CuratorFramework curator, GroupPaths paths, Clock clock) {
    this.curator = curator;
    this.paths = paths;
    this.clock = clock;
    this.reader = new BulkReader(curator);
    this.journal = new Journal(curator, paths);
    this.departed = new DepartedNodes(curator, paths);
  }

  /** The group as it is stored; only after {@link #load} gave true. */
  public StoredGroup stored() {
    return stored;
  }

  /**
   * The merged table as it was before anybody coordinated it, with the columns that routes add;
   * null when there was none. Only after {@link #load} gave true.
   */
  public TableSchema found() {
    return found;
  }

  /**
   * Reads the group.
   *
   * @param settings the task's settings, for a group nobody has coordinated yet; null when its sink
   *     has not stated them
   * @return false when there is no group: its first sink has not stated what it found, or nobody
   *     has coordinated it and there are no settings
   * @throws KeeperException when ZooKeeper fails, or the group changed meanwhile
   */
  public boolean load(TaskSettings settings) throws Exception {
    String foundText = Records.decode(Nodes.read(curator, paths.found()));
    if (foundText == null) {
      return false;
    }

    for (String parent :
        List.of(
            paths.members(),
            paths.allPending(),
            paths.decisions(),
            paths.schemas(),
            paths.journal(),
            paths.commands())) {
      Nodes.ensure(curator, parent, new byte[0]);
    }

    Stat stat = new Stat();
    String text = Records.decode(Nodes.read(curator, paths.root(), stat));
    if (text == null && settings == null) {
      return false;
    }

    version = stat.getVersion();
    journal.finish(version);
    digests.clear();
    found = FoundJson.read(foundText);
    stored = read(text, settings);
    if (curator.checkExists().forPath(paths.root()).getVersion() != version) {
      throw KeeperException.create(KeeperException.Code.BADVERSION, paths.root());
    }

    return true;
  }

  private StoredGroup read(String text, TaskSettings settings) throws Exception {
    schemas = new HashedSchemas();
    children(paths.schemas()).forEach(schemas::add);
    List<Member> members = new ArrayList<>();
    children(paths.members()).values().forEach(own -> members.add(MemberJson.read(own, schemas)));
    TreeMap<MemberId, Decision> decisions = new TreeMap<>();
    children(paths.decisions())
        .forEach((name, own) -> decisions.put(MemberId.ofNodeName(name), DecisionJson.read(own)));
    TreeMap<MemberId, Long> since = new TreeMap<>();
    List<Pending> pending = new ArrayList<>();
    for (String own : children(paths.allPending()).values()) {
      PendingJson.Stored one = PendingJson.read(own, schemas);
      MemberId id = one.pending().request().member();
      since.put(id, one.sinceMillis());
      pending.add(one.pending().withDecision(decisionOn(one.pending(), decisions.get(id))));
    }

    GroupState core = text == null ? start(settings) : GroupJson.read(text, schemas);
    if (text != null) {
      digests.put(paths.root(), Digests.of(text));
    }

    return new StoredGroup(core.with(members, pending), since, decisions);
  }

  private GroupState start(TaskSettings settings) {
    return GroupState.start(
        new GroupConfig(paths.target(), settings.mode(), settings.expectedSources()),
        AddedColumns.of(settings.routes(), paths.target()).without(found));
  }

  /** The decision that stands on a request; an execution for the group is one as well. */
  private static Decision decisionOn(Pending pending, Decision decision) {
    boolean own =
        decision != null
            && (decision.requestId() == null
                || decision.requestId().equals(pending.request().id()));
    return own ? decision : null;
  }

  private Map<String, String> children(String parent) throws Exception {
    Map<String, String> records = reader.children(parent);
    records.forEach((name, text) -> digests.put(parent + "/" + name, Digests.of(text)));
    return records;
  }

  /**
   * Stores an outcome together with other records.
   *
   * @param others texts by path: records outside the group that belong to the outcome; null for one
   *     that goes
   * @return whether anything had to be written
   * @throws KeeperException when ZooKeeper fails or another coordinator was faster
   */
  public boolean commit(Outcome outcome, Map<String, String> others) throws Exception {
    Change change = Change.of(paths, schemas, stored, outcome, clock.millis());
    String group = GroupJson.write(outcome.state(), schemas);
    List<Write> writes = writes(change.texts());
    writes.addAll(newSchemas());
    others.forEach(
        (path, text) ->
            writes.add(
                new Write(text == null ? Write.Kind.DELETE : Write.Kind.CREATE, path, text)));
    boolean changes = !writes.isEmpty() || !Digests.of(group).equals(digests.get(paths.root()));
    if (changes) {
      write(group, writes);
      remember(group, writes, others);
    }

    stored = change.after(outcome.state());
    return changes;
  }

  private List<Write> writes(Map<String, String> texts) {
    List<Write> writes = new ArrayList<>();
    texts.forEach(
        (path, text) -> {
          String known = digests.get(path);
          if (text == null) {
            if (known != null) {
              writes.add(new Write(Write.Kind.DELETE, path, null));
            }
          } else if (!Digests.of(text).equals(known)) {
            writes.add(new Write(known == null ? Write.Kind.CREATE : Write.Kind.SET, path, text));
          }
        });
    return writes;
  }

  private List<Write> newSchemas() {
    List<Write> writes = new ArrayList<>();
    for (String hash : schemas.takeUsed()) {
      if (!digests.containsKey(paths.schema(hash))) {
        writes.add(new Write(Write.Kind.CREATE, paths.schema(hash), schemas.text(hash)));
      }
    }

    return writes;
  }

  private void write(String group, List<Write> writes) throws Exception {
    int bytes = writes.stream().mapToInt(Write::size).sum();
    byte[] record = Records.encode(group);
    List<CuratorOp> ops = new ArrayList<>();
    ops.add(curator.transactionOp().setData().withVersion(version).forPath(paths.root(), record));
    boolean large = bytes + record.length > TRANSACTION_BYTES;
    if (large) {
      String commit = journal.prepare(Journal.parts(writes));
      ops.add(curator.transactionOp().create().forPath(commit, new byte[0]));
    } else {
      for (Write write : writes) {
        ops.add(write.op(curator));
      }
    }

    List<CuratorTransactionResult> results = curator.transaction().forOperations(ops);
    version = results.get(0).getResultStat().getVersion();
    if (large) {
      journal.finish(version);
    }
  }

  private void remember(String group, List<Write> writes, Map<String, String> others) {
    digests.put(paths.root(), Digests.of(group));
    for (Write write : writes) {
      if (write.text() == null) {
        digests.remove(write.path());
      } else if (!others.containsKey(write.path())) {
        digests.put(write.path(), Digests.of(write.text()));
      }
    }
  }

  /** Removes what no record needs any more, once it has become much. */
  public void sweep() throws Exception {
    List<MemberId> gone = departed.sweep(stored, version);
    gone.forEach(member -> digests.remove(paths.decision(member)));
    stored = stored.without(gone);
    sweepSchemas();
  }

  private void sweepSchemas() throws Exception {
    String prefix = paths.schemas() + "/";
    List<String> known = digests.keySet().stream().filter(path -> path.startsWith(prefix)).toList();
    if (known.size() < SCHEMAS_TO_SWEEP) {
      return;
    }

    Set<String> used = used();
    List<CuratorOp> ops = new ArrayList<>();
    ops.add(curator.transactionOp().check().withVersion(version).forPath(paths.root()));
    for (String path : known) {
      String hash = path.substring(prefix.length());
      if (!used.contains(hash)) {
        ops.add(curator.transactionOp().delete().forPath(path));
        schemas.remove(hash);
        digests.remove(path);
      }
    }

    curator.transaction().forOperations(ops);
  }

  private Set<String> used() {
    schemas.takeUsed();
    GroupJson.write(stored.state(), schemas);
    stored.state().members().values().forEach(member -> MemberJson.write(member, schemas));
    stored.state().pending().values().forEach(one -> PendingJson.write(one, 0, schemas));
    return schemas.takeUsed();
  }
}
