package io.dmconnect.sink.ddl;

import io.dmconnect.sink.ddl.LedgerEntry.State;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.write.FencedException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which partitions have reached a schema change that goes to several; they may belong to several
 * tasks. Safe for several threads.
 */
final class Arrivals {
  private static final String OVER =
      Arrays.stream(State.values())
          .filter(State::isOver)
          .map(state -> "'" + state.text() + "'")
          .collect(Collectors.joining(", "));

  private final TargetPool pool;
  private final Retry retry;
  private final MetaTables tables;
  private final String connector;
  private final Owners owners;

  Arrivals(TargetPool pool, Retry retry, MetaTables tables, String connector) {
    this.pool = pool;
    this.retry = retry;
    this.tables = tables;
    this.connector = connector;
    this.owners = new Owners(tables, connector);
  }

  /**
   * The work's partition has reached its change: all its earlier rows are durable. Whoever takes
   * the partition over forgets that.
   *
   * @throws FencedException when the partition has another owner
   */
  void add(DdlWork work) {
    retry.inTransaction(
        pool,
        "announce a partition at a schema change",
        connection -> {
          owners.hold(connection, work.partition(), work.epoch());
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT IGNORE INTO "
                      + tables.arrivals()
                      + " (connector, ddl_id, participant) VALUES (?, ?, ?)")) {
            insert.setString(1, connector);
            insert.setString(2, LedgerKey.of(work.event().id()));
            insert.setString(3, Participants.own(work));
            return insert.executeUpdate();
          }
        });
  }

  /**
   * Whether all participants have reached a change, but for those that it never comes to: the
   * source was killed before it had sent it to them, and began another one.
   *
   * <p>Such a one is a partition p of the runner's topic that waits at another change Y, which is
   * not over. The first partition of a topic, which the runner is, has each change before p has it.
   * So Y is in the runner's partition, too, and behind this change, because the runner gets past Y
   * only when Y is over. This change, had it been sent to p, would stand before Y there. And of p's
   * rows none is on its way, as it waits.
   *
   * @param runner the participant that asks, and waits at the change itself
   * @param participants all of them
   */
  boolean areComplete(String ddlId, String runner, Set<String> participants) {
    Set<String> missing = new HashSet<>(participants);
    missing.removeAll(of(ddlId));
    return missing.isEmpty()
        || (missing.stream().allMatch(one -> isOfTopic(one, runner))
            && waiting().containsAll(missing));
  }

  private static boolean isOfTopic(String participant, String other) {
    return Participants.partition(participant)
        .topic()
        .equals(Participants.partition(other).topic());
  }

  private Set<String> of(String ddlId) {
    return participants(
        "read which partitions reached a schema change",
        "SELECT participant FROM " + tables.arrivals() + " WHERE connector = ? AND ddl_id = ?",
        connector,
        LedgerKey.of(ddlId));
  }

  /** The partitions that wait at any change that is not over. */
  private Set<String> waiting() {
    return participants(
        "read which partitions wait at schema changes",
        "SELECT a.participant FROM "
            + tables.arrivals()
            + " a LEFT JOIN "
            + tables.ledger()
            + " l ON l.connector = a.connector AND l.ddl_id = a.ddl_id"
            + " WHERE a.connector = ? AND (l.state IS NULL OR l.state NOT IN ("
            + OVER
            + "))",
        connector);
  }

  private Set<String> participants(String what, String sql, String... values) {
    return retry.inTransaction(
        pool,
        what,
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              query.setString(i + 1, values[i]);
            }

            Set<String> found = new HashSet<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                found.add(row.getString(1));
              }
            }

            return found;
          }
        });
  }

  /** Forgets them: the change is done. */
  void clear(String ddlId) {
    retry.inTransaction(
        pool,
        "clear the arrivals at a schema change",
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM " + tables.arrivals() + " WHERE connector = ? AND ddl_id = ?")) {
            delete.setString(1, connector);
            delete.setString(2, LedgerKey.of(ddlId));
            return delete.executeUpdate();
          }
        });
  }
}
