package io.dmconnect.source.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.jdbc.PatientConnections;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.snapshot.TableCatalog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that were captured once and that the block-allow list does not take any more. Their
 * schemas are followed, so that their rows can be read when they are selected again; their rows
 * until then are passed over, as in DM.
 */
final class DeselectedTables {
  private static final Logger LOG = LoggerFactory.getLogger(DeselectedTables.class);

  /** Has the schemas of the server's tables followed that have offsets without being captured. */
  static void follow(
      PatientConnections connections,
      Predicate<TableId> captured,
      SourcePartitions partitions,
      OffsetReader committed,
      SchemaStore schemas) {
    List<TableId> others = others(connections, captured);
    List<Map<String, String>> places = new ArrayList<>();
    for (TableId table : others) {
      places.add(partitions.snapshot(table));
      places.add(partitions.table(table));
    }
    Set<Map<String, String>> found = committed.readAll(places).keySet();
    List<TableId> known =
        others.stream()
            .filter(
                table ->
                    found.contains(partitions.snapshot(table))
                        || found.contains(partitions.table(table)))
            .toList();
    List<TableId> followed = schemas.follow(known);
    if (!followed.isEmpty()) {
      LOG.warn(
          "Tables that were captured before are not selected any more: {}. Rows that change"
              + " meanwhile are missing if they are selected again; remove a table's offsets to"
              + " have it read anew then",
          followed);
    }
  }

  private static List<TableId> others(PatientConnections connections, Predicate<TableId> captured) {
    try {
      return connections.ask(
          connection -> List.copyOf(TableCatalog.tables(connection, captured.negate()).keySet()));
    } catch (SQLException e) {
      throw new DmException(
          SourceError.SNAPSHOT_FAILED, "The list of tables cannot be read: " + e.getMessage(), e);
    }
  }

  private DeselectedTables() {}
}
