package io.dmconnect.source.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What a consumer makes of one topic's records by the event contract: rows by key, or a bag of rows
 * without one. A change that does not fit what is there is an error unless it may be in the
 * snapshot already.
 */
public final class Replica {
  private final String topic;
  private final Map<String, List<Object>> keyed = new TreeMap<>();
  private final List<List<Object>> bag = new ArrayList<>();

  /** An empty replica of a topic. */
  public Replica(String topic) {
    this.topic = topic;
  }

  /** Applies the records of the topic. */
  public Replica apply(List<SourceRecord> records) {
    for (SourceRecord record : records) {
      if (record.topic().equals(topic) && record.value() != null) {
        apply((Struct) record.key(), (Struct) record.value());
      }
    }
    return this;
  }

  private void apply(Struct key, Struct value) {
    String op = value.getString("op");
    if (op.equals("ddl")) {
      String kind = value.getStruct("ddl").getString("kind");
      if (kind.equals("DROP_TABLE") || kind.equals("TRUNCATE_TABLE")) {
        keyed.clear();
        bag.clear();
      }
      return;
    }
    boolean safe = Boolean.TRUE.equals(value.getStruct("source").getBoolean("safe_mode"));
    List<Object> before = row(value.getStruct("before"));
    List<Object> after = row(value.getStruct("after"));
    if (key == null) {
      inBag(op, before, after);
    } else {
      byKey(op, row(key).toString(), before, after, safe);
    }
  }

  private void inBag(String op, List<Object> before, List<Object> after) {
    if (before != null && !bag.remove(before)) {
      throw new AssertionError(op + " of a row that is not there: " + before);
    }
    if (after != null) {
      bag.add(after);
    }
  }

  private void byKey(String op, String key, List<Object> before, List<Object> after, boolean safe) {
    List<Object> old = after == null ? keyed.remove(key) : keyed.put(key, after);
    boolean fits =
        switch (op) {
          case "r" -> true;
          case "c" -> old == null;
          default -> before.equals(widened(old, before.size()));
        };
    if (!safe && !fits) {
      throw new AssertionError(op + " of " + key + ": expected " + before + ", was " + old);
    }
  }

  /** The rows, sorted; those from before a column was added have NULL there. */
  public List<String> rows() {
    List<List<Object>> all = new ArrayList<>(keyed.values());
    all.addAll(bag);
    int width = all.stream().mapToInt(List::size).max().orElse(0);
    return all.stream().map(row -> widened(row, width).toString()).sorted().toList();
  }

  private static List<Object> widened(List<Object> row, int width) {
    if (row == null || row.size() >= width) {
      return row;
    }
    List<Object> wide = new ArrayList<>(row);
    wide.addAll(Collections.nCopies(width - row.size(), null));
    return wide;
  }

  private static List<Object> row(Struct struct) {
    if (struct == null) {
      return null;
    }
    List<Object> cells = new ArrayList<>();
    for (Field field : struct.schema().fields()) {
      cells.add(struct.get(field));
    }
    return cells;
  }
}
