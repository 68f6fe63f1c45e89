package io.dmconnect.sink.sql;

import static java.util.Objects.requireNonNull;

import io.dmconnect.sink.merge.NetEffect;
import io.dmconnect.sink.merge.NetRow;
import io.dmconnect.sink.row.ChangeKind;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.row.RowMapper;
import io.dmconnect.sink.row.RowTexts;
import io.dmconnect.sink.sql.PlannedStatement.Kind;
import io.dmconnect.sink.table.TargetTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Turns changes into SQL text.
 *
 * <p>A batch's deletes come first, then what may replace rows, then new rows, then new values of
 * rows that stay where they are. After the deletes no row is left whose unique values the batch
 * gives to another row, so swaps and chains of unique values need no further order.
 *
 * <p>Many new or replaced rows of a table go by LOAD DATA where that stores the same: TiDB takes it
 * for a quarter less CPU than INSERT. Instead of failing for a row it may leave it out or change a
 * value with a warning; whoever runs it has to look at both.
 *
 * <p>Keeps a text buffer between calls; not thread-safe, one per writer.
 */
public final class StatementPlanner {

  /** The changes that share statements' fixed texts, by what is done. */
  private static final class Shape {
    private final List<RowChange> deletes = new ArrayList<>();
    private final List<RowChange> replaces = new ArrayList<>();
    private final List<RowChange> reads = new ArrayList<>();
    private final List<RowChange> inserts = new ArrayList<>();
    private final List<RowChange> upserts = new ArrayList<>();
  }

  private final StatementWriter writer;
  private final Map<RowTexts, Shape> shapes = new LinkedHashMap<>();
  private RowMapper lastMapper;
  private Shape lastShape;

  /** A planner that keeps to those sizes and writes all rows by DML. */
  public StatementPlanner(PlanLimits limits) {
    this(limits, table -> false);
  }

  /**
   * A planner.
   *
   * @param limits the sizes it keeps to
   * @param loads the tables that many rows may be written to by LOAD DATA
   */
  public StatementPlanner(PlanLimits limits, Predicate<TargetTable> loads) {
    this.writer =
        new StatementWriter(
            requireNonNull(limits, "limits is null"), requireNonNull(loads, "loads is null"));
  }

  /**
   * The statements that bring a batch's net effect about, to be run in this order in one
   * transaction.
   *
   * @param expectsNew whether rows of a snapshot that cannot be loaded are written as new ones,
   *     which TiDB takes cheaper; a duplicate key then means that the batch has to be planned
   *     without this
   * @throws io.dmconnect.model.error.DmException when a value cannot be written exactly; {@link
   *     #planSingly} then tells which row it is
   */
  public List<PlannedStatement> plan(NetEffect effect, boolean expectsNew) {
    writer.reset();
    try {
      for (NetRow row : effect.rows()) {
        sort(row);
      }

      shapes.forEach((texts, shape) -> writer.delete(texts, shape.deletes));
      shapes.forEach((texts, shape) -> writer.write(Kind.REPLACE, texts, shape.replaces));
      shapes.forEach((texts, shape) -> writer.writeRead(texts, shape.reads, expectsNew));
      shapes.forEach((texts, shape) -> writer.write(Kind.INSERT, texts, shape.inserts));
      shapes.forEach((texts, shape) -> writer.write(Kind.UPSERT, texts, shape.upserts));
      planKeyless(effect.keyless());
    } finally {
      shapes.clear();
      lastMapper = null;
      lastShape = null;
    }

    return writer.take();
  }

  private void sort(NetRow row) {
    switch (row.action()) {
      case NOTHING -> {}
      case DELETE -> shape(row.deleted()).deletes.add(row.deleted());
      case INSERT -> shape(row.written()).inserts.add(row.written());
      case UPSERT -> shape(row.written()).upserts.add(row.written());
      case REPLACE -> shape(row.written()).replaces.add(row.written());
      case LOAD -> shape(row.written()).reads.add(row.written());
      case DELETE_INSERT -> {
        shape(row.deleted()).deletes.add(row.deleted());
        shape(row.written()).inserts.add(row.written());
      }
    }
  }

  private Shape shape(RowChange change) {
    if (change.mapper() != lastMapper) {
      lastMapper = change.mapper();
      lastShape = shapes.computeIfAbsent(lastMapper.texts(), texts -> new Shape());
    }

    return lastShape;
  }

  private void planKeyless(List<RowChange> changes) {
    List<RowChange> inserts = new ArrayList<>();
    for (RowChange change : changes) {
      boolean isInsert = change.kind() == ChangeKind.INSERT || change.kind() == ChangeKind.READ;
      boolean joins = isInsert && !inserts.isEmpty() && textsEqual(inserts.get(0), change);
      if (!joins) {
        flushInserts(inserts);
      }

      if (isInsert) {
        inserts.add(change);
      } else {
        planByMatch(change);
      }
    }

    flushInserts(inserts);
  }

  private static boolean textsEqual(RowChange one, RowChange other) {
    return one.mapper() == other.mapper() || one.mapper().texts().equals(other.mapper().texts());
  }

  private void flushInserts(List<RowChange> inserts) {
    if (!inserts.isEmpty()) {
      writer.write(Kind.INSERT, inserts.get(0).mapper().texts(), inserts);
      inserts.clear();
    }
  }

  private void planByMatch(RowChange change) {
    if (change.kind() == ChangeKind.DELETE) {
      writer.deleteByMatch(change);
    } else {
      writer.updateByMatch(change);
    }
  }

  /**
   * The statements of one change alone, to be run in the changes' order; for finding the row that
   * makes a batch fail. In normal mode an UPDATE is one UPDATE statement here.
   *
   * @throws io.dmconnect.model.error.DmException when a value cannot be written exactly
   */
  public List<PlannedStatement> planSingly(RowChange change) {
    writer.reset();
    RowTexts texts = change.mapper().texts();
    boolean keyless = change.mapper().isKeyless();
    List<RowChange> alone = List.of(change);
    switch (change.kind()) {
      case READ, INSERT ->
          writer.write(change.safeMode() && !keyless ? Kind.REPLACE : Kind.INSERT, texts, alone);
      case DELETE -> {
        if (keyless) {
          writer.deleteByMatch(change);
        } else {
          writer.delete(texts, alone);
        }
      }
      case UPDATE -> {
        if (keyless) {
          writer.updateByMatch(change);
        } else if (change.safeMode()) {
          if (change.changesKey()) {
            writer.delete(texts, alone);
          }

          writer.write(Kind.REPLACE, texts, alone);
        } else {
          writer.updateByKey(change);
        }
      }
    }

    return writer.take();
  }
}
