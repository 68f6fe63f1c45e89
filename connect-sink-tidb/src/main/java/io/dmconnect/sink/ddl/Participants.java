package io.dmconnect.sink.ddl;

import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that a schema change goes to, as {@code topic-partition}. Pure; safe for several
 * threads.
 */
final class Participants {
  private final Predicate<String> subscribed;

  /**
   * Participants of changes.
   *
   * @param subscribed whether the connector reads a topic
   */
  Participants(Predicate<String> subscribed) {
    this.subscribed = subscribed;
  }

  /** The partitions that carry the change and are read by this sink, the work's own included. */
  SortedSet<String> of(DdlWork work) {
    SortedSet<String> participants = new TreeSet<>();
    for (String participant : work.event().participants()) {
      int cut = participant.lastIndexOf('-');
      if (cut > 0 && subscribed.test(participant.substring(0, cut))) {
        participants.add(participant);
      }
    }

    participants.add(own(work));
    return participants;
  }

  /** All partitions that carry the change, the work's own included. */
  static Set<TopicPartition> all(DdlWork work) {
    Set<TopicPartition> all = new HashSet<>();
    work.event().participants().forEach(participant -> all.add(partition(participant)));
    all.add(work.partition());
    return all;
  }

  /** The one that the work's record came from. */
  static String own(DdlWork work) {
    return work.partition().topic() + "-" + work.partition().partition();
  }

  /** The partition that a participant names. */
  static TopicPartition partition(String participant) {
    int cut = participant.lastIndexOf('-');
    return new TopicPartition(
        participant.substring(0, cut), Integer.parseInt(participant.substring(cut + 1)));
  }
}
