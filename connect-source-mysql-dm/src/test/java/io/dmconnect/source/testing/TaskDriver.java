package io.dmconnect.source.testing;

import io.dmconnect.source.MySqlDmSourceTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Runs the task as a Connect worker does, with offsets in memory that outlive a task. */
public final class TaskDriver implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
  private final Map<String, String> props;
  private MySqlDmSourceTask task;
  private final List<SourceRecord> lists = new ArrayList<>();
  private boolean delivers = true;
  private boolean keepsLists = true;
  private boolean commits;

  /** A driver of a connector with that configuration. */
  public TaskDriver(Map<String, String> props) {
    this.props = Map.copyOf(props);
  }

  /** Starts a new task. */
  public TaskDriver start() {
    return start(Map.of());
  }

  /** Starts a new task with more configuration. */
  public TaskDriver start(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(props);
    all.putAll(more);
    task = new MySqlDmSourceTask();
    task.initialize(new Context());
    task.start(all);
    return this;
  }

  /** Ends the task; what it gave out and was not committed is lost, as in a crash. */
  public void kill() {
    task.stop();
  }

  /** Leaves it to the test to tell the task that records are delivered. */
  public TaskDriver withoutDelivery() {
    delivers = false;
    return this;
  }

  /** Tells the task of deliveries again. */
  public TaskDriver delivering() {
    delivers = true;
    return this;
  }

  /** Tells the task that records are in their topics, as a worker does. */
  public void deliver(List<SourceRecord> records) {
    records.forEach(record -> task.commitRecord(record, null));
  }

  private List<SourceRecord> poll() throws InterruptedException {
    List<SourceRecord> records = task.poll();
    if (records == null) {
      return null;
    }
    List<SourceRecord> shown = new ArrayList<>();
    for (SourceRecord record : records) {
      if (isIntention(record)) {
        commit(List.of(record));
      } else {
        (isOfTables(record) ? lists : shown).add(record);
      }
    }
    deliver(delivers ? records : lists);
    if (commits) {
      commit(shown);
    }
    return shown;
  }

  /** Whether the record only carries whether a table is captured, for which the task waits. */
  private static boolean isIntention(SourceRecord record) {
    return record.topic().startsWith("__dm-heartbeat.")
        && record.sourcePartition().containsKey("selection");
  }

  /** Whether the record only carries tables' names, or their versions at a start. */
  private static boolean isOfTables(SourceRecord record) {
    return record.topic().startsWith("__dm-heartbeat.")
        && (record.sourcePartition().containsKey("schema")
            || record.sourcePartition().containsKey("table"));
  }

  /**
   * Commits the offsets of all records given out from now on, as a worker does again and again; a
   * task may wait for that.
   */
  public TaskDriver committing() {
    commits = true;
    return this;
  }

  /** Takes records until one fits; fails when none comes in a minute. */
  public List<SourceRecord> until(Predicate<SourceRecord> last) throws InterruptedException {
    return untilAll(List.of(last));
  }

  /** Takes records until each predicate had one that fits, in any order. */
  public List<SourceRecord> untilAll(List<Predicate<SourceRecord>> awaited)
      throws InterruptedException {
    List<Predicate<SourceRecord>> missing = new ArrayList<>(awaited);
    List<SourceRecord> taken = new ArrayList<>();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      List<SourceRecord> records = poll();
      if (records != null) {
        taken.addAll(records);
        missing.removeIf(awaitedOne -> records.stream().anyMatch(awaitedOne));
        if (missing.isEmpty()) {
          return taken;
        }
      }
    }
    throw new AssertionError("The record did not come; the last of " + taken.size());
  }

  /** Takes what one poll gives. */
  public List<SourceRecord> next() throws InterruptedException {
    List<SourceRecord> records = poll();
    return records == null ? List.of() : records;
  }

  /** Takes what one poll gives; null, or the failure when the task has failed. */
  public RuntimeException failure() throws InterruptedException {
    try {
      poll();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** Takes records until the task fails. */
  public RuntimeException untilFailure() throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      try {
        poll();
      } catch (RuntimeException e) {
        return e;
      }
    }
    throw new AssertionError("The task did not fail");
  }

  /**
   * Loses the records with tables' names, or versions at a start, and their offsets from now on.
   */
  public TaskDriver withoutLists() {
    keepsLists = false;
    return this;
  }

  /**
   * Commits the offsets of records, the last of each partition counts. Those of the records with
   * tables' names, or versions at a start, which nobody is given, are committed along.
   */
  public void commit(List<SourceRecord> records) {
    synchronized (offsets) {
      if (keepsLists) {
        lists.forEach(
            list -> offsets.put(list.sourcePartition(), new LinkedHashMap<>(list.sourceOffset())));
      }
      lists.clear();
      for (SourceRecord record : records) {
        offsets.put(record.sourcePartition(), new LinkedHashMap<>(record.sourceOffset()));
      }
    }
  }

  /** Commits the offsets of records and tells the task so, as a worker does. */
  public void committed(List<SourceRecord> records) throws InterruptedException {
    commit(records);
    task.commit();
  }

  /** Changes a member of the committed offset of a table's snapshot. */
  public void alterSnapshot(String table, String member, Object value) {
    synchronized (offsets) {
      offsets.forEach(
          (partition, offset) -> {
            if (table.equals(partition.get("snapshot"))) {
              Map<String, Object> altered = new LinkedHashMap<>(offset);
              altered.put(member, value);
              offsets.replace(partition, altered);
            }
          });
    }
  }

  /** Forgets all committed offsets. */
  public void forget() {
    synchronized (offsets) {
      offsets.clear();
    }
  }

  /** Makes those the committed offsets. */
  public void restore(Map<Map<String, ?>, Map<String, ?>> earlier) {
    synchronized (offsets) {
      offsets.clear();
      offsets.putAll(earlier);
    }
  }

  /** The committed offsets. */
  public Map<Map<String, ?>, Map<String, ?>> offsets() {
    synchronized (offsets) {
      return new HashMap<>(offsets);
    }
  }

  @Override
  public void close() {
    if (task != null) {
      task.stop();
    }
  }

  private final class Context implements SourceTaskContext, OffsetStorageReader {
    @Override
    public Map<String, String> configs() {
      return props;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return this;
    }

    @Override
    public TransactionContext transactionContext() {
      return null;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return null;
    }

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      synchronized (offsets) {
        Map<String, ?> offset = offsets.get(partition);
        return offset == null ? null : new LinkedHashMap<>(offset);
      }
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
      partitions.forEach(partition -> found.put(partition, offset(partition)));
      return found;
    }
  }
}
