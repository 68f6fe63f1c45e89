package io.dmconnect.source.schema;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchemaJson;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.SchemaVersion;
import io.dmconnect.source.offset.SchemaVersions;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.position.BinlogPosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The captured tables at the stream's position. A table that was not met before is looked for in
 * the offsets. Belongs to the streaming thread once streaming begins.
 */
public final class SchemaStore {
  private final Predicate<TableId> captured;
  private final boolean lowerCase;
  private final TableVersions versions;
  private final SourcePartitions partitions;
  private final OffsetReader offsets;
  private final Map<TableId, TableState> tables = new HashMap<>();
  private final Map<TableId, TableState> followed = new HashMap<>();
  private BinlogPosition start;

  /**
   * A store without tables.
   *
   * @param captured whether the block-allow list takes a table
   * @param lowerCase whether the server stores names in lower case, whatever statements say ({@code
   *     lower_case_table_names})
   * @param versions makes the versions of tables
   * @param partitions names the offsets
   * @param offsets reads the offsets of tables not met before
   */
  public SchemaStore(
      Predicate<TableId> captured,
      boolean lowerCase,
      TableVersions versions,
      SourcePartitions partitions,
      OffsetReader offsets) {
    this.captured = captured;
    this.lowerCase = lowerCase;
    this.versions = versions;
    this.partitions = partitions;
    this.offsets = offsets;
  }

  /** States where streaming starts: which of a table's versions count. */
  public void startAt(BinlogPosition position) {
    start = position;
  }

  /** Takes a table whose snapshot is complete; to be called before streaming begins. */
  public synchronized void add(TableId table, SnapshotOffset snapshot) {
    tables.put(table, restore(table, snapshot));
  }

  /**
   * Takes tables that were captured once and are not selected any more: their schemas are kept up
   * to date, for the day they are selected again. To be called before streaming begins.
   *
   * @return those of them that exist at the stream's position
   */
  public List<TableId> follow(Collection<TableId> deselected) {
    List<TableId> existing = new ArrayList<>();
    for (TableId table : deselected) {
      SnapshotOffset snapshot = SnapshotOffset.read(offsets.read(partitions.snapshot(table)));
      TableState state = restore(table, snapshot);
      if (state.current() != null) {
        followed.put(table, state);
        existing.add(table);
      }
    }
    return existing;
  }

  /** The state of a table that is followed without being captured; null when it is not. */
  public TableState followed(TableId name) {
    TableState state = followed.get(stored(name));
    return state == null || state.current() == null ? null : state;
  }

  /** The tables of a schema that are followed without being captured. */
  public List<TableState> followed(String schema) {
    return existing(schema, followed.values());
  }

  /** The state of a table; null when it is not captured. */
  public TableState table(TableId name) {
    TableId table = stored(name);
    TableState state = tables.get(table);
    if (state != null || !captured.test(table)) {
      return state;
    }
    state = restore(table, SnapshotOffset.read(offsets.read(partitions.snapshot(table))));
    tables.put(table, state);
    return state;
  }

  /** The captured tables of a schema that exist at the stream's position. */
  public List<TableState> existing(String schema) {
    return existing(schema, tables.values());
  }

  private List<TableState> existing(String schema, Collection<TableState> among) {
    List<TableState> found = new ArrayList<>();
    String name = lowerCase ? schema.toLowerCase(Locale.ROOT) : schema;
    for (TableState state : among) {
      if (state.table().schema().equals(name) && state.current() != null) {
        found.add(state);
      }
    }
    found.sort((a, b) -> a.table().compareTo(b.table()));
    return found;
  }

  /** All tables met so far. */
  public Collection<TableState> all() {
    return tables.values();
  }

  /** Lets go of snapshot positions the stream is past. */
  public void passed(BinlogPosition position) {
    for (TableState state : tables.values()) {
      state.passed(position);
    }
  }

  private TableId stored(TableId name) {
    return lowerCase
        ? new TableId(name.schema().toLowerCase(Locale.ROOT), name.table().toLowerCase(Locale.ROOT))
        : name;
  }

  private TableState restore(TableId table, SnapshotOffset snapshot) {
    SchemaVersions all = SchemaVersions.read(offsets.read(partitions.table(table)));
    SchemaVersions valid = start == null ? SchemaVersions.NONE : all.upTo(start);
    SchemaVersion newest = valid.at(start).orElse(null);
    boolean snapshotCounts =
        snapshot != null && (newest == null || snapshot.from().covers(newest.since()));
    String json = snapshotCounts ? snapshot.schema() : newest == null ? null : newest.schema();
    TableVersion current = json == null ? null : versions.of(table, TableSchemaJson.read(json));
    TableState state = new TableState(table, versions, snapshot, valid, current);
    if (start != null) {
      state.passed(start);
    }
    return state;
  }
}
