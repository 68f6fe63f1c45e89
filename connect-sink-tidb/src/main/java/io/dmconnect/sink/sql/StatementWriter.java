package io.dmconnect.sink.sql;

import io.dmconnect.sink.literal.SqlBuffer;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.row.RowTexts;
import io.dmconnect.sink.table.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Writes statements into one buffer, as many rows each as the limits allow. */
final class StatementWriter {

  /** Writes the part of a statement that one row is responsible for. */
  @FunctionalInterface
  interface RowPart {
    void write(RowChange change, SqlBuffer out);
  }

  private static final byte[] NO_TAIL = {};
  private static final byte[] CLOSE = {')'};

  private final PlanLimits limits;
  private final Predicate<TargetTable> loads;
  private final SqlBuffer out = new SqlBuffer();
  private final SqlBuffer data = SqlBuffer.forLoad();
  private List<PlannedStatement> statements = new ArrayList<>();

  /** A writer that keeps to those sizes and may load rows into those tables. */
  StatementWriter(PlanLimits limits, Predicate<TargetTable> loads) {
    this.limits = limits;
    this.loads = loads;
  }

  /** Forgets the statements of a plan that failed. */
  void reset() {
    statements = new ArrayList<>();
    out.clear();
    data.clear();
  }

  /** The statements written since the last call. */
  List<PlannedStatement> take() {
    List<PlannedStatement> taken = statements;
    reset();
    return taken;
  }

  /** Deletes the rows with the changes' old keys. */
  void delete(RowTexts texts, List<RowChange> changes) {
    manyRows(
        PlannedStatement.Kind.DELETE,
        texts.deleteIn(),
        CLOSE,
        changes,
        RowChange::writeOldKey,
        false);
  }

  /** Writes the rows after the changes. */
  void write(PlannedStatement.Kind kind, RowTexts texts, List<RowChange> changes) {
    if (changes.isEmpty()) {
      return;
    }

    List<RowChange> lenient = changes.stream().filter(RowChange::isLenient).toList();
    if (lenient.isEmpty()) {
      write(kind, texts, changes, false);
      return;
    }

    write(kind, texts, changes.stream().filter(change -> !change.isLenient()).toList(), false);
    write(kind, texts, lenient, true);
  }

  private void write(
      PlannedStatement.Kind kind, RowTexts texts, List<RowChange> changes, boolean lenient) {
    if (!lenient && isLoaded(kind, changes)) {
      load(kind, texts, changes);
      return;
    }

    byte[] head = kind == PlannedStatement.Kind.REPLACE ? texts.replace() : texts.insert();
    byte[] tail = kind == PlannedStatement.Kind.UPSERT ? texts.onDuplicate() : NO_TAIL;
    manyRows(kind, head, tail, changes, RowChange::writeValues, lenient);
  }

  /**
   * Writes rows of a snapshot: loaded, else as new ones when they are expected to be, else as ones
   * that may be there.
   */
  void writeRead(RowTexts texts, List<RowChange> reads, boolean expectsNew) {
    boolean inserts = expectsNew && !isLoaded(PlannedStatement.Kind.REPLACE, reads);
    write(inserts ? PlannedStatement.Kind.INSERT : PlannedStatement.Kind.REPLACE, texts, reads);
  }

  private boolean isLoaded(PlannedStatement.Kind kind, List<RowChange> changes) {
    return kind != PlannedStatement.Kind.UPSERT
        && changes.size() >= limits.loadRows()
        && loads.test(changes.get(0).table())
        && changes.stream().allMatch(RowChange::isLoadable);
  }

  private void load(PlannedStatement.Kind kind, RowTexts texts, List<RowChange> changes) {
    data.clear();
    changes.forEach(change -> change.writeFields(data));
    String sql = kind == PlannedStatement.Kind.REPLACE ? texts.loadReplacing() : texts.load();
    RowData rows = new RowData(data.toBytes());
    TargetTable table = changes.get(0).table();
    statements.add(new PlannedStatement(table, kind, sql, changes.size(), rows, false));
  }

  private void manyRows(
      PlannedStatement.Kind kind,
      byte[] head,
      byte[] tail,
      List<RowChange> changes,
      RowPart part,
      boolean lenient) {
    int rows = 0;
    for (RowChange change : changes) {
      if (rows == 0) {
        out.clear();
        out.raw(head);
      } else {
        out.raw(',');
      }

      int start = out.length();
      part.write(change, out);
      if (rows > 0 && out.length() + tail.length > limits.maxBytes()) {
        byte[] row = out.cut(start);
        out.cut(start - 1);
        finish(change.table(), kind, tail, rows, lenient);
        out.clear();
        out.raw(head).raw(row);
        rows = 0;
      }

      rows++;
      if (rows == limits.maxRows()) {
        finish(change.table(), kind, tail, rows, lenient);
        rows = 0;
      }
    }

    if (rows > 0) {
      finish(changes.get(0).table(), kind, tail, rows, lenient);
    }
  }

  private void finish(
      TargetTable table, PlannedStatement.Kind kind, byte[] tail, int rows, boolean lenient) {
    out.raw(tail);
    statements.add(new PlannedStatement(table, kind, out.toString(), rows, null, lenient));
  }

  /** Sets the row with the change's old key to the row after. */
  void updateByKey(RowChange change) {
    RowTexts texts = change.mapper().texts();
    out.clear();
    out.raw(texts.update());
    change.writeAssignments(out);
    out.raw(texts.keyEquals());
    change.writeOldKey(out);
    finish(change.table(), PlannedStatement.Kind.UPDATE, NO_TAIL, 1, change.isLenient());
  }

  /** Sets one row that has all values of the row before to the row after. */
  void updateByMatch(RowChange change) {
    out.clear();
    out.raw(change.mapper().texts().update());
    change.writeAssignments(out);
    out.raw(" WHERE ");
    change.writeMatch(out);
    out.raw(" LIMIT 1");
    finish(change.table(), PlannedStatement.Kind.UPDATE, NO_TAIL, 1, change.isLenient());
  }

  /** Deletes one row that has all values of the row before. */
  void deleteByMatch(RowChange change) {
    out.clear();
    out.raw(change.mapper().texts().deleteWhere());
    change.writeMatch(out);
    out.raw(" LIMIT 1");
    finish(change.table(), PlannedStatement.Kind.DELETE, NO_TAIL, 1, false);
  }
}
