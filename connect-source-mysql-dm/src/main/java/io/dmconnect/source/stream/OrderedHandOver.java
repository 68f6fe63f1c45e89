package io.dmconnect.source.stream;

import io.dmconnect.source.offset.StreamOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Hands over the records of schema changes, and waits until they are in the topics. The first
 * partition of a topic has a change before the others, and of two topics that whose partition is
 * the first participant: whatever a kill leaves of a change, the first partition has it when any of
 * the topic has. A reader relies on that to tell a change that never comes. Belongs to the reading
 * thread.
 */
final class OrderedHandOver {
  private static final Comparator<SourceRecord> BY_PARTICIPANT =
      Comparator.comparing(record -> record.topic() + '-' + record.kafkaPartition());

  private final BatchWriter out;
  private final Delivery delivery;
  private final Duration patience;

  /**
   * A hand-over.
   *
   * @param out takes the records
   * @param delivery tells when they are in the topics
   * @param patience after how long a record that carries the offset is to follow
   */
  OrderedHandOver(BatchWriter out, Delivery delivery, Duration patience) {
    this.out = out;
    this.delivery = delivery;
    this.patience = patience;
  }

  /** Adds a record whose place among the others does not count. */
  void add(SourceRecord record) {
    delivery.expect(record);
    out.add(record);
  }

  /**
   * Hands over what was added and all records of changes.
   *
   * @param changes the records of each change, in the order of the changes
   * @param before the stream's offset before them
   * @throws InterruptedException when the task stops
   */
  void run(List<List<SourceRecord>> changes, StreamOffset before) throws InterruptedException {
    boolean begun = false;
    for (List<SourceRecord> step : steps(changes)) {
      if (begun) {
        await(before);
      }
      step.forEach(this::add);
      begun = true;
    }
    await(before);
  }

  /** What goes out together. Of changes of one topic each, one wait does for all. */
  private static List<List<SourceRecord>> steps(List<List<SourceRecord>> changes) {
    List<List<SourceRecord>> steps = new ArrayList<>();
    if (changes.stream().allMatch(OrderedHandOver::isOfOneTopic)) {
      List<SourceRecord> all = changes.stream().flatMap(List::stream).toList();
      steps.add(all.stream().filter(OrderedHandOver::isFirst).toList());
      steps.add(all.stream().filter(record -> !isFirst(record)).toList());
    } else {
      for (List<SourceRecord> change : changes) {
        change.stream()
            .filter(OrderedHandOver::isFirst)
            .sorted(BY_PARTICIPANT)
            .forEach(record -> steps.add(List.of(record)));
        steps.add(change.stream().filter(record -> !isFirst(record)).toList());
      }
    }
    steps.removeIf(List::isEmpty);
    return steps;
  }

  private static boolean isOfOneTopic(List<SourceRecord> change) {
    return change.stream().map(SourceRecord::topic).distinct().count() <= 1;
  }

  private static boolean isFirst(SourceRecord record) {
    return record.kafkaPartition() == 0;
  }

  private void await(StreamOffset before) throws InterruptedException {
    out.flush(false);
    while (!delivery.await(patience)) {
      out.carry(before);
    }
  }
}
