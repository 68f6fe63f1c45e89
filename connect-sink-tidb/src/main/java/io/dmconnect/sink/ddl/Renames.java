package io.dmconnect.sink.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import java.util.List;
import java.util.Set;

/**
 * What a rename means for groups. Within a group it is one question, asked for the old name; from
 * one group to another it is a table that leaves and then a table that joins, each in its own
 * topic. Pure functions.
 */
final class Renames {

  /** The work of a rename from one target to another: that of its own topic's side. */
  static DdlWork side(DdlWork work) {
    boolean joins = isOfNewName(work, work.partition().topic());
    DdlEvent event = work.event();
    List<String> own =
        event.participants().stream()
            .filter(participant -> isOfNewName(work, topic(participant)) == joins)
            .toList();
    DdlEvent side =
        new DdlEvent(
            joins ? event.id() + ":joins" : event.id(),
            joins ? DdlKind.CREATE_TABLE : DdlKind.RENAME_TABLE,
            joins ? event.newTable() : event.table(),
            null,
            joins ? List.of() : event.statements(),
            event.defaultSchema(),
            event.sqlMode(),
            event.timeZone(),
            event.charset(),
            event.collation(),
            event.timestampMicros(),
            joins ? null : event.before(),
            joins ? event.after() : null,
            own,
            false);
    return work.with(side);
  }

  /**
   * Whether a rename from one target to another is joined here and left in a topic that is read.
   */
  static boolean joinsAfterLeaving(DdlWork work, Set<String> participants) {
    return isOfNewName(work, work.partition().topic())
        && participants.stream().anyMatch(one -> !isOfNewName(work, topic(one)));
  }

  /** The participant that asks: the first of the old name's, else the first. */
  static String asks(DdlWork work, Set<String> participants) {
    return participants.stream()
        .filter(participant -> !isOfNewName(work, topic(participant)))
        .min(String::compareTo)
        .orElseGet(() -> participants.stream().min(String::compareTo).orElseThrow());
  }

  /** Whether the work's topic is that of the new name. */
  static boolean isOfNewName(DdlWork work) {
    return isOfNewName(work, work.partition().topic());
  }

  /**
   * The definition of the topic's own table once the change is done; null when no table has the
   * name then.
   */
  static TableSchema ownTableAfter(DdlWork work) {
    DdlEvent event = work.event();
    boolean renamedAway =
        event.newTable() != null
            && work.partition().topic().equals(topicOf(work.source(), event.table()));
    return renamedAway || event.kind() == DdlKind.DROP_TABLE ? null : event.after();
  }

  private static boolean isOfNewName(DdlWork work, String topic) {
    TableId renamed = work.event().newTable();
    return renamed != null && topic.equals(topicOf(work.source(), renamed));
  }

  /** The source writes {@code _} for what Kafka does not take in a topic's name. */
  private static String topicOf(String source, TableId table) {
    return source + '.' + table.toString().replaceAll("[^a-zA-Z0-9._-]", "_");
  }

  private static String topic(String participant) {
    return participant.substring(0, participant.lastIndexOf('-'));
  }

  private Renames() {}
}
