package io.dmconnect.source.position;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of GTIDs, immutable. Sources are UUIDs in lower case, followed by {@code :tag} for tagged
 * GTIDs (MySQL 8.3). The text form is MySQL's ({@code uuid:1-5:7,uuid:1-3}), sources in order.
 */
public final class GtidSet {
  /** No GTIDs at all. */
  public static final GtidSet EMPTY = new GtidSet(new TreeMap<>());

  /** Intervals of a source: first and last of each, ascending, not adjacent. */
  private final Map<String, long[]> intervals;

  private String text;

  private GtidSet(Map<String, long[]> intervals) {
    this.intervals = intervals;
  }

  /**
   * Reads MySQL's text form; spaces and line breaks between sources are allowed, as {@code SHOW
   * MASTER STATUS} prints them.
   *
   * @throws IllegalArgumentException when the text is no GTID set
   */
  public static GtidSet parse(String text) {
    GtidSet set = EMPTY;
    for (String part : text.split(",", -1)) {
      String source = part.strip();
      if (!source.isEmpty()) {
        set = parseSource(set, source);
      }
    }
    return set;
  }

  private static GtidSet parseSource(GtidSet set, String text) {
    String[] parts = text.split(":", -1);
    String uuid = parts[0].toLowerCase(Locale.ROOT);
    String source = uuid;
    GtidSet result = set;
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

  /** The set with one more GTID. */
  public GtidSet plus(String source, long number) {
    return plus(source, number, number);
  }

  private GtidSet plus(String source, long first, long last) {
    long[] old = intervals.get(source);
    long[] merged = old == null ? new long[] {first, last} : merge(old, first, last);
    if (merged == old) {
      return this;
    }
    Map<String, long[]> copy = new TreeMap<>(intervals);
    copy.put(source, merged);
    return new GtidSet(copy);
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

  /** Whether the GTID is in the set. */
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

  /** Whether there is no GTID in the set. */
  public boolean isEmpty() {
    return intervals.isEmpty();
  }

  /** Whether every GTID of the other set is in this one. */
  public boolean containsAll(GtidSet other) {
    for (Map.Entry<String, long[]> entry : other.intervals.entrySet()) {
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

  @Override
  public boolean equals(Object other) {
    return other instanceof GtidSet set && toString().equals(set.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** MySQL's text form; empty for the empty set. */
  @Override
  public String toString() {
    if (text == null) {
      StringBuilder out = new StringBuilder();
      for (Map.Entry<String, long[]> entry : intervals.entrySet()) {
        append(out, entry.getKey(), entry.getValue());
      }
      text = out.toString();
    }
    return text;
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
