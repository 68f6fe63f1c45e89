package io.dmconnect.sink.merge;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.row.RowMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The net effect of a batch of changes, of any tables. Changes of one key become one; those of
 * keyless tables stay as they are, in order.
 *
 * <p>Only changes of the very same key values are merged. Keys that are merely equal under a
 * collation stay apart, which is right as long as all deletes of a batch run before all its writes:
 * the rows after a batch are a state the upstream was in, so they do not collide with each other.
 *
 * <p>Reusable after {@link #clear()}. Not thread-safe.
 */
public final class NetEffect {
  private final Map<List<Object>, TableEffect> tables = new HashMap<>();
  private final List<NetRow> rows = new ArrayList<>();
  private final List<RowChange> keyless = new ArrayList<>();
  private RowMapper lastMapper;
  private TableEffect lastEffect;
  private int changes;

  /**
   * Adds a change that happened after all those added before.
   *
   * @return false when the batch has to be written first: the change contradicts the net effect so
   *     far (a second INSERT of one key), so the target shall judge it; or it begins to repeat
   *     changes (safe mode after normal mode) of a table with several unique keys. It was not added
   *     then; an empty batch takes every change
   */
  public boolean tryAdd(RowChange change) {
    if (change.mapper().isKeyless()) {
      keyless.add(change);
    } else if (!effect(change.mapper()).tryAdd(change)) {
      return false;
    }

    changes++;
    return true;
  }

  private TableEffect effect(RowMapper mapper) {
    if (mapper != lastMapper) {
      TableId table = mapper.table().id();
      lastEffect =
          tables.computeIfAbsent(List.of(table, mapper.keyName()), key -> new TableEffect(rows));
      lastMapper = mapper;
    }

    return lastEffect;
  }

  /** The number of changes added since the last {@link #clear()}. */
  public int changes() {
    return changes;
  }

  /** What happens to each key, in the order of their first changes. */
  public List<NetRow> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** The changes of tables without key, in order. */
  public List<RowChange> keyless() {
    return Collections.unmodifiableList(keyless);
  }

  /** Forgets all changes. */
  public void clear() {
    tables.clear();
    rows.clear();
    keyless.clear();
    lastMapper = null;
    lastEffect = null;
    changes = 0;
  }
}
