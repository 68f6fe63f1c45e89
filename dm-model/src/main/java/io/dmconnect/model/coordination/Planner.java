package io.dmconnect.model.coordination;

import io.dmconnect.model.TableId;
import io.dmconnect.model.join.ColumnValues;
import io.dmconnect.model.join.DdlStep;
import io.dmconnect.model.join.JoinContext;
import io.dmconnect.model.join.JoinReason;
import io.dmconnect.model.join.JoinResult;
import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.join.SchemaDiff;
import io.dmconnect.model.join.SchemaJoin;
import io.dmconnect.model.join.SchemaOverlay;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Works out what the merged table needs once some requests are done. */
final class Planner {
  private static final int KEPT_STEPS = 16;
  private static final int FORCED_ROUNDS = 3;

  private final GroupState state;
  private final List<Pending> done;
  private final View view;
  private final TableId table;
  private final GroupHistory history;
  private final List<DdlStep> steps = new ArrayList<>();
  private TableSchema target;
  private TableSchema joined;
  private boolean prepared;
  private boolean onlyMembers;

  /** Either a plan or the reasons why there is none. */
  record Result(Plan plan, List<JoinReason> reasons) {}

  private Planner(GroupState state, Collection<Pending> done) {
    this.state = state;
    this.done = List.copyOf(done);
    this.view = View.of(state, done);
    this.table = state.config().target();
    this.history = state.core().history().withoutColumns(RequestColumns.ended(done));
    this.target = state.core().target();
    this.joined = state.core().joined();
  }

  /** The plan that keeps the merged table at the join. */
  static Result plan(GroupState state, Collection<Pending> done) {
    return new Planner(state, done).run(state.core().history().accepted());
  }

  /**
   * The join of the others when a member is not captured any more; the merged table stays as it is,
   * so that nothing of tables that are still to join can get lost.
   *
   * @return the join so far when they have none any more; null when nobody is left
   */
  static TableSchema joinWithout(GroupState state, Pending deselected) {
    Planner planner = new Planner(state, List.of(deselected));
    planner.onlyMembers = true;
    Plan plan = planner.run(state.core().history().accepted()).plan();
    return plan == null ? state.core().joined() : plan.joined();
  }

  /**
   * The plan that carries a request out although it contradicts other members, or a merged table
   * that was found: where it does, the merged table gets the request's definition. Where that is
   * not enough, the statements are run as they are.
   */
  static Plan force(GroupState state, Pending pending) {
    TableSchema after = View.after(state, pending.request());
    NavigableSet<String> accepted = new TreeSet<>(state.core().history().accepted());
    Planner planner = new Planner(state, List.of(pending));
    Result result = planner.run(accepted);
    for (int i = 0; i < FORCED_ROUNDS && result.plan() == null; i++) {
      result.reasons().forEach(r -> accepted.add(JoinContext.key(r.part(), r.name())));
      planner.impose(result.reasons(), after);
      result = planner.run(accepted);
    }

    if (result.plan() != null) {
      return result.plan();
    }

    TableSchema joined = state.core().joined();
    return after == null
        ? Plans.nothing(state, pending)
        : Plans.verbatim(
            state,
            pending.request().statements(),
            List.of(pending),
            state.core().target(),
            joined == null ? after : joined);
  }

  private Result run(NavigableSet<String> accepted) {
    before();
    NavigableMap<String, List<IndexSchema>> former = FormerIndexes.after(state, done, view);
    if (view.size() == 0) {
      return new Result(result(target, null, former, accepted), List.of());
    }

    List<TableSchema> schemas = new ArrayList<>(view.distinct());
    if (joined != null && !onlyMembers && !state.unknown().isEmpty()) {
      schemas.add(joined);
    }

    NavigableSet<String> none = new TreeSet<>();
    JoinResult join = SchemaJoin.join(schemas, new JoinContext(target, former, none));
    if (join instanceof JoinResult.NoJoin noJoin) {
      NavigableSet<String> needed = new TreeSet<>();
      noJoin.reasons().forEach(r -> needed.add(JoinContext.key(r.part(), r.name())));
      needed.retainAll(accepted);
      none = needed;
      join = SchemaJoin.join(schemas, new JoinContext(target, former, needed));
    }

    if (join instanceof JoinResult.NoJoin noJoin) {
      return new Result(null, noJoin.reasons());
    }

    return finish(((JoinResult.Joined) join).schema(), former, none);
  }

