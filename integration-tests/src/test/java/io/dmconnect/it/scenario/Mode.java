package io.dmconnect.it.scenario;

import java.util.Locale;

/** The shard mode a scenario is played in. */
enum Mode {
  OPTIMISTIC("optimistic"),
  PESSIMISTIC("pessimistic"),
  STRICT("strict_optimistic");

  private final String shardMode;

  Mode(String shardMode) {
    this.shardMode = shardMode;
  }

  /** The value of the sink's {@code shard-mode}. */
  String shardMode() {
    return shardMode;
  }

  /** The mode's name in scenario files. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Mode of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
