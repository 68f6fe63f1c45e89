package io.dmconnect.source.offset;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names of a schema's tables as an offset: {@code {"0": "orders", "1": "items", …}}. They are
 * names to look for: which of the tables exist at a position, the tables' own offsets tell.
 */
public final class TableNames {
  private TableNames() {}

  /** The names of an offset; none for null. */
  public static Set<String> read(Map<String, ?> offset) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; offset != null && offset.get(Integer.toString(i)) != null; i++) {
      names.add(PositionFields.text(offset, Integer.toString(i)));
    }
    return names;
  }

  /** The offset for Connect. */
  public static Map<String, Object> toMap(Collection<String> names) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String name : names) {
      map.put(Integer.toString(map.size()), name);
    }
    return map;
  }
}
