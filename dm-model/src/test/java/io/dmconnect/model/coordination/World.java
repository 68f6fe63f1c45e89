package io.dmconnect.model.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.join.ColumnValues;
import io.dmconnect.model.join.JoinContext;
import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.join.SchemaJoin;
import io.dmconnect.model.join.SqlWriter;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shards, their sinks, the merged table with its rows and the decider between them, all in memory.
 * Statements run as a server would; each execution runs at most once, as the sink's ledger sees to.
 */
final class World {
  private static final Pattern SPEC =
      Pattern.compile(
          "ALTER TABLE \\S+ (ADD COLUMN|DROP COLUMN|RENAME COLUMN) `(\\w+)`( TO `(\\w+)`)?.*");
  private static final Pattern BACKFILL =
      Pattern.compile("UPDATE \\S+ SET `(\\w+)` = (\\S+) WHERE .*");

  static final TableId TARGET = new TableId("shop", "orders");

  /** How statements of an operator begin, which bring the merged table where the group wants it. */
  static final String REPLACED = "CALL operators_own";

  final Map<MemberId, Shard> shards = new LinkedHashMap<>();
  final Map<MemberId, Decision> decisions = new HashMap<>();
  private final Set<String> passed = new HashSet<>();
  final Map<Integer, Map<String, String>> target = new TreeMap<>();
  final Map<String, List<String>> ledger = new HashMap<>();
  final List<String> executed = new ArrayList<>();
  GroupState state;
  TableSchema targetSchema;
  boolean checkJoin = true;
  boolean inOrder = true;

  /** Hears of each state that the group comes to. */
  Runnable decided = () -> {};

  /** Whether the group has been told of all that ran on the merged table. */
  BooleanSupplier told = () -> true;

  private final Set<String> asked = new HashSet<>();
  private GroupState reread;
  private int rowIds;

  World(GroupMode mode, String... sources) {
    state = GroupState.start(GroupConfig.of(TARGET, mode, List.of(sources)), null);
  }

  static String fill(ColumnSchema column) {
    String fill = Fills.of(column);
    return fill.matches("'?\\d+'?") ? fill.replace("'", "") : fill;
  }

  /** A shard whose table exists from the start. */
  Shard add(MemberId id, TableSchema schema) {
    Shard shard = new Shard(id);
    shards.put(id, shard);
    shard.at =
        DdlRequest.of(
            id + "-create", id, DdlKind.CREATE_TABLE, List.of("CREATE TABLE t"), null, schema);
    return shard;
  }

  /** The coordinator dies and another one reads its records; once for each state. */
  void restartCoordinator() {
    if (state.equals(reread)) {
      return;
    }

    SchemaTexts texts = SchemaTexts.INLINE;
    List<Member> members =
        state.members().values().stream()
            .map(m -> MemberJson.read(MemberJson.write(m, texts), texts))
            .toList();
    List<Pending> pending =
        state.pending().values().stream()
            .map(
                one ->
                    PendingJson.read(PendingJson.write(one, 7, texts), texts)
                        .pending()
                        .withDecision(
                            one.decision() == null
                                ? null
                                : DecisionJson.read(DecisionJson.write(one.decision()))))
            .toList();
    GroupState read = GroupJson.read(GroupJson.write(state, texts), texts).with(members, pending);
    assertThat(read).isEqualTo(state);
    state = read;
    reread = read;
    asked.clear();
  }

  /** Hands an input to the decider and keeps what it decides. */
  void decide(Input input) {
    Outcome outcome = Decider.decide(state, input);
    if (!outcome.state().equals(state)) {
      state = outcome.state();
      asked.clear();
    }

    outcome
        .decisions()
        .values()
        .forEach(d -> assertThat(DecisionJson.read(DecisionJson.write(d))).isEqualTo(d));
    decisions.putAll(outcome.decisions());
    for (Decision decision : outcome.decisions().values()) {
      if (decision instanceof Decision.Skip skip) {
        passed.add(skip.requestId());
      }
    }

    decisions.values().removeIf(this::isOver);
    decided.run();
    check();
  }

  /** What the coordinator takes away from where the sinks read it. */
  private boolean isOver(Decision decision) {
    Execution now = state.core().inFlight();
    return decision instanceof Decision.Execute execute
        && (now == null || !now.id().equals(execute.executionId()));
  }

