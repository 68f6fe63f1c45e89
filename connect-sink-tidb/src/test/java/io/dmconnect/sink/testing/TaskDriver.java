package io.dmconnect.sink.testing;

import io.dmconnect.sink.TiDbSinkTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Does with a task what a worker does, in the test's own thread. */
public final class TaskDriver implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int BATCH = 500;

  private final TiDbSinkTask task = new TiDbSinkTask();
  private final FakeContext context = new FakeContext();
  private final Map<String, String> props = new HashMap<>();
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final List<Long> errant = new ArrayList<>();
  private boolean started;

  /** A task of connector {@code name}, whose bookkeeping is in {@code <name>_meta}. */
  public TaskDriver(String name, String... more) {
    props.put("name", name);
    props.put("connection.url", DevTiDb.url());
    props.put("connection.username", "root");
    props.put("meta.schema", DevTiDb.meta(name));
    for (int i = 0; i < more.length; i += 2) {
      props.put(more[i], more[i + 1]);
    }
  }

  /** Adds a key to the configuration. */
  public TaskDriver with(String key, String value) {
    props.put(key, value);
    return this;
  }

  /** The context the task sees. */
  public FakeContext context() {
    return context;
  }

  /** Takes errant records; before the task is started. */
  public void reportErrantRecords() {
    context.reporter(
        (record, error) -> {
          errant.add(record.originalKafkaOffset());
          return CompletableFuture.completedFuture(null);
        });
  }

  /** The offsets of errant records. */
  public List<Long> errantOffsets() {
    return errant;
  }

  /** Starts the task if need be and assigns the topics that it does not have yet. */
  public void open(TestTopic... topics) {
    if (!started) {
      task.initialize(context);
      task.start(props);
      started = true;
    }

    List<TopicPartition> fresh =
        Arrays.stream(topics).map(TestTopic::partition).filter(p -> !next.containsKey(p)).toList();
    if (!fresh.isEmpty()) {
      context.assign(Set.copyOf(fresh));
      task.open(fresh);
      fresh.forEach(p -> next.put(p, context.rewound().getOrDefault(p, 0L)));
    }
  }

  /** Takes topics away from the task. */
  public void giveUp(TestTopic... topics) {
    List<TopicPartition> lost = Arrays.stream(topics).map(TestTopic::partition).toList();
    task.close(lost);
    lost.forEach(next::remove);
  }

  /** Gives the task records. */
  public void put(Collection<SinkRecord> records) {
    task.put(records);
  }

  /** Gives the task what it has not read, as a worker would, and waits until it is durable. */
  public void deliverAll(TestTopic... topics) {
    open(topics);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!isDurable(topics)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not durable in time: " + durable());
      }

      List<SinkRecord> batch = new ArrayList<>();
      for (TestTopic topic : topics) {
        batch.addAll(poll(topic));
      }

      context.rewound().clear();
      task.put(batch);
      next.putAll(context.rewound());
      if (batch.isEmpty()) {
        pause();
      }
    }
  }

  private List<SinkRecord> poll(TestTopic topic) {
    if (context.paused().contains(topic.partition())) {
      return List.of();
    }

    long from = Math.min(next.get(topic.partition()), topic.last().kafkaOffset() + 1);
    List<SinkRecord> records = topic.from(from);
    List<SinkRecord> polled = records.subList(0, Math.min(BATCH, records.size()));
    next.put(topic.partition(), from + polled.size());
    return polled;
  }

  private boolean isDurable(TestTopic... topics) {
    Map<TopicPartition, OffsetAndMetadata> durable = durable();
    return Arrays.stream(topics)
        .allMatch(
            topic ->
                durable.containsKey(topic.partition())
                    && durable.get(topic.partition()).offset() > topic.last().kafkaOffset());
  }

  /** What the task would commit now. */
  public Map<TopicPartition, OffsetAndMetadata> durable() {
    return task.preCommit(Map.of());
  }

  private static void pause() {
    try {
      // Nothing ever counts it down: the wait of a consumer's poll.
      boolean never = new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
      assert !never;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (started) {
      task.close(next.keySet());
      task.stop();
    }
  }
}
