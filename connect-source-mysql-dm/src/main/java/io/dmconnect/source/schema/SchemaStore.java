package io.dmconnect.source.schema;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchemaJson;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The captured tables at the stream's position. A table that was not met before is looked for in
 * the offsets. Belongs to the streaming thread once streaming begins.
 */
public final class SchemaStore {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaStore.class);

  private final Predicate<TableId> captured;
  private final boolean lowerCase;
  private final TableVersions versions;
  private final TableVersions followedVersions;
  private final KnownTables known;
  private final SchemaTables listed;
  private final Set<String> met = new HashSet<>();
  private final Map<TableId, TableState> tables = new HashMap<>();
  private final Map<TableId, TableState> followed = new HashMap<>();
  private final Map<TableId, Boolean> unknown = new RecentNames();
  private BinlogPosition snapshotsEnd;

  /**
   * A store without tables.
   *
   * @param captured whether the block-allow list takes a table
   * @param lowerCase whether the server stores names in lower case, whatever statements say ({@code
   *     lower_case_table_names})
   * @param versions makes the versions of tables
   * @param partitions names the offsets
   * @param offsets reads the offsets of tables not met before
   * @param listed the names of the tables that schemas may have
   */
  public SchemaStore(
      Predicate<TableId> captured,
      boolean lowerCase,
      TableVersions versions,
      SourcePartitions partitions,
      OffsetReader offsets,
      SchemaTables listed) {
    this.captured = captured;
    this.lowerCase = lowerCase;
    this.versions = versions;
    this.followedVersions = versions.withOwnTopics();
    this.known = new KnownTables(partitions, offsets);
    this.listed = listed;
  }

  /**
   * States where streaming starts: which of a table's versions count.
   *
   * @param end a position by which each captured table that exists was read or is followed: one
   *     that no offset knows was gone before it
   */
  public void startAt(BinlogPosition position, BinlogPosition end) {
    known.startAt(position);
    snapshotsEnd = end;
  }

  /** Whether the transaction was there when the task started. */
  public boolean isPast(Transaction transaction) {
    return snapshotsEnd != null && snapshotsEnd.covers(transaction);
  }

  /** Takes a table whose snapshot is complete; to be called before streaming begins. */
  public synchronized void add(TableId table, SnapshotOffset snapshot) {
    tables.put(table, restore(table, known.of(table, snapshot), versions, true));
  }

  /**
   * The state of a table that is followed without being captured; null when it is not. One that was
   * not met before is looked for in the offsets.
   */
  public TableState followed(TableId name) {
    TableId table = stored(name);
    TableState state = followed.get(table);
    if (state == null && unknown.get(table) == null && !captured.test(table)) {
      state = lookUp(table);
    }
    return state == null || state.current() == null ? null : state;
  }

  private TableState lookUp(TableId table) {
    return follow(table, known.of(table));
  }

  private TableState follow(TableId table, KnownTables.Known found) {
    try {
      TableState state = restore(table, found, followedVersions, false);
      if (state.current() != null) {
        followed.put(table, state);
        return state;
      }
    } catch (DmException e) {
      LOG.warn("{} is not selected and its schema is not followed", table, e);
    }
    unknown.put(table, true);
    return null;
  }

  /** The tables of a schema that are followed without being captured. */
  public List<TableState> followed(String schema) {
    meet(schema);
    return existing(schema, followed.values());
  }

  /** The state of a table; null when it is not captured. */
  public TableState table(TableId name) {
    TableId table = stored(name);
    TableState state = tables.get(table);
    if (state != null || !captured.test(table)) {
      return state;
    }
    state = restore(table, known.of(table), versions, true);
    tables.put(table, state);
    return state;
  }

  /** The captured tables of a schema that exist at the stream's position. */
  public List<TableState> existing(String schema) {
    meet(schema);
    return existing(schema, tables.values());
  }

  /**
   * Looks for the tables of a schema that no event has named since the start, once: what comes to
   * be later is named.
   */
  private void meet(String schema) {
    String name = stored(schema);
    if (met.add(name)) {
      meet(listed.of(name));
    }
  }

  /**
   * Looks for tables in the offsets, all at once: those that exist at the stream's position are
   * captured, or followed, from then on.
   */
  public void meet(Collection<TableId> names) {
    List<TableId> others =
        names.stream().filter(t -> !tables.containsKey(t) && !followed.containsKey(t)).toList();
    known
        .of(others)
        .forEach(
            (table, found) -> {
              if (captured.test(table)) {
                if (found.schema() != null) {
                  tables.put(table, restore(table, found, versions, true));
                }
              } else {
                follow(table, found);
              }
            });
  }

  private List<TableState> existing(String schema, Collection<TableState> among) {
    List<TableState> found = new ArrayList<>();
    String name = stored(schema);
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
    return lowerCase ? new TableId(stored(name.schema()), stored(name.table())) : name;
  }

  private String stored(String name) {
    return lowerCase ? name.toLowerCase(Locale.ROOT) : name;
  }

  private TableState restore(
      TableId table, KnownTables.Known found, TableVersions made, boolean isCaptured) {
    TableVersion current =
        found.schema() == null ? null : made.of(table, TableSchemaJson.read(found.schema()));
    TableState state =
        new TableState(
            table,
            made,
            isCaptured,
            found.snapshot(),
            found.versions(),
            current,
            found.any() ? null : snapshotsEnd);
    if (known.start() != null) {
      state.passed(known.start());
    }
    return state;
  }

  /** The names met last that no offset has, so that not each statement about one reads offsets. */
  private static final class RecentNames extends LinkedHashMap<TableId, Boolean> {
    private static final long serialVersionUID = 1L;
    private static final int KEPT = 10_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<TableId, Boolean> eldest) {
      return size() > KEPT;
    }
  }
}
