package io.dmconnect.local.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The connector settings by which a migration's sources, sink and coordinator find each other.
 *
 * @param zooKeeper where ZooKeeper is
 * @param task the migration's name
 * @param mode how schema changes of merged tables are coordinated
 */
record ShardSettings(String zooKeeper, String task, ShardMode mode) {

  /** Adds what makes a source state its tables. */
  void addTo(Map<String, String> source) {
    source.put("coordinator.zookeeper.connect", zooKeeper);
    source.put("coordinator.task", task);
  }

  /** Adds what makes a sink ask before it changes a merged table. */
  void addTo(Map<String, String> sink, List<String> sources) {
    addTo(sink);
    sink.put("shard-mode", mode.name().toLowerCase(Locale.ROOT));
    sink.put("coordinator.expected-sources", String.join(",", sources));
  }
}
