package io.dmconnect.source.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.filter.BlockAllowList;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.jdbc.PatientConnections;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.SelectionMark;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.schema.SchemaTables;
import io.dmconnect.source.schema.TableState;
import io.dmconnect.source.snapshot.SelectionNotices;
import io.dmconnect.source.snapshot.TableCatalog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that were captured once and that the block-allow list does not take any more, or takes
 * again: their topics tell it, before the stream goes on. Their schemas are followed meanwhile;
 * their rows are passed over, as in DM. Belongs to the engine's thread.
 */
final class SelectionChanges {
  private static final Logger LOG = LoggerFactory.getLogger(SelectionChanges.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final int LOOKS_BEFORE_CARRIER = 5;
  private static final int MOST_LOOKS = 300;
  private static final int MOST_COMMITS = 20;

  private final PatientConnections connections;
  private final BlockAllowList selection;
  private final Predicate<TableId> captured;
  private final SourcePartitions partitions;
  private final OffsetReader committed;
  private final UncommittedVersions commits;
  private final SelectionNotices notices;
  private final boolean transactional;

  /**
   * Changes between what the offsets say and the configuration.
   *
   * @param connections asks for the server's tables
   * @param selection names schemas that may be gone
   * @param captured whether a table is captured
   * @param partitions names the offsets
   * @param committed the committed offsets, with the recent versions over those of the tables
   * @param commits tells of commits
   * @param notices tells the topics
   * @param transactional whether records and offsets are written in one transaction, in order
   */
  SelectionChanges(
      PatientConnections connections,
      BlockAllowList selection,
      Predicate<TableId> captured,
      SourcePartitions partitions,
      OffsetReader committed,
      UncommittedVersions commits,
      SelectionNotices notices,
      boolean transactional) {
    this.connections = connections;
    this.selection = selection;
    this.captured = captured;
    this.partitions = partitions;
    this.committed = committed;
    this.commits = commits;
    this.notices = notices;
    this.transactional = transactional;
  }

  /**
   * Tells the topics what changed.
   *
   * @param listed the names that the offsets have
   * @param schemas the tables where the stream goes on
   * @param at that position
   * @return the tables that were captured and are not, as far as they exist at that position
   */
  List<TableId> tell(SchemaTables listed, SchemaStore schemas, BinlogPosition at)
      throws InterruptedException {
    Set<TableId> tables = tables(listed);
    Map<TableId, SelectionMark> marks = marks(tables);
    Set<TableId> deselected = deselected(tables);
    schemas.meet(deselected);
    deselected.removeIf(table -> schemas.followed(table) == null);
    schemas.meet(marks.keySet());
    Map<TableId, SelectionMark> begun = new TreeMap<>(marks);
    begun.values().removeIf(SelectionMark::told);
    tell(begun, schemas, at);

    Map<TableId, SelectionMark> intended = new TreeMap<>();
    for (TableId table : tables) {
      SelectionMark mark = marks.get(table);
      boolean now = captured.test(table);
      boolean before = mark == null || mark.selected();
      if (now != before && (now || deselected.contains(table))) {
        intended.put(table, new SelectionMark(now, notices.micros(), false));
      }
    }
    warn(intended);
    intend(intended);
    tell(intended, schemas, at);
    return List.copyOf(deselected);
  }

  /** The tables that the server has, and those that offsets have of its schemas. */
  private Set<TableId> tables(SchemaTables listed) {
    try {
      Set<TableId> all =
          new TreeSet<>(
              connections
                  .ask(connection -> TableCatalog.tables(connection, table -> true))
                  .keySet());
      Set<String> schemas = new TreeSet<>(connections.ask(TableCatalog::schemas));
      schemas.addAll(selection.statedSchemas().orElse(Set.of()));
      all.addAll(listed.of(schemas));
      return all;
    } catch (SQLException e) {
      throw new DmException(
          SourceError.SNAPSHOT_FAILED, "The list of tables cannot be read: " + e.getMessage(), e);
    }
  }

  private Map<TableId, SelectionMark> marks(Collection<TableId> tables) {
    Map<Map<String, String>, Map<String, Object>> found =
        committed.readAll(tables.stream().map(partitions::selection).toList());
    Map<TableId, SelectionMark> marks = new TreeMap<>();
    for (TableId table : tables) {
      SelectionMark mark = SelectionMark.read(found.get(partitions.selection(table)));
      if (mark != null) {
        marks.put(table, mark);
      }
    }
    return marks;
  }

  private Set<TableId> deselected(Collection<TableId> tables) {
    List<TableId> others = tables.stream().filter(captured.negate()).toList();
    List<Map<String, String>> places = new ArrayList<>();
    for (TableId table : others) {
      places.add(partitions.snapshot(table));
      places.add(partitions.table(table));
    }
    Set<Map<String, String>> found = committed.readAll(places).keySet();
    Set<TableId> known = new TreeSet<>();
    for (TableId table : others) {
      if (found.contains(partitions.snapshot(table)) || found.contains(partitions.table(table))) {
        known.add(table);
      }
    }
    return known;
  }

  /** What a crash may leave in part has to be committed before. */
  private void intend(Map<TableId, SelectionMark> marks) throws InterruptedException {
    if (marks.isEmpty()) {
      return;
    }
    Map<Map<String, String>, SelectionMark> intended = new LinkedHashMap<>();
    marks.forEach((table, mark) -> intended.put(partitions.selection(table), mark));
    notices.carry(intended);
    if (transactional) {
      return;
    }
    LOG.info("Streaming begins when it is committed that {} are selected or not", marks.keySet());
    long lastCommit = commits.count() + MOST_COMMITS;
    for (int looks = 1; !areCommitted(intended); looks++) {
      commits.awaitCommit(LOOK_AGAIN);
      if (looks % LOOKS_BEFORE_CARRIER == 0) {
        notices.carry(intended);
      }
      if (looks > MOST_LOOKS && commits.count() > lastCommit) {
        LOG.warn("Offsets are not committed: does a transformation drop the heartbeats' topic?");
        return;
      }
    }
  }

  private boolean areCommitted(Map<Map<String, String>, SelectionMark> intended) {
    Map<Map<String, String>, Map<String, Object>> found = committed.readAll(intended.keySet());
    return intended.entrySet().stream()
        .allMatch(mark -> mark.getValue().equals(SelectionMark.read(found.get(mark.getKey()))));
  }

  private void tell(Map<TableId, SelectionMark> marks, SchemaStore schemas, BinlogPosition at)
      throws InterruptedException {
    Map<Map<String, String>, SelectionMark> gone = new LinkedHashMap<>();
    List<SelectionNotices.Notice> notes = new ArrayList<>();
    marks.forEach(
        (table, mark) -> {
          TableState state = captured.test(table) ? schemas.table(table) : schemas.followed(table);
          if (state == null || state.current() == null) {
            gone.put(partitions.selection(table), mark.asTold());
          } else {
            notes.add(new SelectionNotices.Notice(state.current(), mark));
          }
        });
    notices.tell(notes, at);
    notices.carry(gone);
  }

  private static void warn(Map<TableId, SelectionMark> marks) {
    marks.forEach(
        (table, mark) -> {
          if (mark.selected()) {
            LOG.warn(
                "{} is selected again: rows that changed meanwhile are missing; remove its offsets"
                    + " to have it read anew",
                table);
          } else {
            LOG.warn("{} is not selected any more: its rows are passed over", table);
          }
        });
  }
}
