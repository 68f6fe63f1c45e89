package io.dmconnect.source.offset;

import io.dmconnect.model.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables' schema versions that the stream's offset states, too, because those of the tables'
 * own partitions may not be committed yet; immutable. As members of the offset: {@code
 * changed.0.table}, and {@code changed.0.} before each member that the table's own offset has.
 *
 * @param byTable the versions, oldest first, by the table's name in {@link SourcePartitions}
 */
public record RecentVersions(Map<String, SchemaVersions> byTable) {
  /** None. */
  public static final RecentVersions NONE = new RecentVersions(Map.of());

  private static final String CHANGED = "changed.";
  private static final String TABLE = ".table";

  /** Copies the map. */
  public RecentVersions {
    byTable = Map.copyOf(byTable);
  }

  static RecentVersions read(Map<String, ?> offset) {
    if (offset.get(CHANGED + 0 + TABLE) == null) {
      return NONE;
    }
    Map<String, SchemaVersions> byTable = new LinkedHashMap<>();
    for (int i = 0; offset.get(CHANGED + i + TABLE) != null; i++) {
      String prefix = CHANGED + i + '.';
      Map<String, Object> versions = new LinkedHashMap<>();
      offset.forEach(
          (name, value) -> {
            if (name.startsWith(prefix)) {
              versions.put(name.substring(prefix.length()), value);
            }
          });
      byTable.put(PositionFields.text(offset, CHANGED + i + TABLE), SchemaVersions.read(versions));
    }
    return new RecentVersions(byTable);
  }

  void write(Map<String, Object> into) {
    int i = 0;
    for (Map.Entry<String, SchemaVersions> table : byTable.entrySet()) {
      String prefix = CHANGED + i + '.';
      into.put(CHANGED + i + TABLE, table.getKey());
      table.getValue().toMap().forEach((name, value) -> into.put(prefix + name, value));
      i++;
    }
  }

  /** About how long the offset's members are, in characters. */
  long length() {
    return byTable.entrySet().stream()
        .mapToLong(table -> table.getKey().length() + table.getValue().length())
        .sum();
  }

  /** Reads offsets as if these versions had been committed in their tables' partitions. */
  public OffsetReader over(OffsetReader committed) {
    return new OffsetReader() {
      @Override
      public Map<String, Object> read(Map<String, String> partition) {
        return over(partition, committed.read(partition));
      }

      @Override
      public Map<Map<String, String>, Map<String, Object>> readAll(
          Collection<Map<String, String>> partitions) {
        Map<Map<String, String>, Map<String, Object>> found = committed.readAll(partitions);
        Map<Map<String, String>, Map<String, Object>> all = new HashMap<>();
        partitions.forEach(partition -> all.put(partition, over(partition, found.get(partition))));
        all.values().removeIf(offset -> offset == null);
        return all;
      }
    };
  }

  private Map<String, Object> over(Map<String, String> partition, Map<String, Object> offset) {
    SchemaVersions recent = byTable.get(partition.getOrDefault(SourcePartitions.TABLE, ""));
    return recent == null ? offset : merged(SchemaVersions.read(offset), recent).toMap();
  }

  /** The tables that have versions here. */
  public List<TableId> tables() {
    return byTable.keySet().stream().map(SourcePartitions::table).toList();
  }

  /**
   * Both are cut out of one sequence. What is committed may be ahead of the stream's offset, and
   * then no longer begins as early.
   */
  private static SchemaVersions merged(SchemaVersions committed, SchemaVersions recent) {
    List<SchemaVersion> earlier = new ArrayList<>();
    List<SchemaVersion> later = new ArrayList<>();
    boolean met = false;
    for (SchemaVersion version : recent.versions()) {
      if (committed.versions().stream().anyMatch(v -> v.since().equals(version.since()))) {
        met = true;
      } else {
        (met ? later : earlier).add(version);
      }
    }
    List<SchemaVersion> merged = new ArrayList<>(met ? earlier : List.of());
    merged.addAll(committed.versions());
    merged.addAll(met ? later : earlier);
    return new SchemaVersions(merged);
  }
}
