package io.dmconnect.coordinator.engine;

import io.dmconnect.coordinator.store.BulkReader;
import io.dmconnect.coordinator.store.StoredGroup;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.GroupConfig;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.SourceJson;
import io.dmconnect.model.coordination.StartProblem;
import io.dmconnect.model.coordination.TaskJson;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.Nodes;
import io.dmconnect.model.coordination.zk.Records;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.route.Router;
import io.dmconnect.model.schema.TableSchema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One DM task: what its sink and sources stated, and its groups. Not thread-safe. */
final class TaskEngine {
  private static final Logger LOG = LoggerFactory.getLogger(TaskEngine.class);
  private static final long CHECK_MILLIS = 10_000;
  private static final TaskSettings DEFAULTS =
      new TaskSettings(GroupMode.OPTIMISTIC, new TreeSet<>(), List.of(), false);

  private final CuratorFramework curator;
  private final CoordinationPaths paths;
  private final Clock clock;
  private final Consumer<TaskSnapshot> publish;
  private final Consumer<AuditEntry> done;
  private final Map<TableId, GroupEngine> groups = new HashMap<>();
  private final NavigableMap<TableId, TaskSnapshot.Group> snapshots = new TreeMap<>();
  private final NavigableMap<String, Input.SourceStated> sources = new TreeMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private final Prechecks prechecks = new Prechecks();
  private final Failures failures;
  private final Audit audit;
  private final Forgotten forgottenSources;
  private NavigableSet<String> everForgotten = new TreeSet<>();
  private long lastCheck;
  private TaskSettings stated;
  private RoutedTables routed = new RoutedTables(new Router(List.of()));

  TaskEngine(
      CuratorFramework curator,
      CoordinationPaths paths,
      Clock clock,
      Consumer<TaskSnapshot> publish,
      Consumer<AuditEntry> done) {
    this.curator = curator;
    this.paths = paths;
    this.clock = clock;
    this.publish = publish;
    this.done = done;
    this.failures = new Failures(clock);
    this.audit = new Audit(curator, paths);
    this.forgottenSources = new Forgotten(curator, paths);
  }

  /** What the sink stated; no deleted source is expected. */
  TaskSettings settings() {
    if (stated == null) {
      return DEFAULTS;
    }

    NavigableSet<String> expected = new TreeSet<>(stated.expectedSources());
    expected.removeAll(forgotten());
    return new TaskSettings(
        stated.mode(), expected, stated.routes(), stated.caseSensitive(), stated.ignoredChecks());
  }

  /** The sources that an operator deleted and that have not stated their tables since. */
  NavigableSet<String> forgotten() {
    NavigableSet<String> gone = new TreeSet<>(everForgotten);
    gone.removeAll(sources());
    gone.removeAll(unreadable);
    return gone;
  }

  Set<String> sources() {
    return sources.keySet();
  }

  /** Whether the sink has stated the settings. Without its routes no table belongs to a group. */
  boolean isConfigured() {
    return stated != null;
  }

  /** What stands against the beginning of a group. */
  List<StartProblem> startProblems(TableId target) {
    return prechecks.problems(target, settings(), sources());
  }

  /** Whether what a source stated cannot be read. */
  boolean isUnreadable(String source) {
    return unreadable.contains(source);
  }

  /** The tables of a source that route to a target; null when the source states nothing. */
  NavigableSet<TableId> tablesOf(String source, TableId target) {
    Input.SourceStated own = sources.get(source);
    return own == null ? null : routed.tables(own, target);
  }

  /** Whether several tables go, or went, to a target, as far as that is known. */
  boolean isMerged(TableId target) {
    return routed.isMerged(target, sources.values(), snapshots);
  }

  /** Reads everything and takes it. */
  void load() throws Exception {
    audit.ensure();
    readSettings();
    readSources();
    check();
    publish();
    loadGroups();
  }

  private void loadGroups() throws Exception {
    List<String> names;
    try {
      names = curator.getChildren().forPath(paths.groups());
    } catch (KeeperException.NoNodeException e) {
      return;
    }

    // Changes of one group's table may be about another's rows: all are known before any goes on.
    List<TableId> begun = new ArrayList<>();
    for (String name : names) {
      TableId target = target(name);
      if (target != null && !groups.containsKey(target)) {
        read(target);
        begun.add(target);
      }
    }

    for (TableId target : begun) {
      take(target);
    }
  }