  /** The shard's sink asks about the DDL it stands at. */
  void ask(Shard shard) {
    if (shard.at != null) {
      ask(shard.at);
    }
  }

  /** Asks about a request, but only once of one state, which would be told the same again. */
  void ask(DdlRequest request) {
    if (asked.add(request.id())) {
      decide(new Input.RequestArrives(request));
    }
  }

  /** The shard's sink acts on its decision; false when there is nothing to act on. */
  boolean act(Shard shard, boolean reportIsLost) {
    Decision decision = decisions.get(shard.id);
    if (decision instanceof Decision.Execute execute) {
      run(execute);
      if (!reportIsLost) {
        report(shard, execute);
      }

      return true;
    }

    return goOn(shard);
  }

  /** The shard goes past its change when it is told to; false when it is not. */
  boolean goOn(Shard shard) {
    Decision decision = decisions.get(shard.id);
    boolean goesOn =
        decision instanceof Decision.Skip
            && shard.at != null
            && shard.at.id().equals(decision.requestId());
    if (goesOn) {
      pass(shard);
      decisions.remove(shard.id);
    }

    return goesOn;
  }

  /** The shard's change is behind it. */
  void pass(Shard shard) {
    shard.pass();
    if (shard.schema == null) {
      shards.remove(shard.id);
    }
  }

  private void report(Shard shard, Decision.Execute execute) {
    boolean stands = state.core().inFlight() != null;
    if (execute.requestId() == null) {
      decisions.remove(shard.id);
    }

    decide(
        new Input.ExecutionReported(
            shard.id, execute.executionId(), execute.statements().size(), null, null));
    assertThat(stands || state.core().inFlight() == null).isTrue();
  }

  private void run(Decision.Execute execute) {
    List<String> begun = ledger.putIfAbsent(execute.begunAs(), execute.statements());
    if (begun != null) {
      assertThat(execute.statements()).as("what the ledger knows it as").isEqualTo(begun);
      return;
    }

    Execution execution = state.core().inFlight();
    assertThat(execution).as("execution of %s", execute).isNotNull();
    assertThat(execution.id()).isEqualTo(execute.executionId());
    Shard owner = shards.get(execution.executor());
    if (!execute.generated()) {
      executed.addAll(execute.statements());
      if (!target.isEmpty()) {
        assertThat(execution.requestId()).as("whose rows change with %s", execute).isNotNull();
        Shard.transform(target.values(), owner.script.peek(), owner.at);
      }

      targetSchema = execution.plan().target();
      return;
    }

    for (int i = 0; i < execute.statements().size(); i++) {
      run(execute.statements().get(i), execution.plan().targetAfter(i + 1));
    }
  }

  private void run(String sql, TableSchema after) {
    if (!BACKFILL.matcher(sql).matches()) {
      assertThat(after).as("a statement that ran before: %s", sql).isNotEqualTo(targetSchema);
    }

    apply(sql, after);
  }

  /** The target runs a generated statement. */
  void apply(String sql, TableSchema after) {
    executed.add(sql);
    Matcher spec = SPEC.matcher(sql);
    Matcher backfill = BACKFILL.matcher(sql);
    if (spec.matches()) {
      String name = spec.group(2);
      switch (spec.group(1)) {
        case "ADD COLUMN" -> {
          assertThat(targetSchema.column(name)).as(sql).isEmpty();
          String fill = fill(after.column(name).orElseThrow());
          target.values().forEach(row -> row.put(name, fill));
        }
        case "DROP COLUMN" -> {
          assertThat(targetSchema.column(name)).as(sql).isPresent();
          target.values().forEach(row -> row.remove(name));
        }
        default -> target.values().forEach(row -> row.put(spec.group(4), row.remove(name)));
      }
    } else if (backfill.matches()) {
      target
          .values()
          .forEach(
              row ->
                  row.computeIfPresent(
                      backfill.group(1),
                      (name, value) -> value.equals("NULL") ? backfill.group(2) : value));
    }

    targetSchema = after;
  }

