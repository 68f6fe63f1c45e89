package io.dmconnect.sink.shard;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.RowFit;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.engine.PassedOverColumns;
import io.dmconnect.sink.shard.PassedOverStore.Columns;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which columns of members have no place in the merged table since an operator decided so. They are
 * noted before the member goes past the change, for all tasks that write its rows; a column has its
 * values written again as soon as the merged table has a place for them. Safe for several threads.
 */
public final class MemberColumns implements PassedOverColumns {
  private static final Logger LOG = LoggerFactory.getLogger(MemberColumns.class);

  private static final TableSchema NO_COLUMNS = TableSchema.of(List.of(), List.of());

  private final PassedOverStore store;
  private final MergedTables tables;

  /**
   * Columns of a connector's members.
   *
   * @param store where they are noted
   * @param tables the merged tables as they are
   */
  public MemberColumns(PassedOverStore store, MergedTables tables) {
    this.store = requireNonNull(store, "store is null");
    this.tables = requireNonNull(tables, "tables is null");
  }

  /**
   * Notes what is passed over from a decision on.
   *
   * @param request the member's change that it goes past; null when it goes past none
   * @return whether something was noted that was not known
   * @throws io.dmconnect.model.error.DmException when the target cannot be asked
   */
  boolean decided(MemberId member, TableId target, RowFit fit, DdlRequest request) {
    Columns known = store.load(member);
    boolean nothing = fit == RowFit.FITS && known.equals(Columns.NONE);
    if (nothing || (request != null && request.after() == null)) {
      return false;
    }

    SortedSet<String> names = request == null ? known.columns() : names(known, target, request);
    Columns now = new Columns(fit == RowFit.OUT, names);
    MemberId after = request == null ? member : request.memberAfter();
    if (now.equals(known) && after.equals(member)) {
      return false;
    }

    store.save(after, now);
    if (now.everything()) {
      LOG.warn(
          "{} is out of the group of {}: values of its rows that have no place there are passed"
              + " over; at present {}",
          after,
          target,
          names);
    } else if (!names.isEmpty()) {
      LOG.warn(
          "Columns of {} are passed over by an operator's decision until {} has a place for them:"
              + " {}",
          after,
          target,
          names);
    } else {
      LOG.info("{} has a place for every column of {} again", target, after);
    }

    return true;
  }

  private SortedSet<String> names(Columns known, TableId target, DdlRequest request) {
    TableSchema merged = tables.read(target);
    if (merged == null) {
      return known.columns();
    }

    TableSchema before = request.before() == null ? NO_COLUMNS : request.before();
    Set<String> byType = new TreeSet<>(known.columns());
    byType.addAll(PassedOver.changed(before, request.after()));
    return PassedOver.of(asInTarget(request.after()), merged, byType).columns();
  }

  @Override
  public PassedOver of(String source, TableId table, TableId target, Supplier<TableSchema> schema) {
    Columns columns = store.load(new MemberId(source, table));
    if (columns.equals(Columns.NONE)) {
      return PassedOver.NOTHING;
    }

    TableSchema merged = tables.read(target);
    TableSchema member = schema.get();
    if (merged == null || member == null) {
      return PassedOver.NOTHING;
    }

    PassedOver all = PassedOver.of(asInTarget(member), merged, columns.columns());
    return columns.everything() ? all : all.only(columns.columns());
  }

  /** With the types that stand for those which the target does not have. */
  private static TableSchema asInTarget(TableSchema schema) {
    return new TableSchema(
        schema.columns().stream().map(MemberColumns::asInTarget).toList(),
        schema.indexes(),
        schema.options(),
        schema.partitioning());
  }

  private static ColumnSchema asInTarget(ColumnSchema column) {
    ColumnType type = column.type();
    return column.withType(
        new ColumnType(
            TiDbCompatibility.columnType(type.name()),
            type.length(),
            type.scale(),
            type.unsigned(),
            type.zerofill(),
            type.members(),
            type.charset(),
            type.collation()));
  }
}
