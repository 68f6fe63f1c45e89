package io.dmconnect.sink.ddl;

import io.dmconnect.sink.ddl.LedgerEntry.State;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.progress.JdbcSourceSchemas;
import io.dmconnect.sink.progress.KnownTable;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.progress.ProgressSql;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.write.FencedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * The schema changes that were begun and those that are done, in the target. A change is entered
 * before it runs and marked done in one transaction with the progress of its record. Safe for
 * several threads.
 */
final class Ledger {
  /** Separates statements; no statement contains it. */
  private static final String SEPARATOR = "\u001e\n";

  private final TargetPool pool;
  private final Retry retry;
  private final MetaTables tables;
  private final String owner;
  private final ProgressSql progress;
  private final Owners owners;
  private final JdbcSourceSchemas schemas;

  /** The ledger of a connector. */
  Ledger(TargetPool pool, Retry retry, MetaTables tables, String connector) {
    this(pool, retry, tables, connector, connector);
  }

  /**
   * A ledger.
   *
   * @param connector whose progress guards it
   * @param owner whose entries it holds
   */
  Ledger(TargetPool pool, Retry retry, MetaTables tables, String connector, String owner) {
    this.pool = pool;
    this.retry = retry;
    this.tables = tables;
    this.owner = owner;
    this.progress = new ProgressSql(tables, connector);
    this.owners = new Owners(tables, connector);
    this.schemas = new JdbcSourceSchemas(pool, retry, tables, connector);
  }

  /** The entry of a change; null when it was never begun. */
  LedgerEntry find(String id) {
    return transactionally("read the ledger", connection -> find(connection, id));
  }

