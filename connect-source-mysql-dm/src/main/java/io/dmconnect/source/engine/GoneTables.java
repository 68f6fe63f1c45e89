package io.dmconnect.source.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.filter.BlockAllowList;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.jdbc.PatientConnections;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.SchemaVersions;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.schema.SchemaTables;
import io.dmconnect.source.snapshot.TableCatalog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tables whose dump was begun by a task that ended before the stream had a position, and that are
 * gone by now: a stream that began behind their DROP or RENAME would leave them in the topics.
 */
final class GoneTables {

  /**
   * Where the dumps of such tables began.
   *
   * @param selection what is captured; of the schemas that are gone, too, those are looked at that
   *     it names
   * @param present the tables that are there
   * @param listed the names that the offsets have
   */
  static Collection<BinlogPosition> dumpedFrom(
      PatientConnections connections,
      BlockAllowList selection,
      Set<TableId> present,
      SchemaTables listed,
      SourcePartitions partitions,
      OffsetReader offsets) {
    Set<String> schemas = new TreeSet<>(selection.statedSchemas().orElse(Set.of()));
    schemas.addAll(schemasOfServer(connections));
    Map<TableId, Map<String, String>> places = new HashMap<>();
    List<Map<String, String>> all = new ArrayList<>();
    for (String schema : schemas) {
      for (TableId table : listed.of(schema)) {
        if (!present.contains(table) && selection.captures(table)) {
          places.put(table, partitions.snapshot(table));
          all.add(partitions.snapshot(table));
          all.add(partitions.table(table));
        }
      }
    }

    Map<Map<String, String>, Map<String, Object>> found = offsets.readAll(all);
    List<BinlogPosition> positions = new ArrayList<>();
    places.forEach(
        (table, place) -> {
          SnapshotOffset dumped = SnapshotOffset.read(found.get(place));
          SchemaVersions versions = SchemaVersions.read(found.get(partitions.table(table)));
          boolean known = dumped != null && dumped.schema() != null;
          if (known && !versions.endedAfter(dumped.from())) {
            positions.add(dumped.from());
          }
        });
    return positions;
  }

  private static Set<String> schemasOfServer(PatientConnections connections) {
    try {
      return connections.ask(TableCatalog::schemas);
    } catch (SQLException e) {
      throw new DmException(
          SourceError.SNAPSHOT_FAILED, "The list of schemas cannot be read: " + e.getMessage(), e);
    }
  }

  private GoneTables() {}
}
