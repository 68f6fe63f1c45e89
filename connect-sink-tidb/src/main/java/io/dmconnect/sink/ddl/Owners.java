package io.dmconnect.sink.ddl;

import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.progress.ProgressSql;
import io.dmconnect.sink.write.FencedException;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.kafka.common.TopicPartition;

/** Whose a partition is, as part of a transaction. Safe for several threads. */
public final class Owners {
  private final ProgressSql progress;

  /** The owners of a connector's partitions. */
  public Owners(MetaTables tables, String connector) {
    this.progress = new ProgressSql(tables, connector);
  }

  /**
   * Makes sure that a partition is still the task's that has this epoch.
   *
   * @throws FencedException when another task has taken it over
   */
  void check(Connection connection, TopicPartition partition, long epoch) throws SQLException {
    check(progress.standing(connection, partition, 0), partition, epoch);
  }

  /**
   * Sees to it that a partition stays the task's until the transaction ends: who takes it over
   * waits for that.
   *
   * @throws FencedException when another task has taken it over
   */
  public void hold(Connection connection, TopicPartition partition, long epoch)
      throws SQLException {
    check(progress.hold(connection, partition, 0), partition, epoch);
  }

  private static void check(ProgressSql.Standing standing, TopicPartition partition, long epoch) {
    if (standing == null || standing.epoch() != epoch) {
      throw new FencedException(partition, epoch, standing == null ? 0 : standing.epoch());
    }
  }
}
