package io.dmconnect.model.coordination;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The columns a request adds and drops; renamed ones are neither. */
final class RequestColumns {

  static List<ColumnSchema> added(DdlRequest request) {
    if (request.after() == null) {
      return List.of();
    }

    return request.after().columns().stream()
        .filter(column -> request.before() == null || !has(request.before(), column))
        .filter(column -> request.renames().values().stream().noneMatch(sameAs(column)))
        .toList();
  }

  /** The columns that have the values of this request's statements: added and re-added ones. */
  static List<ColumnSchema> fresh(DdlRequest request) {
    List<ColumnSchema> fresh = new ArrayList<>(added(request));
    if (request.after() != null) {
      request.after().columns().stream()
          .filter(column -> request.readded().contains(lower(column.name())))
          .forEach(fresh::add);
    }

    return fresh;
  }

  /** Lower-case names of the columns whose values in the merged table the requests end. */
  static NavigableSet<String> ended(Collection<Pending> done) {
    NavigableSet<String> ended = new TreeSet<>();
    done.forEach(pending -> ended.addAll(pending.request().readded()));
    ended.addAll(replaced(done).values());
    return ended;
  }

  /**
   * Columns that the requests drop and give the name of to another one.
   *
   * @return lower-case names: of the column that is renamed to the one that is dropped
   */
  static NavigableMap<String, String> replaced(Collection<Pending> done) {
    NavigableMap<String, String> replaced = new TreeMap<>();
    for (Pending pending : done) {
      DdlRequest request = pending.request();
      request
          .renames()
          .forEach(
              (old, name) -> {
                boolean had = request.before() != null && request.before().column(name).isPresent();
                if (had && !request.renames().containsKey(lower(name))) {
                  replaced.put(old, lower(name));
                }
              });
    }

    return replaced;
  }

  static List<ColumnSchema> dropped(DdlRequest request) {
    if (request.before() == null || request.after() == null) {
      return List.of();
    }

    return request.before().columns().stream()
        .filter(column -> !has(request.after(), column))
        .filter(column -> !request.renames().containsKey(lower(column.name())))
        .toList();
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static boolean has(TableSchema schema, ColumnSchema column) {
    return schema.column(column.name()).isPresent();
  }

  private static Predicate<String> sameAs(ColumnSchema column) {
    return name -> name.equalsIgnoreCase(column.name());
  }

  private RequestColumns() {}
}
