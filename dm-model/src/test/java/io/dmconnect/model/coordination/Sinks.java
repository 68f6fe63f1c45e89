package io.dmconnect.model.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the sinks of a world's shards do about executions, statement by statement, as {@code
 * Executions} and {@code MemberRuns} of connect-sink-tidb: an execution that is given up runs on
 * until another one takes its place, and what became of it is reported whenever that arrives.
 */
final class Sinks {
  private static final String GIVEN_UP = "Given up, and others run on the table";

  private static final int RESTARTS = 6;

  private final World world;
  private final Random random;
  private final Map<String, Entry> ledger = new LinkedHashMap<>();
  private final Map<MemberId, Run> runs = new TreeMap<>();
  private final Map<MemberId, Deque<Report>> reports = new TreeMap<>();
  private final Map<MemberId, Report> last = new TreeMap<>();

  /** The executions that were decided before the group knew what was running or had run. */
  private final Set<String> blind = new HashSet<>();

  private String latest;
  private boolean forgetful;

  /** An execution in the ledger that the sinks share, with the tables between its statements. */
  private static final class Entry {
    private final List<String> statements;
    private final List<TableSchema> tables;
    private final Change change;
    private final DdlRequest request;
    private int done;
    private int told;
    private boolean over;
    private boolean givenUp;
    private Run runner;

    Entry(Execution execution, TableSchema table, Shard executor) {
      Plan plan = execution.plan();
      statements = plan.statements();
      tables = new ArrayList<>();
      tables.add(table);
      for (int i = 1; i < statements.size() && plan.targetAfter(i) != null; i++) {
        tables.add(plan.targetAfter(i));
      }

      tables.add(plan.target());
      boolean own = !plan.generated() && executor != null && executor.at != null;
      change = own ? executor.script.peek() : null;
      request = own ? executor.at : null;
    }

    /** Whether only the table behind all of them is known, so that they run at once. */
    boolean isWhole() {
      return tables.size() <= statements.size();
    }

    boolean hasRun() {
      return done == statements.size();
    }
  }

  /** A sink that carries an execution out. */
  private static final class Run {
    private final MemberId member;
    private final Decision.Execute execute;
    private final Entry entry;

    Run(MemberId member, Decision.Execute execute, Entry entry) {
      this.member = member;
      this.execute = execute;
      this.entry = entry;
    }
  }

  private record Report(Input.ExecutionReported input, Entry entry) {}

  Sinks(World world, Random random) {
    this.world = world;
    this.random = random;
    world.inOrder = false;
    world.decided = this::decided;
    world.told = this::haveTold;
  }

  /** From now on a sink may be restarted and tell nothing of what it ran before. */
  void forget() {
    forgetful = true;
    world.told = () -> false;
  }

  /** Whether nothing runs and the group has been told of every statement that ran. */
  boolean haveTold() {
    return reports.values().stream().allMatch(Deque::isEmpty)
        && ledger.values().stream()
            .allMatch(entry -> entry.done == entry.told && entry.runner == null);
  }

  /** Whether nothing runs and no report is under way. */
  boolean isIdle() {
    return runs.isEmpty() && reports.values().stream().allMatch(Deque::isEmpty);
  }

  private void decided() {
    Execution now = world.state.core().inFlight();
    if (now != null && !now.id().equals(latest)) {
      latest = now.id();
      if (!haveTold()) {
        blind.add(latest);
      }
    }
  }

  /** The shard's sink asks, once what it had to report has arrived. */
  void ask(Shard shard) {
    if (shard.at != null || shard.reach()) {
      boolean reported = true;
      while (reported) {
        reported = deliver(shard.id);
      }

      world.ask(shard);
    }
  }

  /** The shard's sink does what comes next; false when there is nothing. */
  boolean act(Shard shard) {
    Run run = runs.get(shard.id);
    if (run != null && forgetful && random.nextInt(RESTARTS) == 0) {
      restart(run);
    } else if (run != null) {
      advance(run);
    } else if (world.decisions.get(shard.id) instanceof Decision.Execute execute) {
      begin(shard.id, execute);
    } else {
      return world.goOn(shard);
    }

    return true;
  }

  private void restart(Run run) {
    runs.remove(run.member);
    reports.remove(run.member);
    endSession(run.entry);
  }

