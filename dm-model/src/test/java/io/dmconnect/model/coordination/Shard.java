package io.dmconnect.model.coordination;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An upstream table with rows, and the changes it will make. */
final class Shard {
  final MemberId id;
  final Deque<Change> script = new ArrayDeque<>();
  final Map<Integer, Map<String, String>> rows = new LinkedHashMap<>();
  final List<DdlRequest> past = new ArrayList<>();
  TableSchema schema;
  DdlRequest at;
  private int requests;

  Shard(MemberId id) {
    this.id = id;
  }

  /** Comes to its next change; false when there is none that fits. */
  boolean reach() {
    while (at == null && !script.isEmpty()) {
      Change change = script.peek();
      if (change.fits(schema)) {
        at = change.request(id + "-" + requests++, id, schema);
      } else {
        script.poll();
      }
    }

    return at != null;
  }

  /** Goes past the request it stands at, which changes its rows as MySQL does. */
  void pass() {
    if (at.before() == null || at.after() == null) {
      schema = at.after();
      past.add(at);
      at = null;
      return;
    }

    transform(rows.values(), script.poll(), at);
    schema = at.after();
    past.add(at);
    at = null;
  }

  /** What MySQL does to the rows of a table that makes a change. */
  static void transform(Collection<Map<String, String>> rows, Change change, DdlRequest request) {
    if (change instanceof Change.Rename rename) {
      rows.forEach(row -> row.put(rename.to(), row.remove(rename.from())));
      return;
    }

    for (ColumnSchema column : request.before().columns()) {
      boolean emptied =
          request.readded().contains(column.name())
              || request.after().column(column.name()).isEmpty();
      if (emptied) {
        rows.forEach(row -> row.remove(column.name()));
      }
    }

    for (ColumnSchema column : request.after().columns()) {
      rows.forEach(row -> row.putIfAbsent(column.name(), World.fill(column)));
    }
  }
}
