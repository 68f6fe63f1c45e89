package io.dmconnect.sink.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * When partitions that an error holds back are tried again: after five seconds, then after twice as
 * long each time, up to five minutes, until more of them is durable. DM resumes its tasks with the
 * same bounds. Used by the task's thread only.
 */
final class Retries {
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

  /**
   * One partition's.
   *
   * @param delayNanos the last pause
   * @param atNanos when it ends
   * @param durable what was durable when it began
   * @param over whether it has ended
   */
  private record Pause(long delayNanos, long atNanos, long durable, boolean over) {}

  private final Map<TopicPartition, Pause> pauses = new HashMap<>();

  /** The partitions of these to be taken over anew now. */
  List<TopicPartition> due(Collection<PartitionState> partitions, long nowNanos) {
    List<TopicPartition> due = new ArrayList<>();
    for (PartitionState state : partitions) {
      if (!state.isFailed() || state.fenced() != null) {
        continue;
      }

      TopicPartition partition = state.topicPartition();
      Pause pause = pauses.get(partition);
      if (pause == null || pause.over()) {
        pauses.put(partition, next(pause, state.durable(), nowNanos));
      } else if (nowNanos - pause.atNanos() >= 0) {
        pauses.put(partition, new Pause(pause.delayNanos(), 0, pause.durable(), true));
        due.add(partition);
      }
    }

    return due;
  }

  private static Pause next(Pause last, long durable, long nowNanos) {
    boolean moved = last == null || durable > last.durable();
    long delay = moved ? FIRST_NANOS : Math.min(2 * last.delayNanos(), LONGEST_NANOS);
    return new Pause(delay, nowNanos + delay, durable, false);
  }

  /** In how many milliseconds the next pause ends; -1 when there is none. */
  long nextMillis(long nowNanos) {
    long next = -1;
    for (Pause pause : pauses.values()) {
      if (!pause.over()) {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(pause.atNanos() - nowNanos) + 1);
        next = next < 0 ? millis : Math.min(next, millis);
      }
    }

    return next;
  }

  void forget(TopicPartition partition) {
    pauses.remove(partition);
  }
}
