package io.dmconnect.sink.shard;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.engine.PassedOverColumns;
import io.dmconnect.sink.shard.PassedOverStore.Columns;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which columns of members' rows are passed over as {@link PassedOverNotes} noted. A column has its
 * values written again as soon as the merged table has a place for them.
 */
public final class MemberColumns implements PassedOverColumns {
  private static final Logger LOG = LoggerFactory.getLogger(MemberColumns.class);

  private final PassedOverStore store;
  private final MergedTables tables;
  private final Set<TableId> targets = ConcurrentHashMap.newKeySet();
  private Map<MemberId, Columns> known;

  /**
   * Columns of a connector's members.
   *
   * @param store where they are noted; tells soon when the target is away
   * @param tables the merged tables as they are; likewise
   */
  public MemberColumns(PassedOverStore store, MergedTables tables) {
    this.store = requireNonNull(store, "store is null");
    this.tables = requireNonNull(tables, "tables is null");
  }

  @Override
  public PassedOver of(String source, TableId table, TableId target, Supplier<TableSchema> schema) {
    if (known == null) {
      known = store.load();
    }

    Columns columns = known.get(new MemberId(source, table));
    TableSchema member = columns == null ? null : schema.get();
    TableSchema merged = member == null ? null : tables.read(target);
    if (merged == null) {
      return PassedOver.NOTHING;
    }

    targets.add(target);
    if (!columns.everything()) {
      PassedOver some = of(member, merged, columns.columns()).only(columns.columns());
      if (!columns.columns().containsAll(some.filled().keySet())) {
        LOG.warn("New rows of {}.{} have in {}: {}", source, table, target, some.filled());
      }

      return some;
    }

    Set<String> all =
        member.columns().stream()
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return of(member, merged, all);
  }

  @Override
  public void forget() {
    known = null;
  }

  /** Merged tables for some of whose members something is passed over; for any thread. */
  public Collection<TableId> targets() {
    return targets;
  }

  /** As {@link PassedOver#of}, with the types that stand for those which the target lacks. */
  static PassedOver of(TableSchema member, TableSchema merged, Set<String> compared) {
    TableSchema asInTarget =
        new TableSchema(
            member.columns().stream().map(MemberColumns::asInTarget).toList(),
            member.indexes(),
            member.options(),
            member.partitioning());
    return PassedOver.of(asInTarget, merged, compared);
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
