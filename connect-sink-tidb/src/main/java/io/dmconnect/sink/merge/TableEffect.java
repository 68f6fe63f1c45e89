package io.dmconnect.sink.merge;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.row.RowChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The net effect of a batch on one table, of rows that are identified by the same key. */
final class TableEffect {
  private final Map<Object, NetRow> rows = new HashMap<>();
  private final List<NetRow> order;
  private final Set<TableId> normalSources = new HashSet<>();

  /** An effect that lists its rows there, in the order of their first changes. */
  TableEffect(List<NetRow> order) {
    this.order = order;
  }

  /** See {@link NetEffect#tryAdd}. */
  boolean tryAdd(RowChange change) {
    return !goesBack(change) && tryMerge(change);
  }

  // A safe change after others of its table may take its row back to an older state, which can
  // collide in a secondary unique key with what the batch makes of another row.
  private boolean goesBack(RowChange change) {
    if (!change.mapper().hasSecondaryUnique()) {
      return false;
    }

    TableId source = change.mapper().source();
    if (change.safeMode()) {
      return normalSources.contains(source);
    }

    normalSources.add(source);
    return false;
  }

  private boolean tryMerge(RowChange change) {
    return switch (change.kind()) {
      case READ, INSERT -> tryWrite(change);
      case UPDATE -> change.changesKey() ? tryMove(change) : tryUpdate(change);
      case DELETE -> {
        delete(change);
        yield true;
      }
    };
  }

  private boolean tryWrite(RowChange change) {
    NetRow row = rows.get(change.key());
    if (row == null) {
      row = add(change.key(), NetRow.beforeWrite(change));
    } else if (row.isPresent() && !change.safeMode()) {
      return false;
    }

    row.write(change);
    return true;
  }

  private boolean tryUpdate(RowChange change) {
    NetRow row = rows.get(change.key());
    if (row == null) {
      row = add(change.key(), NetRow.beforeWrite(change));
    } else if (!row.isPresent() && !change.safeMode()) {
      return false;
    }

    row.write(change);
    return true;
  }

  private boolean tryMove(RowChange change) {
    NetRow to = rows.get(change.key());
    if (to != null && to.isPresent() && !change.safeMode()) {
      return false;
    }

    delete(change);
    if (to == null) {
      to = add(change.key(), NetRow.beforeWrite(change));
    }

    to.write(change);
    return true;
  }

  private void delete(RowChange change) {
    NetRow row = rows.get(change.oldKey());
    if (row == null) {
      row = add(change.oldKey(), NetRow.beforeDelete(change));
    }

    row.delete(change);
  }

  private NetRow add(Object key, NetRow row) {
    rows.put(key, row);
    order.add(row);
    return row;
  }
}