  /** The shard gets a row, which goes to the merged table at once. */
  void insert(Shard shard) {
    int id = rowIds++;
    Map<String, String> row = new HashMap<>();
    Map<String, String> merged = new HashMap<>();
    for (ColumnSchema column : shard.schema.columns()) {
      row.put(column.name(), "v" + id + column.name());
    }

    for (ColumnSchema column : targetSchema.columns()) {
      merged.put(column.name(), fill(column));
    }

    row.forEach(
        (name, value) -> {
          assertThat(targetSchema.column(name))
              .as("column %s of %s in the merged table", name, shard.id)
              .isPresent();
          merged.put(name, value);
        });
    shard.rows.put(id, row);
    target.put(id, merged);
  }

  /** The group knows the merged table; the places of columns that came at once do not count. */
  private void checkTarget() {
    boolean one = SchemaComparison.equal(targetSchema, state.target());
    assertThat(targetSchema)
        .as("what the group takes the table for")
        .isEqualTo(one && !inOrder ? targetSchema : state.target());
  }

  /** What must hold at every moment. */
  private void check() {
    boolean optimistic = state.config().mode() != GroupMode.PESSIMISTIC;
    TableSchema joined = state.core().joined();
    if (joined == null || state.core().inFlight() != null) {
      return;
    }

    boolean known = told.getAsBoolean();
    if (known) {
      checkTarget();
    }

    for (ColumnSchema column : joined.columns()) {
      boolean number = column.type().name().endsWith("int") && column.defaultSql() != null;
      assertThat(!number || column.defaultSql().matches("'?\\d+'?|NULL")).as("%s", column).isTrue();
    }

    if (optimistic) {
      checkTakesRows(joined);
    }

    if (!optimistic || !checkJoin || !known) {
      return;
    }

    List<TableSchema> schemas = state.members().values().stream().map(Member::seen).toList();
    checkRows();
    if (!state.unknown().isEmpty() || schemas.isEmpty()) {
      return;
    }

    TableSchema join =
        SchemaJoin.join(
                schemas,
                new JoinContext(
                    targetSchema, state.core().history().formerIndexes(), new TreeSet<>()))
            .schemaOrNull();
    assertThat(join).isNotNull();
    TableSchema held = ColumnValues.withFills(join, state.core().history().fills());
    assertThat(text(joined)).isEqualTo(text(held));
    assertThat(text(targetSchema)).isEqualTo(text(joined));
  }

  /**
   * The merged table takes the rows of every member, but where an operator said otherwise. A member
   * writes all of its columns, whatever the default that the merged table has to hold.
   */
  private void checkTakesRows(TableSchema joined) {
    if (!state.core().history().accepted().isEmpty()) {
      return;
    }

    Map<String, String> fills = state.core().history().fills();
    List<TableSchema> schemas =
        state.members().values().stream().map(Member::seen).distinct().toList();
    for (TableSchema seen : schemas) {
      JoinContext context =
          new JoinContext(targetSchema, state.core().history().formerIndexes(), new TreeSet<>());
      TableSchema written = ColumnValues.withFills(seen, fills);
      TableSchema both = SchemaJoin.join(List.of(joined, written), context).schemaOrNull();
      assertThat(both).as("join of %s and a member's %s", text(joined), text(seen)).isNotNull();
      assertThat(text(ColumnValues.withFills(both, fills))).isEqualTo(text(joined));
    }
  }

  /** The merged table has every row of every shard, with the values it has there. */
  private void checkRows() {
    for (Shard shard : shards.values()) {
      if (shard.at != null && passed.contains(shard.at.id())) {
        continue;
      }

      shard.rows.forEach(
          (id, row) ->
              assertThat(target.get(id))
                  .as("row %s of %s in the merged table", id, shard.id)
                  .containsAllEntriesOf(row));
    }
  }

  /** The schema as SQL in its canonical form. */
  static String text(TableSchema schema) {
    return SqlWriter.createTable(SchemaComparison.canonical(schema), TARGET);
  }

  /** Whether every shard has made all its changes. */
  boolean isDone() {
    return shards.values().stream().allMatch(shard -> shard.at == null && !shard.reach());
  }

  /** The rows of all shards. */
  Map<Integer, Map<String, String>> upstream() {
    Map<Integer, Map<String, String>> rows = new TreeMap<>();
    shards.values().forEach(shard -> rows.putAll(shard.rows));
    return rows;
  }
}
