package io.dmconnect.model.event;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** Builds tables for tests in the words of their columns. */
final class SampleTable {
  private final List<ColumnSchema> columns = new ArrayList<>();
  private final List<IndexSchema> indexes = new ArrayList<>();

  static SampleTable table() {
    return new SampleTable();
  }

  SampleTable column(String name, ColumnType type) {
    columns.add(ColumnSchema.of(name, type, true));
    return this;
  }

  SampleTable required(String name, ColumnType type) {
    columns.add(ColumnSchema.of(name, type, false));
    return this;
  }

  SampleTable withDefault(String name, ColumnType type, String defaultSql) {
    columns.add(
        new ColumnSchema(
            name, type, true, defaultSql, null, Generated.NO, null, false, false, null));
    return this;
  }

  SampleTable generated(String name, ColumnType type, Generated how) {
    columns.add(new ColumnSchema(name, type, true, null, null, how, "id + 1", false, false, null));
    return this;
  }

  SampleTable primaryKey(String... names) {
    indexes.add(
        new IndexSchema(
            IndexSchema.PRIMARY_NAME,
            IndexSchema.Kind.PRIMARY,
            List.of(names).stream().map(IndexSchema.Part::of).toList(),
            false,
            null));
    return this;
  }

  TableSchema build() {
    return TableSchema.of(columns, indexes);
  }

  static ColumnType type(String name) {
    return ColumnType.of(name);
  }

  static ColumnType type(String name, int length) {
    return ColumnType.of(name, length, -1);
  }

  static ColumnType type(String name, int length, int scale) {
    return ColumnType.of(name, length, scale);
  }

  static ColumnType unsigned(String name) {
    return new ColumnType(name, -1, -1, true, false, List.of(), null, null);
  }

  static ColumnType members(String name, String... members) {
    return new ColumnType(name, -1, -1, false, false, List.of(members), "utf8mb4", null);
  }
}
