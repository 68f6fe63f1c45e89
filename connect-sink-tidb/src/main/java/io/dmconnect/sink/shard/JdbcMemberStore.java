package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.sink.ddl.Owners;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The members of topics in TiDB. */
public final class JdbcMemberStore implements MemberStore {
  private final TargetPool pool;
  private final Retry retry;
  private final MetaTables tables;
  private final String connector;
  private final Owners owners;

  /** The members of that connector's topics. */
  public JdbcMemberStore(TargetPool pool, Retry retry, MetaTables tables, String connector) {
    this.pool = pool;
    this.retry = retry;
    this.tables = tables;
    this.connector = connector;
    this.owners = new Owners(tables, connector);
  }

  @Override
  public Map<TopicPartition, MemberId> load(Collection<TopicPartition> partitions) {
    return retry.inTransaction(
        pool,
        "read the members of shard groups",
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT topic, `partition`, source, db, `table` FROM "
                      + tables.members()
                      + " WHERE connector = ?")) {
            query.setString(1, connector);
            Map<TopicPartition, MemberId> members = new HashMap<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                members.put(
                    new TopicPartition(row.getString(1), row.getInt(2)),
                    MemberId.of(row.getString(3), row.getString(4), row.getString(5)));
              }
            }

            members.keySet().retainAll(partitions);
            return members;
          }
        });
  }

  @Override
  public void remove(TopicPartition partition, long epoch) {
    retry.inTransaction(
        pool,
        "forget a member of a shard group",
        connection -> {
          owners.hold(connection, partition, epoch);
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM "
                      + tables.members()
                      + " WHERE connector = ? AND topic = ? AND `partition` = ?")) {
            delete.setString(1, connector);
            delete.setString(2, partition.topic());
            delete.setInt(3, partition.partition());
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public void save(TopicPartition partition, MemberId member) {
    retry.inTransaction(
        pool,
        "keep a member of a shard group",
        connection -> {
          try (PreparedStatement replace =
              connection.prepareStatement(
                  "REPLACE INTO "
                      + tables.members()
                      + " (connector, topic, `partition`, source, db, `table`)"
                      + " VALUES (?, ?, ?, ?, ?, ?)")) {
            replace.setString(1, connector);
            replace.setString(2, partition.topic());
            replace.setInt(3, partition.partition());
            replace.setString(4, member.source());
            replace.setString(5, member.table().schema());
            replace.setString(6, member.table().table());
            return replace.executeUpdate();
          }
        });
  }
}
