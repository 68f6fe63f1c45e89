package io.dmconnect.model.coordination;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.Locale;
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
