package io.dmconnect.local.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells when the target has the whole snapshot while rows are written all the time: every source
 * streams, which it does when its snapshot is in the topics, and what the shards' topics held then
 * is applied. Not thread-safe.
 */
final class SnapshotEnd {
  private final long[] firstPulses;
  private final boolean[] streaming;
  private final Map<String, Long> ends = new HashMap<>();

  /**
   * Nothing seen yet.
   *
   * @param sources how many sources there are
   */
  SnapshotEnd(int sources) {
    this.firstPulses = new long[sources];
    this.streaming = new boolean[sources];
  }

  /**
   * Looks once more.
   *
   * @param pulses what each source's write load changes all the time, as the target has it: the
   *     snapshot brings one value, the stream the next; empty when not all are there
   * @param shards the counts of the shards' topics
   */
  boolean reached(List<Long> pulses, Map<String, TopicProgress.Counts> shards) {
    if (pulses.isEmpty() || shards.isEmpty() || !allStream(pulses)) {
      return false;
    }
    if (ends.isEmpty()) {
      shards.forEach((topic, counts) -> ends.put(topic, counts.produced()));
    }
    return ends.entrySet().stream()
        .allMatch(
            end ->
                shards.containsKey(end.getKey())
                    && shards.get(end.getKey()).applied() >= end.getValue());
  }

  private boolean allStream(List<Long> pulses) {
    boolean all = true;
    for (int i = 0; i < firstPulses.length; i++) {
      long pulse = pulses.get(i);
      streaming[i] |= firstPulses[i] != 0 && pulse != firstPulses[i];
      firstPulses[i] = firstPulses[i] == 0 ? pulse : firstPulses[i];
      all &= streaming[i];
    }
    return all;
  }
}