  private LedgerEntry find(Connection connection, String id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT state, token, statements, statements_done, connection_id FROM "
                + tables.ledger()
                + " WHERE connector = ? AND ddl_id = ? FOR UPDATE")) {
      query.setString(1, owner);
      query.setString(2, LedgerKey.of(id));
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return null;
        }

        return new LedgerEntry(
            State.of(row.getString(1)),
            row.getString(2),
            split(row.getString(3)),
            row.getInt(4),
            row.getLong(5));
      }
    }
  }

  private static List<String> split(String statements) {
    return statements == null || statements.isEmpty()
        ? List.of()
        : Arrays.asList(statements.split(SEPARATOR, -1));
  }

  /**
   * Enters a change unless it is there.
   *
   * @return the entry that was there, or the new one in state {@link State#ENTERED}
   * @throws FencedException when the work's partition has another owner
   */
  LedgerEntry begin(DdlWork work, DdlPlan plan) {
    String token = UUID.randomUUID().toString().replace("-", "");
    return transactionally(
        "enter a schema change",
        connection -> {
          owners.check(connection, work.partition(), work.epoch());
          LedgerEntry known = find(connection, work.event().id());
          if (known != null) {
            return known;
          }

          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO "
                      + tables.ledger()
                      + " (connector, ddl_id, state, kind, target, statements, note, token)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, owner);
            insert.setString(2, LedgerKey.of(work.event().id()));
            insert.setString(3, State.STARTED.text());
            insert.setString(4, work.event().kind().name());
            insert.setString(5, plan.target().toString());
            insert.setString(6, String.join(SEPARATOR, plan.statements()));
            insert.setString(7, String.join("; ", plan.notes()));
            insert.setString(8, token);
            insert.executeUpdate();
            return new LedgerEntry(State.ENTERED, token, plan.statements(), 0, 0);
          }
        });
  }

  /**
   * Makes sure that this task still owns a partition.
   *
   * @throws FencedException when it does not
   */
  void checkOwner(TopicPartition partition, long epoch) {
    transactionally(
        "look whose a partition is",
        connection -> {
          owners.check(connection, partition, epoch);
          return null;
        });
  }

  /**
   * Keeps how far a change is, and which connection runs its next statement. Who runs it is who
   * wrote this last: another task that takes it over does so only by this, and ends the connection
   * that is noted here first.
   *
   * @param lastConnection the connection this task noted or found; 0 for none
   * @throws TakenOverException when another one is noted
   */
  void update(
      String id, List<String> statements, int done, long lastConnection, long connectionId) {
    int updated =
        transactionally(
            "update the ledger",
            connection -> {
              try (PreparedStatement update =
                  connection.prepareStatement(
                      "UPDATE "
                          + tables.ledger()
                          + " SET statements = ?, statements_done = ?, connection_id = ?"
                          + " WHERE connector = ? AND ddl_id = ?"
                          + " AND COALESCE(connection_id, 0) IN (?, ?)")) {
                update.setString(1, String.join(SEPARATOR, statements));
                update.setInt(2, done);
                update.setLong(3, connectionId);
                update.setString(4, owner);
                update.setString(5, LedgerKey.of(id));
                update.setLong(6, lastConnection);
                update.setLong(7, connectionId);
                return update.executeUpdate();
              }
            });
    if (updated > 0) {
      return;
    }

    LedgerEntry entry = find(id);
    long noted = entry == null ? 0 : entry.connectionId();
    if (noted != connectionId) {
      throw new TakenOverException(id, noted == LedgerEntry.GIVEN_UP);
    }
  }

  /**
   * A change of which somebody may still run a statement.
   *
   * @param key the ledger's key of it
   * @param entry how far it is
   */
  record Running(String key, LedgerEntry entry) {

    /** The statement that its connection runs; null when it has none, or all have run. */
    String statement() {
      boolean runs = LedgerEntry.isConnection(entry.connectionId());
      return runs && entry.done() < entry.statements().size()
          ? entry.statements().get(entry.done())
          : null;
    }
  }

  /** The owner's other changes of a target that were begun and not given up. */
  List<Running> othersRunning(String target, String id) {
    return transactionally(
        "look what runs on " + target,
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT ddl_id, token, statements, statements_done, connection_id FROM "
                      + tables.ledger()
                      + " WHERE connector = ? AND target = ? AND state = ? AND ddl_id <> ?"
                      + " AND COALESCE(connection_id, 0) <> ?")) {
            query.setString(1, owner);
            query.setString(2, target);
            query.setString(3, State.STARTED.text());
            query.setString(4, LedgerKey.of(id));
            query.setLong(5, LedgerEntry.GIVEN_UP);
            List<Running> running = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                LedgerEntry entry =
                    new LedgerEntry(
                        State.STARTED,
                        row.getString(2),
                        split(row.getString(3)),
                        row.getInt(4),
                        row.getLong(5));
                running.add(new Running(row.getString(1), entry));
              }
            }

            return running;
          }
        });
  }

  /**
   * Sees to it that a change runs no further statement until it is begun again.
   *
   * @return false when another connection runs it by now
   */
  boolean giveUp(Running running) {
    return transactionally(
        "give up a schema change",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE "
                      + tables.ledger()
                      + " SET connection_id = ? WHERE connector = ? AND ddl_id = ?"
                      + " AND COALESCE(connection_id, 0) = ?")) {
            update.setLong(1, LedgerEntry.GIVEN_UP);
            update.setString(2, owner);
            update.setString(3, running.key());
            update.setLong(4, running.entry().connectionId());
            return update.executeUpdate() > 0;
          }
        });
  }

  /** The targets of the owner's entries that were done since a moment; null: from now on. */
  Executions.Changes doneSince(String moment) {
    return transactionally(
        "look for executions",
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT target, CAST(updated_at AS CHAR), CAST(NOW(3) AS CHAR) FROM "
                      + tables.ledger()
                      + " WHERE connector = ? AND state = 'done' AND updated_at >= ?"
                      + " UNION ALL SELECT NULL, NULL, CAST(NOW(3) - INTERVAL 5 SECOND AS CHAR)")) {
            query.setString(1, owner);
            query.setString(2, moment == null ? "9999-12-31" : moment);
            Set<String> targets = new HashSet<>();
            String upTo = moment;
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                if (row.getString(1) == null) {
                  upTo = row.getString(3);
                } else {
                  targets.add(row.getString(1));
                }
              }
            }

            return new Executions.Changes(targets, upTo);
          }
        });
  }

  /** Marks a change done that belongs to no record of its own. */
  void complete(String id) {
    transactionally(
        "finish an execution",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE "
                      + tables.ledger()
                      + " SET state = ? WHERE connector = ? AND ddl_id = ?")) {
            update.setString(1, State.DONE.text());
            update.setString(2, owner);
            update.setString(3, LedgerKey.of(id));
            return update.executeUpdate();
          }
        });
  }

  /**
   * Marks a change done or skipped and moves its partition behind its record, in one transaction.
   *
   * @param note why it ended this way; null to keep the note
   * @param rows what the change did to rows that its table had
   * @throws FencedException when the work's partition has another owner
   */
  void finish(DdlWork work, State state, String note, FormerRows rows) {
    transactionally(
        "finish a schema change",
        connection -> {
          try (PreparedStatement update =
                  connection.prepareStatement(
                      "UPDATE "
                          + tables.ledger()
                          + " SET state = ?, note = COALESCE(?, note)"
                          + " WHERE connector = ? AND ddl_id = ?");
              Statement move = connection.createStatement()) {
            update.setString(1, state.text());
            update.setString(2, note);
            update.setString(3, owner);
            update.setString(4, LedgerKey.of(work.event().id()));
            update.executeUpdate();
            KnownTable known = schemas.load(connection, work.partition());
            boolean empty = known.isEmptyAt(progress.furthest(connection, work.partition()));
            int moved =
                move.executeUpdate(
                    progress.moveAll(work.partition(), work.epoch(), work.offset(), work.mark()));
            if (moved == 0) {
              owners.check(connection, work.partition(), work.epoch());
            }

            schemas.save(connection, work.partition(), rows.after(work, known, empty));
            return null;
          }
        });
  }

  private <T> T transactionally(String what, Retry.Transaction<T> work) {
    return retry.inTransaction(pool, what, work);
  }
}
