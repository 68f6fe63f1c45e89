package io.dmconnect.local.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far each topic is written and how far the sink has applied it, read from the broker. */
final class TopicProgress implements AutoCloseable {
  private final Admin admin;
  private final String group;

  /**
   * One topic's counts.
   *
   * @param produced records written by the source
   * @param applied records whose effect is durable in the target
   */
  record Counts(long produced, long applied) {
    /** Records that wait in the topic. */
    long waiting() {
      return Math.max(0, produced - applied);
    }
  }

  TopicProgress(String bootstrapServers, String sinkConnector) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.group = "connect-" + sinkConnector;
  }

  /** The counts of every topic with one of the prefixes, by topic. */
  Map<String, Counts> read(String... prefixes) {
    try {
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      for (String topic : admin.listTopics().names().get()) {
        for (String prefix : prefixes) {
          if (topic.startsWith(prefix + ".")) {
            wanted.put(new TopicPartition(topic, 0), OffsetSpec.latest());
          }
        }
      }
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      Map<String, Counts> counts = new TreeMap<>();
      admin
          .listOffsets(wanted)
          .all()
          .get()
          .forEach(
              (partition, end) -> {
                OffsetAndMetadata done = committed.get(partition);
                counts.put(
                    partition.topic(), new Counts(end.offset(), done == null ? 0 : done.offset()));
              });
      return counts;
    } catch (ExecutionException e) {
      return Map.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
