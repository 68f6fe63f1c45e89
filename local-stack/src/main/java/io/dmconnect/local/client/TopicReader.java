package io.dmconnect.local.client;

import io.dmconnect.local.process.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads one topic from its beginning, all partitions, without a consumer group and without
 * committing anything. Sees committed transactions only. Not thread-safe.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private boolean assigned;

  /** A reader of a topic that need not exist yet. */
  public TopicReader(String bootstrapServers, String topic) {
    this.topic = topic;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Waits for the next {@code count} records and returns them, and any that came with them. */
  public List<ConsumerRecord<byte[], byte[]>> next(int count, Duration limit) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Await.until(
        count + " records of " + topic,
        limit,
        () -> {
          records.addAll(poll());
          return records.size() >= count;
        });
    return records;
  }

  /** Reads on until a record fits, and returns that record. */
  public ConsumerRecord<byte[], byte[]> first(
      Predicate<ConsumerRecord<byte[], byte[]>> fits, Duration limit) {
    return Await.value(
        "a certain record of " + topic,
        limit,
        () -> poll().stream().filter(fits).findFirst().orElse(null));
  }

  /** All records from the current position to the end that the topic has at this moment. */
  public List<ConsumerRecord<byte[], byte[]>> toEnd(Duration limit) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Await.until("the topic " + topic, limit, this::assign);
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    Await.until(
        "the end of " + topic,
        limit,
        () -> {
          records.addAll(poll());
          return ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private List<ConsumerRecord<byte[], byte[]>> poll() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    if (assign()) {
      consumer.poll(POLL).forEach(records::add);
    }
    return records;
  }

  private boolean assign() {
    if (!assigned) {
      List<PartitionInfo> partitions = consumer.listTopics().getOrDefault(topic, List.of());
      consumer.assign(
          partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList());
      assigned = !partitions.isEmpty();
    }
    return assigned;
  }
}
