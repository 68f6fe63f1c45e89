package io.dmconnect.sink.ddl;

import io.dmconnect.sink.progress.JdbcSourceSchemas;
import io.dmconnect.sink.progress.KnownTable;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.progress.ProgressSql;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/** Tells what the progress says of the rows a topic brought. Safe for several threads. */
final class RowHistory {
  private final TargetPool pool;
  private final Retry retry;
  private final ProgressSql progress;
  private final JdbcSourceSchemas schemas;

  /**
   * The history of a connector's rows.
   *
   * @param connector whose progress it reads
   */
  RowHistory(TargetPool pool, Retry retry, MetaTables tables, String connector) {
    this.pool = pool;
    this.retry = retry;
    this.progress = new ProgressSql(tables, connector);
    this.schemas = new JdbcSourceSchemas(pool, retry, tables, connector);
  }

  private interface Test {
    boolean of(KnownTable known, long furthest);
  }

  /**
   * Whether rows may stand before the records of a change in any of its partitions: the table is
   * known from an earlier schema change there, was not dropped, and that change is not the only
   * record before.
   */
  boolean mayBeBefore(Collection<TopicPartition> partitions) {
    return holdsInAny(
        partitions,
        (known, furthest) -> known.schema() != null && furthest > 0 && !known.isEmptyAt(furthest));
  }

  /**
   * Whether no row of the table can be in the target that its topic brought since the table began,
   * or began anew, in the last snapshot.
   */
  boolean isEmpty(Collection<TopicPartition> partitions) {
    return !holdsInAny(
        partitions, (known, furthest) -> known.schema() == null || !known.isEmptyAt(furthest));
  }

  private boolean holdsInAny(Collection<TopicPartition> partitions, Test test) {
    return retry.inTransaction(
        pool,
        "look for rows of a table",
        connection -> {
          for (TopicPartition partition : partitions) {
            KnownTable known = schemas.load(connection, partition);
            if (test.of(known, progress.furthest(connection, partition))) {
              return true;
            }
          }

          return false;
        });
  }
}