  private Result finish(
      TableSchema join,
      NavigableMap<String, List<IndexSchema>> former,
      NavigableSet<String> accepted) {
    TableSchema goal = ColumnValues.withFills(join, partialFills());
    TableSchema wanted = goal;
    if (joined != null && target != null) {
      wanted = SchemaOverlay.holding(target, joined, goal);
    } else if (target != null) {
      JoinResult withFound = SchemaJoin.join(List.of(target, goal));
      if (withFound instanceof JoinResult.NoJoin noJoin) {
        return new Result(null, noJoin.reasons());
      }

      wanted = withoutLostIndexes(withFound.schemaOrNull());
    }

    if (target != null) {
      wanted = ColumnValues.withoutNewAutoIncrement(wanted, target);
    }

    backfill(wanted);
    TableSchema filled = target == null ? wanted : filled(wanted);
    steps.addAll(SchemaDiff.steps(target, filled, table));
    steps.addAll(SchemaDiff.steps(filled, wanted, table));
    return new Result(result(wanted, goal, former, accepted), List.of());
  }

  /** A found target keeps the indexes it has. */
  private TableSchema withoutLostIndexes(TableSchema wanted) {
    return new TableSchema(
        wanted.columns(), target.indexes(), target.options(), target.partitioning());
  }

  /** The held defaults of the columns that some member will lack, or one may that has not come. */
  private Map<String, String> partialFills() {
    return history.fills().entrySet().stream()
        .map(entry -> Map.entry(renamed(entry.getKey()), entry.getValue()))
        .filter(entry -> view.anyHas(entry.getKey()))
        .filter(entry -> state.isAwaiting(done) || !view.allHave(entry.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a));
  }

  private String renamed(String column) {
    return done.stream()
        .map(pending -> pending.request().renames().get(column))
        .filter(name -> name != null)
        .findFirst()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .orElse(column);
  }

  /**
   * Renames columns and empties re-added ones, once for all requests that do. A column whose name
   * another one gets goes first, unless that has the name already.
   */
  private void before() {
    if (prepared || target == null || joined == null) {
      return;
    }

    prepared = true;
    NavigableMap<String, String> renames = new TreeMap<>();
    NavigableSet<String> readded = new TreeSet<>();
    for (Pending pending : done) {
      renames.putAll(pending.request().renames());
      readded.addAll(pending.request().readded());
    }

    NavigableMap<String, String> replaced = RequestColumns.replaced(done);
    replaced.keySet().removeIf(old -> target.column(old).isEmpty());
    empty(new TreeSet<>(replaced.values()));
    TableSchema known = target;
    NavigableMap<String, String> left = Swaps.left(renames, known);
    boolean begun = !left.equals(renames);
    NavigableMap<String, String> here = new TreeMap<>(left);
    here.entrySet()
        .removeIf(
            rename ->
                known.column(rename.getKey()).isEmpty()
                    || (known.column(rename.getValue()).isPresent()
                        && !here.containsKey(RequestColumns.lower(rename.getValue()))));
    if (!here.isEmpty()) {
      steps.addAll(SchemaDiff.renames(target, here, table));
      target = last(SchemaDiff.renames(target, here, table), target);
      joined = last(SchemaDiff.renames(joined, begun ? renames : here, table), joined);
    }

    readded.removeIf(column -> known.column(column).isEmpty());
    empty(readded);
  }

  private void empty(NavigableSet<String> columns) {
    if (columns.isEmpty()) {
      return;
    }

    TableSchema emptied = ColumnValues.without(target, columns);
    steps.addAll(SchemaDiff.steps(target, emptied, table));
    target = emptied;
    joined = ColumnValues.without(joined, columns);
  }

  /**
   * The table with new columns as NOT NULL that are to be nullable only because their implicit
   * value cannot be their default: added so, the rows that exist get that value.
   */
  private TableSchema filled(TableSchema wanted) {
    Set<String> columns = new TreeSet<>();
    for (Pending pending : done) {
      for (ColumnSchema column : RequestColumns.fresh(pending.request())) {
        boolean implicit =
            !column.nullable()
                && column.isWritten()
                && !ColumnValues.hasLiteralDefault(column.type())
                && column.defaultSql() == null;
        if (implicit && target.column(column.name()).isEmpty()) {
          columns.add(RequestColumns.lower(column.name()));
        }
      }
    }

    return columns.isEmpty() ? wanted : ColumnValues.notNull(wanted, columns);
  }

