package io.dmconnect.source.schema;

import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The names of one schema's tables, in parts of the size of an offset. Belongs to the engine's
 * thread.
 */
final class TableList {
  /** How long the names of a part are, in characters, each with what the offset adds to it. */
  static final long PART_LENGTH = 128 << 10;

  /** How many tables may have ended before they are left out. */
  static final int ENDED_KEPT = 64;

  private static final long NAME_OVERHEAD = 10;

  private final List<Part> parts = new ArrayList<>();
  private final Map<String, Transaction> ended = new HashMap<>();

  private static final class Part {
    private final Set<String> names = new LinkedHashSet<>();
    private long length;

    void add(String name) {
      length += names.add(name) ? length(name) : 0;
    }

    void remove(String name) {
      length -= names.remove(name) ? length(name) : 0;
    }

    boolean hasRoom(String name) {
      return length + length(name) <= PART_LENGTH;
    }

    private static long length(String name) {
      return name.length() + NAME_OVERHEAD;
    }
  }

  /**
   * A list.
   *
   * @param committed the names that are committed, by part
   */
  TableList(List<? extends Collection<String>> committed) {
    for (Collection<String> names : committed) {
      Part part = new Part();
      names.forEach(part::add);
      parts.add(part);
    }
  }

  /** All names. */
  Set<String> names() {
    Set<String> all = new LinkedHashSet<>();
    parts.forEach(part -> all.addAll(part.names));
    return all;
  }

  /** The names of a part. */
  Set<String> part(int number) {
    return parts.get(number).names;
  }

  /**
   * Takes names. Now and then those that ended are left out: once the stream cannot come to a place
   * again at which they existed.
   *
   * @param passed the position that the stream never goes back before; gives null when there is
   *     none
   * @return the parts that are others now
   */
  Set<Integer> add(Collection<String> names, Supplier<BinlogPosition> passed) {
    names.forEach(ended::remove);
    Set<String> added = new LinkedHashSet<>(names);
    parts.forEach(part -> added.removeAll(part.names));
    if (!added.isEmpty() && ended.size() >= ENDED_KEPT) {
      leaveOut(passed.get());
    }
    Set<Integer> changed = new TreeSet<>();
    added.forEach(name -> changed.add(put(name)));
    return changed;
  }

  private void leaveOut(BinlogPosition passed) {
    Set<String> gone = new LinkedHashSet<>();
    ended.forEach(
        (name, since) -> {
          if (passed != null && passed.covers(since)) {
            gone.add(name);
          }
        });
    parts.forEach(part -> gone.forEach(part::remove));
    ended.keySet().removeAll(gone);
  }

  private int put(String name) {
    int number = 0;
    while (number < parts.size() && !parts.get(number).hasRoom(name)) {
      number++;
    }
    if (number == parts.size()) {
      parts.add(new Part());
    }
    parts.get(number).add(name);
    return number;
  }

  /** A statement ended a table. */
  void ended(String name, Transaction since) {
    ended.put(name, since);
  }
}
