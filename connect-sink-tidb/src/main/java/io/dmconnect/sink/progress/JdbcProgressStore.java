package io.dmconnect.sink.progress;

import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Progress in TiDB. Safe for several threads. */
public final class JdbcProgressStore implements ProgressStore {
  private static final int GROUP = 200;

  private final TargetPool pool;
  private final Retry retry;
  private final MetaTables tables;
  private final String connector;

  /** The progress of that connector. */
  public JdbcProgressStore(TargetPool pool, Retry retry, MetaTables tables, String connector) {
    this.pool = pool;
    this.retry = retry;
    this.tables = tables;
    this.connector = connector;
  }

  @Override
  public Map<TopicPartition, PartitionProgress> open(
      Collection<TopicPartition> partitions, int slots) {
    Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
    List<TopicPartition> all = new ArrayList<>(partitions);
    for (int from = 0; from < all.size(); from += GROUP) {
      List<TopicPartition> group = all.subList(from, Math.min(from + GROUP, all.size()));
      progress.putAll(
          transactionally(
              "take over the progress of " + group.size() + " partitions",
              connection -> open(connection, group, slots)));
    }

    return progress;
  }

  private Map<TopicPartition, PartitionProgress> open(
      Connection connection, List<TopicPartition> partitions, int slots) throws SQLException {
    Map<TopicPartition, TreeMap<Integer, SlotProgress>> stored = new HashMap<>();
    Map<TopicPartition, Long> inDoubt = new HashMap<>();
    long newest = 0;
    String in = inList(partitions);
    String where = " WHERE connector = ? AND (topic, `partition`) IN (" + in + ")";
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT topic, `partition`, slot, epoch, record_offset, fingerprint,"
                + " source_position, layout, in_doubt_to FROM "
                + tables.progress()
                + where
                + " FOR UPDATE")) {
      bind(query, partitions);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          newest = Math.max(newest, row.getLong(4));
          SlotProgress slot =
              new SlotProgress(
                  row.getInt(3),
                  row.getLong(5),
                  new RecordMark(row.getString(6), row.getString(7)),
                  row.getString(8));
          TopicPartition partition = new TopicPartition(row.getString(1), row.getInt(2));
          stored.computeIfAbsent(partition, p -> new TreeMap<>()).put(slot.slot(), slot);
          inDoubt.merge(partition, row.getLong(9), Math::max);
        }
      }
    }

    long epoch = newest + 1;
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE " + tables.progress() + " SET epoch = " + epoch + where)) {
      bind(update, partitions);
      update.executeUpdate();
    }

    forgetArrivals(connection, partitions);
    Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO "
                + tables.progress()
                + " (connector, topic, `partition`, slot, epoch, record_offset, fingerprint,"
                + " source_position) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (TopicPartition partition : partitions) {
        TreeMap<Integer, SlotProgress> known =
            stored.computeIfAbsent(partition, p -> new TreeMap<>());
        addMissing(insert, partition, known, slots, epoch);
        progress.put(
            partition,
            new PartitionProgress(
                epoch,
                List.copyOf(known.values()),
                inDoubt.getOrDefault(partition, SlotProgress.NONE)));
      }
    }

    return progress;
  }

  /** Where a partition still waits, it arrives again. */
  private void forgetArrivals(Connection connection, List<TopicPartition> partitions)
      throws SQLException {
    String in = String.join(", ", partitions.stream().map(partition -> "?").toList());
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM "
                + tables.arrivals()
                + " WHERE connector = ? AND participant IN ("
                + in
                + ")")) {
      int index = 1;
      delete.setString(index++, connector);
      for (TopicPartition partition : partitions) {
        delete.setString(index++, partition.toString());
      }

      delete.executeUpdate();
    }
  }

  /** New slots start where the slowest one is: that much is durable of all rows. */
  private void addMissing(
      PreparedStatement insert,
      TopicPartition partition,
      Map<Integer, SlotProgress> known,
      int slots,
      long epoch)
      throws SQLException {
    SlotProgress slowest =
        known.values().stream()
            .min(Comparator.comparingLong(SlotProgress::offset))
            .orElse(new SlotProgress(0, SlotProgress.NONE, RecordMark.UNKNOWN, null));
    for (int slot = 0; slot < slots; slot++) {
      if (!known.containsKey(slot)) {
        insert.setString(1, connector);
        insert.setString(2, partition.topic());
        insert.setInt(3, partition.partition());
        insert.setInt(4, slot);
        insert.setLong(5, epoch);
        insert.setLong(6, slowest.offset());
        insert.setString(7, slowest.mark().fingerprint());
        insert.setString(8, slowest.mark().sourcePosition());
        insert.executeUpdate();
        known.put(slot, new SlotProgress(slot, slowest.offset(), slowest.mark(), null));
      }
    }
  }

  @Override
  public void reset(TopicPartition partition, long epoch, SlotProgress all, long inDoubtTo) {
    transactionally(
        "reset the progress of " + partition,
        connection -> set(connection, partition, epoch, all, inDoubtTo));
  }

  private int set(
      Connection connection, TopicPartition partition, long epoch, SlotProgress all, long inDoubtTo)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE "
                + tables.progress()
                + " SET record_offset = ?, layout = ?, fingerprint = ?,"
                + " source_position = ?, in_doubt_to = ?"
                + " WHERE connector = ? AND topic = ? AND `partition` = ? AND epoch = ?")) {
      update.setLong(1, all.offset());
      update.setString(2, all.layout());
      update.setString(3, all.mark().fingerprint());
      update.setString(4, all.mark().sourcePosition());
      update.setLong(5, inDoubtTo);
      update.setString(6, connector);
      update.setString(7, partition.topic());
      update.setInt(8, partition.partition());
      update.setLong(9, epoch);
      return update.executeUpdate();
    }
  }

  /**
   * Sets where partitions are read from, as their operator wants it. Rows that were applied before
   * are applied again in safe mode. The partitions have no owner afterwards.
   *
   * @param offsets the offset to read next; null to forget the partition
   */
  public void alter(Map<TopicPartition, Long> offsets, int slots) {
    transactionally(
        "alter the progress",
        connection -> {
          for (Map.Entry<TopicPartition, Long> entry : offsets.entrySet()) {
            if (entry.getValue() == null) {
              forget(connection, entry.getKey());
            } else {
              PartitionProgress now =
                  open(connection, List.of(entry.getKey()), slots).get(entry.getKey());
              set(
                  connection,
                  entry.getKey(),
                  now.epoch(),
                  new SlotProgress(0, entry.getValue() - 1, RecordMark.UNKNOWN, null),
                  Math.max(now.max(), now.inDoubtTo()));
            }
          }

          return null;
        });
  }

  private void forget(Connection connection, TopicPartition partition) throws SQLException {
    forgetArrivals(connection, List.of(partition));
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM "
                + tables.progress()
                + " WHERE connector = ? AND topic = ? AND `partition` = ?")) {
      delete.setString(1, connector);
      delete.setString(2, partition.topic());
      delete.setInt(3, partition.partition());
      delete.executeUpdate();
    }
  }

  private static String inList(List<TopicPartition> partitions) {
    return String.join(", ", partitions.stream().map(p -> "(?, ?)").toList());
  }

  private void bind(PreparedStatement statement, List<TopicPartition> partitions)
      throws SQLException {
    int index = 1;
    statement.setString(index++, connector);
    for (TopicPartition partition : partitions) {
      statement.setString(index++, partition.topic());
      statement.setInt(index++, partition.partition());
    }
  }

  private <T> T transactionally(String what, Retry.Transaction<T> work) {
    return retry.inTransaction(pool, what, work);
  }
}
