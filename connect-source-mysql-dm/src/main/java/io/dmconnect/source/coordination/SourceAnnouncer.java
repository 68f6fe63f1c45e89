package io.dmconnect.source.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TableFacts;
import io.dmconnect.model.coordination.zk.SourceClient;
import io.dmconnect.source.position.BinlogPosition;
import java.sql.SQLException;
import java.time.Clock;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** States the source's tables whenever they change, and its status. One thread at a time. */
final class SourceAnnouncer {
  private static final Logger LOG = LoggerFactory.getLogger(SourceAnnouncer.class);

  private static final int MILLIS = 1_000;

  private final String source;
  private final SourceClient client;
  private final TableLister lister;
  private final Supplier<SourceProgress> progress;
  private final Clock clock;
  private final FactsReader reader;
  private final NavigableMap<TableId, TableFacts> facts = new TreeMap<>();
  private NavigableSet<TableId> stated;
  private long asked;
  private String lastError;

  SourceAnnouncer(
      String source,
      SourceClient client,
      TableLister lister,
      FactsReader reader,
      Supplier<SourceProgress> progress,
      Clock clock) {
    this.source = requireNonNull(source, "source is null");
    this.client = requireNonNull(client, "client is null");
    this.lister = requireNonNull(lister, "lister is null");
    this.reader = requireNonNull(reader, "reader is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Looks at the tables and states them, also when they are the same: an operator may have deleted
   * the source. While the server cannot be asked, what was stated stays.
   */
  void announceTables() {
    try {
      NavigableSet<TableId> now = new TreeSet<>(lister.list());
      lookAt(now);
      if (!now.equals(stated)) {
        LOG.info("Stating {} tables to the coordinator", now.size());
        stated = now;
      }

      client.state(now);

      lastError = null;
    } catch (SQLException | RuntimeException e) {
      lastError = "The tables cannot be listed: " + e.getMessage();
      LOG.warn("{}", lastError);
    }
  }

  /** Looks at all tables anew: a check of that number was asked for. */
  void check(long number) {
    if (number > asked) {
      asked = number;
      facts.clear();
      announceTables();
    }
  }

  /** Before a table is stated it is known what it is. */
  private void lookAt(NavigableSet<TableId> now) throws SQLException {
    facts.keySet().retainAll(now);
    NavigableSet<TableId> unknown = new TreeSet<>(now);
    unknown.removeAll(facts.keySet());
    facts.putAll(reader.read(unknown));
    client.found(new SourceFacts(source, asked, facts));
  }

  /** States how the source is doing. */
  void announceStatus() {
    SourceProgress now = progress.get();
    NavigableMap<String, String> details = new TreeMap<>();
    details.put("snapshot_rows", Long.toString(now.snapshotRows()));
    details.put("snapshot_tables_done", Long.toString(now.snapshotTablesDone()));
    details.put("snapshot_tables", Long.toString(now.snapshotTables()));
    details.put("binlog_rows", Long.toString(now.binlogRows()));
    details.put("tables", Integer.toString(stated == null ? 0 : stated.size()));
    details.putAll(place(now, clock.millis()));
    boolean dumping = now.snapshotTablesDone() < now.snapshotTables();
    client.status(
        new ParticipantStatus(
            source,
            ParticipantStatus.Kind.SOURCE,
            dumping ? "snapshot" : "streaming",
            clock.millis(),
            details,
            lastError));
  }

  private static NavigableMap<String, String> place(SourceProgress now, long nowMillis) {
    NavigableMap<String, String> details = new TreeMap<>();
    BinlogPosition position = now.position();
    if (position != null) {
      details.put("binlog", position.file() + ":" + position.offset());
      if (position.gtids() != null) {
        details.put("gtid_set", position.gtids().toString());
      }
    }

    if (now.lastEventSeconds() > 0) {
      long age = nowMillis / MILLIS - now.lastEventSeconds();
      details.put("last_event_age_s", Long.toString(Math.max(0, age)));
    }

    return details;
  }
}
