package io.dmconnect.coordinator.engine;

import io.dmconnect.coordinator.store.BulkReader;
import io.dmconnect.coordinator.store.GroupStore;
import io.dmconnect.coordinator.store.StoredGroup;
import io.dmconnect.model.TableId;
import io.dmconnect.model.check.AddedColumns;
import io.dmconnect.model.coordination.ActionJson;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decider;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Execution;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.GroupCore;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.coordination.Outcome;
import io.dmconnect.model.coordination.Pending;
import io.dmconnect.model.coordination.ReportJson;
import io.dmconnect.model.coordination.RequestJson;
import io.dmconnect.model.coordination.RowMove;
import io.dmconnect.model.coordination.StartProblem;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.GroupPaths;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.curator.framework.CuratorFramework;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what participants state for one group through the decider and stores what comes out.
 * Reading the same again leads to the same, so that every failure is answered by loading anew. Not
 * thread-safe.
 */
final class GroupEngine {
  private static final Logger LOG = LoggerFactory.getLogger(GroupEngine.class);

  private final TaskEngine task;
  private final CoordinationPaths taskPaths;
  private final GroupPaths paths;
  private final BulkReader reader;
  private final GroupStore store;
  private String problem;

  GroupEngine(
      TaskEngine task,
      CuratorFramework curator,
      CoordinationPaths taskPaths,
      TableId target,
      Clock clock) {
    this.task = task;
    this.taskPaths = taskPaths;
    this.paths = taskPaths.group(target);
    this.reader = new BulkReader(curator);
    this.store = new GroupStore(curator, paths, clock);
  }

  StoredGroup stored() {
    return store.stored();
  }

  /** What is wrong with the inputs taken last; null for nothing. */
  String problem() {
    return problem;
  }

  /** Whether a precheck that failed keeps tables from being merged. */
  boolean isBlocked() {
    GroupState state = store.stored().state();
    return state.members().isEmpty()
        && !state.pending().isEmpty()
        && state.config().problems().stream().anyMatch(StartProblem::isClash);
  }

  /** Reads the group; false when there is none yet. */
  boolean read() throws Exception {
    return store.load(task.isConfigured() ? task.settings() : null);
  }

  /** The merged table as it is, with the columns that routes add; null when there is none yet. */
  TableSchema merged() {
    return AddedColumns.of(task.settings().routes(), paths.target())
        .restored(store.stored().state().target(), store.found());
  }

  /** Takes everything stated for the group. */
  void takeAll() throws Exception {
    List<Input> inputs = new ArrayList<>(settings());
    List<String> texts = new ArrayList<>(reader.children(paths.reports()).values());
    reports(texts, inputs);
    texts = new ArrayList<>(reader.children(paths.requests()).values());
    requests(texts, inputs);
    decide(inputs);
    commands(reader.children(paths.commands()).values());
  }

  /** Takes what changed below the group's node. */
  void changed(Collection<String> changedPaths) throws Exception {
    Map<String, String> records = reader.records(changedPaths);
    List<String> reports = new ArrayList<>();
    List<String> requests = new ArrayList<>();
    List<String> commands = new ArrayList<>();
    records.forEach(
        (path, text) -> {
          if (path.startsWith(paths.reports() + "/")) {
            reports.add(text);
          } else if (path.startsWith(paths.requests() + "/")) {
            requests.add(text);
          } else if (path.startsWith(paths.commands() + "/")) {
            commands.add(text);
          }
        });
    List<Input> inputs = new ArrayList<>();
    reports(reports, inputs);
    requests(requests, inputs);
    if (!inputs.isEmpty()) {
      decide(inputs);
    }

    commands(commands);
  }

  /** Takes what the task's sink and sources stated anew. */
  void settingsChanged() throws Exception {
    List<Input> inputs = new ArrayList<>(settings());
    inputs.addAll(exchanges());
    decide(inputs);
  }

  private List<Input> settings() throws Exception {
    if (!task.isConfigured()) {
      return List.of();
    }

    GroupState state = store.stored().state();
    List<Input> inputs = new ArrayList<>();
    inputs.add(new Input.Configured(task.settings().mode(), task.settings().expectedSources()));
    inputs.add(new Input.Checked(task.startProblems(paths.target())));
    NavigableSet<String> known = new TreeSet<>(state.stated().keySet());
    known.addAll(task.sources());
    known.addAll(task.forgotten());
    for (String source : known) {
      NavigableSet<TableId> tables = task.tablesOf(source, paths.target());
      boolean forgotten = state.core().departed().forgotten().contains(source);
      if (tables == null && !task.isUnreadable(source) && !forgotten) {
        inputs.add(new Input.SourceForgotten(source));
      } else if (tables != null && (forgotten || !tables.equals(state.stated().get(source)))) {
        inputs.add(new Input.SourceStated(source, tables));
        if (forgotten) {
          inputs.addAll(returning(source, tables));
        }
      }
    }

    return inputs;
  }

  /** The tables of a source that is back, with the schema after what their sink stated last. */
  private List<Input> returning(String source, Set<TableId> tables) throws Exception {
    List<Input> inputs = new ArrayList<>();
    for (String text : reader.children(paths.requests()).values()) {
      DdlRequest request = request(text);
      MemberId member = request == null || request.alone() ? null : request.memberAfter();
      if (member != null && member.source().equals(source) && tables.contains(member.table())) {
        inputs.add(new Input.MemberJoins(member, request.after()));
      }
    }

    return inputs;
  }

  private void reports(Collection<String> texts, List<Input> inputs) {
    GroupCore core = store.stored().state().core();
    for (String text : texts) {
      try {
        ReportJson.read(text).stream()
            .filter(report -> core.awaitsReport(report.executionId()))
            .map(this::withoutAddedColumns)
            .forEach(inputs::add);
      } catch (DmException e) {
        LOG.error("A report for {} is ignored", paths.target(), e);
      }
    }
  }