  /** Rows without a value get the one MySQL gave them, where a default could not state it. */
  private void backfill(TableSchema wanted) {
    if (target == null) {
      return;
    }

    for (Pending pending : done) {
      for (ColumnSchema column : RequestColumns.added(pending.request())) {
        boolean nullable = target.column(column.name()).map(ColumnSchema::nullable).orElse(false);
        String fill = history.fills().get(RequestColumns.lower(column.name()));
        boolean needed =
            !column.nullable()
                && !ColumnValues.hasLiteralDefault(column.type())
                && fill != null
                && Fills.same(fill, Fills.of(column));
        if (nullable && needed && column.isWritten() && wanted.column(column.name()).isPresent()) {
          steps.add(
              SchemaDiff.backfill(target, column, ColumnValues.implicitFill(column.type()), table));
        }
      }
    }
  }

  /** Gives the merged table the request's definitions where they contradict other members'. */
  private void impose(List<JoinReason> reasons, TableSchema after) {
    if (target == null || after == null) {
      return;
    }

    TableSchema imposed =
        ColumnValues.withoutNewAutoIncrement(SchemaOverlay.impose(target, after, reasons), target);
    steps.addAll(SchemaDiff.steps(target, imposed, table));
    target = imposed;
    joined = joined == null ? null : SchemaOverlay.impose(joined, after, reasons);
  }

  private Plan result(
      TableSchema wanted,
      TableSchema goal,
      NavigableMap<String, List<IndexSchema>> former,
      NavigableSet<String> accepted) {
    NavigableSet<MemberId> completes = new TreeSet<>();
    done.forEach(pending -> completes.add(pending.member()));
    Plan plan =
        new Plan(
            steps.stream().map(DdlStep::sql).toList(),
            steps.size() > KEPT_STEPS ? List.of() : steps.stream().map(DdlStep::after).toList(),
            true,
            wanted,
            goal,
            completes,
            former,
            accepted);
    return alone() && isLiteral(wanted, goal)
        ? plan.withStatements(done.get(0).request().statements())
        : plan;
  }

  /** A statement that changes no definition may still take rows, as TRUNCATE PARTITION does. */
  private boolean hasOthersRows(MemberId member) {
    NavigableSet<MemberId> others =
        state.core().departed().whoseRowsMayStay(state.members().keySet());
    others.remove(member);
    return !others.isEmpty();
  }

  /** Whether the group has one member only, whose own statement is the best one. */
  private boolean alone() {
    if (done.size() != 1 || view.size() != 1 || joined == null || !state.unknown().isEmpty()) {
      return false;
    }

    DdlRequest request = done.get(0).request();
    if (request.keepsSchema() && hasOthersRows(request.member())) {
      return false;
    }

    if (RequestColumns.added(request).stream()
        .anyMatch(column -> KeptColumns.isKept(state, column.name()))) {
      return false;
    }

    boolean alters =
        switch (request.kind()) {
          case ALTER_TABLE, CREATE_INDEX, DROP_INDEX -> true;
          default -> false;
        };
    return alters
        && !request.statements().isEmpty()
        && !request.swaps()
        && SchemaComparison.equal(state.core().joined(), request.before());
  }

  /** Whether the request's own statement makes the merged table what it is to be. */
  private boolean isLiteral(TableSchema wanted, TableSchema goal) {
    TableSchema one = SchemaComparison.canonical(wanted);
    TableSchema other = SchemaComparison.canonical(goal);
    return other.columns().stream()
        .filter(column -> !column.equals(before(column.name())))
        .allMatch(column -> one.column(column.name()).filter(column::equals).isPresent());
  }

  /** The column before the request, in its canonical form. */
  private ColumnSchema before(String column) {
    TableSchema before = done.get(0).request().before();
    return before == null ? null : SchemaComparison.canonical(before).column(column).orElse(null);
  }

  private static TableSchema last(List<DdlStep> steps, TableSchema otherwise) {
    return steps.isEmpty() ? otherwise : steps.get(steps.size() - 1).after();
  }
}
