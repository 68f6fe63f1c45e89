package io.dmconnect.source.schema;

import io.dmconnect.model.TableId;
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
import java.util.Map;

/** What the offsets tell of tables at the position the stream starts at. */
final class KnownTables {
  private final SourcePartitions partitions;
  private final OffsetReader offsets;
  private BinlogPosition start;

  /**
   * What is known of a table.
   *
   * @param any whether an offset has it
   * @param snapshot its snapshot if that counts; null otherwise
   * @param versions its versions up to the start
   * @param schema the schema it has at the start as JSON text; null when it does not exist there
   */
  record Known(boolean any, SnapshotOffset snapshot, SchemaVersions versions, String schema) {}

  KnownTables(SourcePartitions partitions, OffsetReader offsets) {
    this.partitions = partitions;
    this.offsets = offsets;
  }

  void startAt(BinlogPosition position) {
    start = position;
  }

  /** Where the stream starts; null when that is not known yet. */
  BinlogPosition start() {
    return start;
  }

  Known of(TableId table) {
    return of(table, SnapshotOffset.read(offsets.read(partitions.snapshot(table))));
  }

  /** The same with a snapshot that was taken just now, or null. */
  Known of(TableId table, SnapshotOffset snapshot) {
    return known(snapshot, SchemaVersions.read(offsets.read(partitions.table(table))));
  }

  /** The same of many tables. */
  Map<TableId, Known> of(Collection<TableId> tables) {
    List<Map<String, String>> places = new ArrayList<>();
    for (TableId table : tables) {
      places.add(partitions.snapshot(table));
      places.add(partitions.table(table));
    }
    Map<Map<String, String>, Map<String, Object>> found = offsets.readAll(places);
    Map<TableId, Known> known = new HashMap<>();
    for (TableId table : tables) {
      known.put(
          table,
          known(
              SnapshotOffset.read(found.get(partitions.snapshot(table))),
              SchemaVersions.read(found.get(partitions.table(table)))));
    }
    return known;
  }

  private Known known(SnapshotOffset snapshot, SchemaVersions all) {
    SchemaVersions valid = start == null ? SchemaVersions.NONE : all.upTo(start);
    SchemaVersion newest = valid.at(start).orElse(null);
    boolean snapshotCounts =
        snapshot != null && (newest == null || snapshot.from().covers(newest.since()));
    String schema = snapshotCounts ? snapshot.schema() : newest == null ? null : newest.schema();
    boolean passed = snapshot != null && !snapshot.done() && !snapshotCounts;
    return new Known(snapshot != null || newest != null, passed ? null : snapshot, valid, schema);
  }
}
