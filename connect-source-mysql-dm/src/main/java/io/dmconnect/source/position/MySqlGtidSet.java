package io.dmconnect.source.position;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * MySQL's GTIDs as intervals of numbers. Sources are UUIDs in lower case, followed by {@code :tag}
 * for tagged GTIDs (MySQL 8.3).
 */
final class MySqlGtidSet extends GtidSet {
  static final MySqlGtidSet NONE = new MySqlGtidSet(new TreeMap<>());

  /** Intervals of a source: first and last of each, ascending, not adjacent. */
  private final Map<String, long[]> intervals;

  private MySqlGtidSet(Map<String, long[]> intervals) {
    this.intervals = intervals;
  }

  static MySqlGtidSet read(String text) {
    MySqlGtidSet set = NONE;
    for (String part : text.split(",", -1)) {
      String source = part.strip();
      if (!source.isEmpty()) {
        set = parseSource(set, source);
      }
    }
    return set;
  }

  private static MySqlGtidSet parseSource(MySqlGtidSet set, String text) {
    String[] parts = text.split(":", -1);
    String uuid = parts[0].toLowerCase(Locale.ROOT);
    String source = uuid;
    MySqlGtidSet result = set;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.isEmpty() || !Character.isDigit(part.charAt(0))) {
        source = uuid + ':' + part;
        continue;
      }
      int dash = part.indexOf('-');
      try {
        long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
        long last = dash < 0 ? first : Long.parseLong(part.substring(dash + 1));
        result = result.plus(source, first, last);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("'" + text + "' is not a GTID set", e);
      }
    }
    if (parts.length < 2) {
      throw new IllegalArgumentException("'" + text + "' is not a GTID set");
    }
    return result;
  }

  @Override
  public GtidSet plus(String source, long number) {
    return intervals.isEmpty() && Gtid.isMariaDb(source)
        ? MariaDbGtidSet.NONE.plus(source, number)
        : plus(source, number, number);
  }

  private MySqlGtidSet plus(String source, long first, long last) {
    long[] old = intervals.get(source);
    long[] merged = old == null ? new long[] {first, last} : merge(old, first, last);
    if (merged == old) {
      return this;
    }
    Map<String, long[]> copy = new TreeMap<>(intervals);
    copy.put(source, merged);
    return new MySqlGtidSet(copy);
  }

  private static long[] merge(long[] old, long first, long last) {
    int end = old.length;
    if (first == old[end - 1] + 1) {
      long[] longer = old.clone();
      longer[end - 1] = last;
      return longer;
    }
    long low = first;
    long high = last;
    long[] result = new long[end + 2];
    int size = 0;
    int at = 0;
    while (at < end && old[at + 1] < low - 1) {
      result[size++] = old[at++];
      result[size++] = old[at++];
    }
    int joinedFrom = at;
    while (at < end && old[at] <= high + 1) {
      low = Math.min(low, old[at]);
      high = Math.max(high, old[at + 1]);
      at += 2;
    }
    if (at == joinedFrom + 2 && low == old[joinedFrom] && high == old[joinedFrom + 1]) {
      return old;
    }
    result[size++] = low;
    result[size++] = high;
    while (at < end) {
      result[size++] = old[at++];
      result[size++] = old[at++];
    }
    return Arrays.copyOf(result, size);
  }

  @Override
  public Optional<GtidSet> without(String source, long number) {
    if (!contains(source, number)) {
      return Optional.empty();
    }
    Map<String, long[]> copy = new TreeMap<>(intervals);
    copy.remove(source);
    MySqlGtidSet result = new MySqlGtidSet(copy);
    long[] of = intervals.get(source);
    for (int i = 0; i < of.length; i += 2) {
      boolean splits = number >= of[i] && number <= of[i + 1];
      result = result.plusInterval(source, of[i], splits ? number - 1 : of[i + 1]);
      result = splits ? result.plusInterval(source, number + 1, of[i + 1]) : result;
    }
    return Optional.of(result);
  }

  private MySqlGtidSet plusInterval(String source, long first, long last) {
    return first > last ? this : plus(source, first, last);
  }

  @Override
  public boolean contains(String source, long number) {
    long[] of = intervals.get(source);
    if (of == null) {
      return false;
    }
    for (int i = 0; i < of.length; i += 2) {
      if (number >= of[i] && number <= of[i + 1]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isEmpty() {
    return intervals.isEmpty();
  }

  @Override
  public boolean containsAll(GtidSet other) {
    if (!(other instanceof MySqlGtidSet set)) {
      return other.isEmpty();
    }
    for (Map.Entry<String, long[]> entry : set.intervals.entrySet()) {
      long[] wanted = entry.getValue();
      for (int i = 0; i < wanted.length; i += 2) {
        if (!containsInterval(entry.getKey(), wanted[i], wanted[i + 1])) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean containsInterval(String source, long first, long last) {
    long[] of = intervals.get(source);
    if (of == null) {
      return false;
    }
    for (int i = 0; i < of.length; i += 2) {
      if (first >= of[i] && last <= of[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** {@code uuid:1-5:7,uuid:1-3}, sources in order. */
  @Override
  String text() {
    StringBuilder out = new StringBuilder();
    for (Map.Entry<String, long[]> entry : intervals.entrySet()) {
      append(out, entry.getKey(), entry.getValue());
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String source, long[] of) {
    if (out.length() > 0) {
      out.append(',');
    }
    out.append(source);
    for (int i = 0; i < of.length; i += 2) {
      out.append(':').append(of[i]);
      if (of[i + 1] != of[i]) {
        out.append('-').append(of[i + 1]);
      }
    }
  }
}