  private void begin(MemberId member, Decision.Execute execute) {
    Execution execution = world.state.core().inFlight();
    assertThat(execution.id()).isEqualTo(execute.executionId());
    Shard executor = world.shards.get(execution.executor());
    String key = execute.begunAs() + execute.statements();
    Entry entry =
        ledger.computeIfAbsent(key, absent -> new Entry(execution, world.state.target(), executor));
    Run run = new Run(member, execute, entry);
    runs.put(member, run);
    if (!entry.over) {
      ledger.values().stream().filter(other -> other != entry).forEach(this::giveUp);
      endSession(entry);
      entry.givenUp = false;
      entry.runner = run;
    }
  }

  private void giveUp(Entry other) {
    if (!other.over && !other.givenUp) {
      endSession(other);
      other.givenUp = true;
    }
  }

  /** The connection that runs an execution ends, perhaps behind the statement it had sent. */
  private void endSession(Entry entry) {
    if (entry.runner != null && random.nextBoolean() && refusal(entry) == null) {
      runNext(entry);
    }

    entry.runner = null;
  }

  private void advance(Run run) {
    Entry entry = run.entry;
    if (entry.over || entry.hasRun()) {
      entry.over = true;
      entry.runner = null;
      end(run, entry.statements.size(), null);
    } else if (entry.runner == run) {
      String refusal = refusal(entry);
      if (refusal == null) {
        runNext(entry);
      } else {
        refused(run, refusal);
      }
    } else if (stands(run)) {
      begin(run.member, run.execute);
    } else if (entry.givenUp) {
      end(run, entry.done, GIVEN_UP);
    } else {
      runs.remove(run.member);
    }
  }

  private void refused(Run run, String refusal) {
    assertThat(blind).as("%s: %s", run.execute, refusal).contains(run.execute.executionId());
    run.entry.runner = null;
    end(run, run.entry.done, refusal);
  }

  private boolean stands(Run run) {
    return world.decisions.get(run.member) instanceof Decision.Execute now
        && now.executionId().equals(run.execute.executionId());
  }

  private void end(Run run, int executed, String error) {
    boolean stands = stands(run);
    runs.remove(run.member);
    Input.ExecutionReported input =
        new Input.ExecutionReported(run.member, run.execute.executionId(), executed, error, null);
    reports
        .computeIfAbsent(run.member, member -> new ArrayDeque<>())
        .add(new Report(input, run.entry));
    Shard shard = world.shards.get(run.member);
    boolean own =
        shard != null && shard.at != null && shard.at.id().equals(run.execute.requestId());
    if (error == null && own && stands && random.nextBoolean()) {
      world.pass(shard);
    }
  }

  private static Alteration next(Entry entry) {
    int from = entry.isWhole() ? 0 : entry.done;
    int to = entry.isWhole() ? entry.tables.size() - 1 : entry.done + 1;
    return new Alteration(entry.tables.get(from), entry.tables.get(to));
  }

  private String refusal(Entry entry) {
    return entry.hasRun() ? null : next(entry).refusal(world.targetSchema);
  }

  private void runNext(Entry entry) {
    if (entry.hasRun()) {
      return;
    }

    TableSchema table = next(entry).applied(world.targetSchema);
    String sql = entry.statements.get(entry.done);
    entry.done = entry.isWhole() ? entry.statements.size() : entry.done + 1;
    if (entry.change == null) {
      world.apply(sql, table);
    } else {
      world.executed.add(sql);
      Shard.transform(world.target.values(), entry.change, entry.request);
      world.targetSchema = table;
    }
  }

  /** A report arrives, or one that did arrives once more; false when none was under way. */
  boolean deliver() {
    List<MemberId> from = reports.keySet().stream().filter(m -> !reports.get(m).isEmpty()).toList();
    if (from.isEmpty()) {
      last.values().stream().map(Report::input).forEach(world::decide);
      return false;
    }

    return deliver(from.get(random.nextInt(from.size())));
  }

  private boolean deliver(MemberId member) {
    Report report = reports.getOrDefault(member, new ArrayDeque<>()).poll();
    if (report == null) {
      return false;
    }

    report.entry.told = Math.max(report.entry.told, report.input.executed());
    last.put(member, report);
    world.decide(report.input);
    return true;
  }
}