  /** The target of a group's node name; null when it is not one. */
  private TableId target(String nodeName) {
    try {
      return CoordinationPaths.target(nodeName);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} has a node that is no group: {}", paths.groups(), nodeName);
      return null;
    }
  }

  private void readSettings() throws Exception {
    String text = Records.decode(Nodes.read(curator, paths.settings()));
    try {
      stated = text == null ? null : TaskJson.read(text);
      routed = new RoutedTables(new Router(settings().routes()));
    } catch (DmException e) {
      LOG.error("The settings of task {} cannot be read; the former ones stand", paths.task(), e);
    }
  }

  private void readSources() throws Exception {
    everForgotten = forgottenSources.read();
    sources.clear();
    unreadable.clear();
    new BulkReader(curator).children(paths.sources()).forEach(this::source);
    prechecks.found(new BulkReader(curator).children(paths.facts()));
  }

  private void check() {
    prechecks.run(settings(), sources(), this::merged);
  }

  /** Reads groups that failed once more: somebody may have put them right. */
  void tryAgain() throws Exception {
    for (TableId target : failures.due()) {
      load(target);
    }
  }

  /**
   * Has the sources look at their tables once more while what they found keeps a group from
   * beginning: somebody may have put it right.
   */
  void checkAgain() throws Exception {
    boolean blocked = groups.values().stream().anyMatch(GroupEngine::isBlocked);
    long now = clock.millis();
    if (blocked && now - lastCheck >= CHECK_MILLIS) {
      lastCheck = now;
      Nodes.ensure(curator, paths.check(), new byte[0]);
      curator.setData().forPath(paths.check(), new byte[0]);
    }
  }

  /** The merged table as it is; null when there is none, or its group is not known yet. */
  private TableSchema merged(TableId target) {
    GroupEngine group = groups.get(target);
    return group == null ? null : group.merged();
  }

  private void source(String nodeName, String text) {
    try {
      Input.SourceStated own = SourceJson.read(text);
      sources.put(own.source(), own);
    } catch (DmException e) {
      unreadable.add(CoordinationPaths.sourceOf(nodeName));
      LOG.error("What the source {} of task {} states is ignored", nodeName, paths.task(), e);
    }
  }

  private void load(TableId target) throws Exception {
    read(target);
    take(target);
  }

  private void read(TableId target) throws Exception {
    GroupEngine group = new GroupEngine(this, curator, paths, target, clock);
    attempt(
        target,
        () -> {
          if (group.read()) {
            groups.put(target, group);
            snapshots.put(target, new TaskSnapshot.Group(group.stored(), null));
          }
        });
  }

  private void take(TableId target) throws Exception {
    GroupEngine group = groups.get(target);
    if (group != null) {
      attempt(
          target,
          () -> {
            prechecks.run(target, merged(target));
            group.takeAll();
            failures.succeeded(target);
            published(group);
          });
    }
  }

  /** Takes what changed below the task's node. */
  void changed(Collection<String> changedPaths) throws Exception {
    boolean settingsChanged = false;
    Map<TableId, Set<String>> byGroup = new HashMap<>();
    for (String path : changedPaths) {
      if (path.equals(paths.settings())
          || path.startsWith(paths.sources() + "/")
          || path.startsWith(paths.facts() + "/")
          || path.startsWith(forgottenSources.parent() + "/")) {
        settingsChanged = true;
      } else if (path.startsWith(paths.groups() + "/")) {
        String[] parts = path.substring(paths.groups().length() + 1).split("/", -1);
        TableId target = target(parts[0]);
        if (target != null) {
          Set<String> own = byGroup.computeIfAbsent(target, name -> new HashSet<>());
          if (parts.length == 3 && isInput(parts[1])) {
            own.add(path);
          }
        }
      }
    }

    if (settingsChanged) {
      settingsChanged();
    }

    for (Map.Entry<TableId, Set<String>> entry : byGroup.entrySet()) {
      TableId target = entry.getKey();
      GroupEngine group = groups.get(target);
      if (group == null) {
        load(target);
      } else if (!entry.getValue().isEmpty()) {
        attempt(target, () -> group.changed(entry.getValue()));
      }
    }
  }

  private static boolean isInput(String folder) {
    return folder.equals("requests") || folder.equals("reports") || folder.equals("commands");
  }

  private void settingsChanged() throws Exception {
    boolean first = !isConfigured();
    readSettings();
    readSources();
    check();
    publish();
    for (Map.Entry<TableId, GroupEngine> entry : Map.copyOf(groups).entrySet()) {
      attempt(entry.getKey(), entry.getValue()::settingsChanged);
    }

    if (first && isConfigured()) {
      loadGroups();
    }
  }

  /** Keeps an error of one group from stopping the others. */
  private void attempt(TableId target, Step step) throws Exception {
    try {
      step.run();
    } catch (Exception e) {
      if (Failures.concernsAll(e)) {
        throw e;
      }

      LOG.error("The group {} of task {} cannot be coordinated", target, paths.task(), e);
      groups.remove(target);
      failures.failed(target);
      TaskSnapshot.Group last = snapshots.get(target);
      StoredGroup stored = last == null ? unread(target) : last.stored();
      snapshots.put(target, new TaskSnapshot.Group(stored, problem(target, e)));
      publish();
    }
  }

  private StoredGroup unread(TableId target) {
    return StoredGroup.unread(
        new GroupConfig(target, settings().mode(), settings().expectedSources()));
  }

  private String problem(TableId target, Exception e) {
    return "Its records below "
        + paths.group(target).root()
        + " cannot be read or written, which is tried again: "
        + e;
  }

  /** A group has a new state. */
  void published(GroupEngine group) {
    TableId target = group.stored().state().config().target();
    snapshots.put(target, new TaskSnapshot.Group(group.stored(), group.problem()));
    publish();
  }

  private void publish() {
    publish.accept(
        new TaskSnapshot(
            paths.task(), stated, sources, prechecks.answers(), prechecks.findings(), snapshots));
  }

  /** An operator's action was carried out. */
  void carriedOut(AuditEntry entry) throws Exception {
    done.accept(entry);
    audit.prune();
  }

  private interface Step {
    void run() throws Exception;
  }
}
