package io.dmconnect.model.ddl;

import java.util.List;

/**
 * A change of a table's list of partitions.
 *
 * @param operation what is done
 * @param names the partitions dropped or reorganized
 * @param definitions the texts of the new partitions' definitions, {@code PARTITION p …}
 * @param count how many partitions are added or coalesced by number; 0 otherwise
 */
public record PartitionChange(
    Operation operation, List<String> names, List<String> definitions, int count) {

  /** What is done. */
  public enum Operation {
    /** {@code ADD PARTITION (…)} or {@code ADD PARTITION PARTITIONS n}. */
    ADD,
    /** {@code DROP PARTITION}, and MariaDB's {@code CONVERT PARTITION … TO TABLE}. */
    DROP,
    /** {@code REORGANIZE PARTITION … INTO (…)}. */
    REORGANIZE,
    /** {@code COALESCE PARTITION n}. */
    COALESCE
  }

  /** Copies the lists. */
  public PartitionChange {
    names = List.copyOf(names);
    definitions = List.copyOf(definitions);
  }
}
