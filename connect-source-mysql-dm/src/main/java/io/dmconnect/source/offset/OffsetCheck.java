package io.dmconnect.source.offset;

import java.util.Map;
import java.util.Set;

/** Checks offsets an operator alters. */
public final class OffsetCheck {
  private static final Set<String> KEYS =
      Set.of(
          SourcePartitions.SERVER,
          SourcePartitions.SNAPSHOT,
          SourcePartitions.TABLE,
          SourcePartitions.SCHEMA,
          SourcePartitions.PART,
          SourcePartitions.SELECTION);

  private OffsetCheck() {}

  /**
   * What is wrong with an offset; null when nothing is.
   *
   * @param server {@code topic.prefix}
   * @param offset null to forget the partition, which is right for any partition
   */
  public static String problem(String server, Map<String, ?> partition, Map<String, ?> offset) {
    if (offset == null) {
      return null;
    }
    if (partition == null || !KEYS.containsAll(partition.keySet())) {
      return "the partition may have the keys " + KEYS;
    }
    if (!String.valueOf(partition.get(SourcePartitions.SERVER)).equals(server)) {
      return "'" + SourcePartitions.SERVER + "' must be the topic.prefix '" + server + "'";
    }
    try {
      return read(partition, offset) ? null : "it must have 'file' and 'pos'";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static boolean read(Map<String, ?> partition, Map<String, ?> offset) {
    if (partition.containsKey(SourcePartitions.TABLE)) {
      SchemaVersions.read(offset);
      return true;
    }
    if (partition.containsKey(SourcePartitions.SCHEMA)) {
      return true;
    }
    if (partition.containsKey(SourcePartitions.SELECTION)) {
      SelectionMark.read(offset);
      return true;
    }
    if (!(offset.get(PositionFields.POS) instanceof Number)) {
      return false;
    }
    return partition.containsKey(SourcePartitions.SNAPSHOT)
        ? SnapshotOffset.read(offset) != null
        : StreamOffset.read(offset) != null;
  }
}