  private Input withoutAddedColumns(Input.ExecutionReported report) {
    AddedColumns added = AddedColumns.of(task.settings().routes(), paths.target());
    return report.withObserved(added.without(report.observed()));
  }

  private void requests(Collection<String> texts, List<Input> inputs) {
    for (String text : texts) {
      DdlRequest request = request(text);
      if (request != null && !isDone(request)) {
        inputs.add(withOthers(request).input());
      }
    }
  }

  private DdlRequest withOthers(DdlRequest request) {
    return request.exchangedWith().stream().anyMatch(this::isOfOthers)
        ? request.withRowMove(RowMove.EXCHANGES_WITH_OTHERS)
        : request;
  }

  /** Changes that wait, of which it is known by now that they concern others' rows. */
  private List<Input> exchanges() {
    return store.stored().state().pending().values().stream()
        .map(Pending::request)
        .filter(request -> !request.exchangedWith().isEmpty())
        .map(this::withOthers)
        .map(DdlRequest::input)
        .toList();
  }

  private boolean isOfOthers(TableId target) {
    return !target.equals(paths.target()) && task.isMerged(target);
  }

  /** The request of a text; null when it cannot be read. */
  private DdlRequest request(String text) {
    try {
      return RequestJson.read(text);
    } catch (DmException e) {
      LOG.error("A request for {} is ignored", paths.target(), e);
      return null;
    }
  }

  /** Whether the member was told to go past the request; a left member must not come back by it. */
  private boolean isDone(DdlRequest request) {
    StoredGroup stored = store.stored();
    return stored.decisions().get(request.member()) instanceof Decision.Skip skip
        && request.id().equals(skip.requestId())
        && !stored.state().pending().containsKey(request.member());
  }

  private void commands(Collection<String> texts) throws Exception {
    Map<String, OperatorAction> actions = new TreeMap<>();
    for (String text : texts) {
      try {
        OperatorAction action = ActionJson.read(text);
        actions.put(action.id(), action);
      } catch (DmException e) {
        LOG.error("A command for {} is ignored", paths.target(), e);
      }
    }

    for (OperatorAction action : actions.values()) {
      act(action);
    }
  }

  private void act(OperatorAction given) throws Exception {
    GroupState state = store.stored().state();
    OperatorAction action =
        given.exit() == Exit.RESET_SCHEMA ? given.withSchema(stated(given.member())) : given;
    Outcome outcome = Commands.outcome(state, action, Decider::decide);
    AuditEntry entry = AuditEntry.of(paths.target(), action, outcome.notes());
    Map<String, String> others = new HashMap<>();
    others.put(paths.command(action.id()), null);
    others.put(taskPaths.audit() + "/" + action.id(), AuditJson.write(entry));
    store.commit(outcome, others);
    LOG.info(
        "{}: {} by {} on {}: {}",
        paths.target(),
        action.exit(),
        action.operator(),
        action.member(),
        outcome.notes());
    task.published(this);
    task.carriedOut(entry);
    answerAgain(state.core().inFlight());
  }

  /** A member's schema by what its sink stated last; null when that tells none. */
  private TableSchema stated(MemberId member) throws Exception {
    Pending pending = store.stored().state().pending().get(member);
    if (pending != null) {
      return pending.request().before();
    }

    String path = paths.request(member);
    String text = reader.records(List.of(path)).get(path);
    DdlRequest request = text == null ? null : request(text);
    return request == null ? null : request.after();
  }

  /** What the inputs lead to; one the decider fails on is left out, so that all others count. */
  private Outcome outcome(List<Input> inputs) {
    problem = null;
    try {
      return Decider.decide(store.stored().state(), inputs);
    } catch (RuntimeException e) {
      LOG.error("{}: the decider fails, its inputs are taken one by one", paths.target(), e);
    }

    GroupState state = store.stored().state();
    NavigableMap<MemberId, Decision> decisions = new TreeMap<>();
    List<String> notes = new ArrayList<>();
    for (Input input : inputs) {
      try {
        Outcome outcome = Decider.decide(state, input);
        state = outcome.state();
        decisions.putAll(outcome.decisions());
        notes.addAll(outcome.notes());
      } catch (RuntimeException e) {
        problem = "An input is left out because the decider fails on it: " + e;
        LOG.error("{}: left out: {}", paths.target(), input, e);
      }
    }

    return new Outcome(state, decisions, notes);
  }

  private void decide(List<Input> inputs) throws Exception {
    Execution before = store.stored().state().core().inFlight();
    Outcome outcome = outcome(inputs);
    store.commit(outcome, Map.of());
    outcome.notes().forEach(note -> LOG.info("{}: {}", paths.target(), note));
    outcome
        .decisions()
        .forEach((member, decision) -> LOG.debug("{}: {} {}", paths.target(), member, decision));
    store.sweep();
    task.published(this);
    answerAgain(before);
  }

  /**
   * A member that carried out what belongs to no request may have been told to go past its own one
   * just before, and not have seen it: that decision had to make room.
   */
  private void answerAgain(Execution before) throws Exception {
    GroupState state = store.stored().state();
    Execution now = state.core().inFlight();
    boolean ended =
        before != null
            && before.requestId() == null
            && (now == null || !now.id().equals(before.id()))
            && state.members().containsKey(before.executor());
    if (!ended) {
      return;
    }

    String path = paths.request(before.executor());
    String text = reader.records(List.of(path)).get(path);
    List<Input> again = new ArrayList<>();
    if (text != null) {
      requests(List.of(text), again);
    }

    if (!again.isEmpty()) {
      decide(again);
    }
  }
}
