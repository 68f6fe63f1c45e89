package io.dmconnect.source.schema;

import io.dmconnect.model.TableId;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.RecentVersions;
import io.dmconnect.source.offset.SchemaVersions;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.TableNames;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of the tables that a schema has or had, kept in offsets of their own: a {@code DROP
 * DATABASE} names no tables, Connect's offsets can be asked for but not listed, and the server has
 * forgotten the tables. There may be more names than tables at the stream's position: the tables'
 * own offsets tell which exist there. Belongs to the engine's thread.
 */
public final class SchemaTables {
  /** How many offsets the names of one schema may take. */
  static final int MOST_PARTS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(SchemaTables.class);

  private final SourcePartitions partitions;
  private final OffsetReader offsets;
  private final String topic;
  private final Map<String, TableList> lists = new HashMap<>();
  private final Map<String, Set<String>> recent = new HashMap<>();
  private boolean compared;

  /**
   * The names that the offsets hold.
   *
   * @param partitions names the offsets
   * @param offsets reads the offsets, with the recent versions over those of the tables
   * @param recent the versions that the stream's offset states: their tables need not be in the
   *     committed names
   * @param topic where the records go that carry names
   */
  public SchemaTables(
      SourcePartitions partitions, OffsetReader offsets, RecentVersions recent, String topic) {
    this.partitions = partitions;
    this.offsets = offsets;
    this.topic = topic;
    for (TableId table : recent.tables()) {
      this.recent.computeIfAbsent(table.schema(), name -> new TreeSet<>()).add(table.table());
    }
  }

  /** The tables that a schema may have at the stream's position, and others. */
  public Set<TableId> of(String schema) {
    Set<TableId> tables = new LinkedHashSet<>();
    list(schema).names().forEach(name -> tables.add(new TableId(schema, name)));
    recent.getOrDefault(schema, Set.of()).forEach(name -> tables.add(new TableId(schema, name)));
    return tables;
  }

  /** The same of all schemas that have names. */
  public Set<TableId> of(Collection<String> schemas) {
    List<Map<String, String>> places = schemas.stream().map(s -> partitions.schema(s, 0)).toList();
    Set<Map<String, String>> found = offsets.readAll(places).keySet();
    Set<TableId> tables = new LinkedHashSet<>();
    for (String schema : schemas) {
      if (found.contains(partitions.schema(schema, 0)) || recent.containsKey(schema)) {
        tables.addAll(of(schema));
      }
    }
    return tables;
  }

  private TableList list(String schema) {
    return lists.computeIfAbsent(schema, this::read);
  }

  private TableList read(String schema) {
    List<Map<String, String>> places = new ArrayList<>();
    for (int i = 0; i < MOST_PARTS; i++) {
      places.add(partitions.schema(schema, i));
    }
    Map<Map<String, String>, Map<String, Object>> found = offsets.readAll(places);
    List<Set<String>> parts = new ArrayList<>();
    for (int i = 0; i < MOST_PARTS; i++) {
      Map<String, Object> part = found.get(places.get(i));
      while (part != null && parts.size() < i) {
        parts.add(new LinkedHashSet<>());
      }
      if (part != null) {
        parts.add(TableNames.read(part));
      }
    }
    return new TableList(parts);
  }

  /**
   * Takes the tables that the server has.
   *
   * @return as {@link #add}
   */
  public List<SourceRecord> present(Collection<TableId> tables) {
    if (!compared) {
      compared = true;
      bySchema(tables).forEach(this::findEnded);
    }
    return add(tables);
  }

  private void findEnded(String schema, Set<String> present) {
    TableList list = list(schema);
    Set<String> missing = list.names();
    missing.removeAll(present);
    if (missing.size() < TableList.ENDED_KEPT) {
      return;
    }
    Map<String, Map<String, String>> places = new HashMap<>();
    missing.forEach(name -> places.put(name, partitions.table(new TableId(schema, name))));
    Map<Map<String, String>, Map<String, Object>> found = offsets.readAll(places.values());
    places.forEach(
        (name, place) ->
            SchemaVersions.read(found.get(place))
                .newest()
                .filter(version -> version.schema() == null)
                .ifPresent(version -> list.ended(name, version.since())));
  }

  /**
   * Takes tables before any record of theirs is handed over.
   *
   * @return records that carry what is new, to be handed over before; empty when nothing is
   */
  public List<SourceRecord> add(Collection<TableId> tables) {
    List<SourceRecord> records = new ArrayList<>();
    bySchema(tables)
        .forEach(
            (schema, names) -> {
              TableList list = list(schema);
              for (int part : list.add(names, this::passed)) {
                records.add(record(schema, part, list.part(part)));
              }
            });
    return records;
  }

  private static Map<String, Set<String>> bySchema(Collection<TableId> tables) {
    Map<String, Set<String>> names = new TreeMap<>();
    for (TableId table : tables) {
      names.computeIfAbsent(table.schema(), schema -> new TreeSet<>()).add(table.table());
    }
    return names;
  }

  private BinlogPosition passed() {
    StreamOffset committed = StreamOffset.read(offsets.read(partitions.stream()));
    return committed == null ? null : committed.position();
  }

  private SourceRecord record(String schema, int part, Set<String> names) {
    if (part >= MOST_PARTS) {
      LOG.warn(
          "{} has too many tables: a DROP DATABASE that comes after a restart may leave some of them"
              + " in the target",
          schema);
    }
    return new SourceRecord(
        partitions.schema(schema, part),
        TableNames.toMap(names),
        topic,
        0,
        null,
        null,
        Schema.STRING_SCHEMA,
        "tables of " + schema);
  }

  /** A statement ended a table. */
  public void ended(TableId table, Transaction since) {
    list(table.schema()).ended(table.table(), since);
  }
}
