package io.dmconnect.sink.testing;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.Event;
import io.dmconnect.model.event.Op;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.row.RowChangeReader;
import io.dmconnect.sink.table.TargetColumn;
import io.dmconnect.sink.table.TargetKey;
import io.dmconnect.sink.table.TargetTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;

/** An upstream table with a target of the same definition, and its records. */
public final class TestTable {
  private final RowSchemas schemas;
  private final RowChangeReader reader;

  private TestTable(RowSchemas schemas, RowChangeReader reader) {
    this.schemas = schemas;
    this.reader = reader;
  }

  /** Collects a table's definition. */
  public static final class Builder {
    private final List<ColumnSchema> columns = new ArrayList<>();
    private final List<TargetColumn> targets = new ArrayList<>();
    private final List<TargetKey> keys = new ArrayList<>();
    private Set<String> sourceKey = Set.of();

    /** A column that is NOT NULL on both ends. */
    public Builder column(String name, ColumnType type) {
      return column(name, type, false);
    }

    /** A column of the same type on both ends. */
    public Builder column(String name, ColumnType type, boolean nullable) {
      columns.add(ColumnSchema.of(name, type, nullable));
      targets.add(TestTable.target(name, type, nullable));
      return this;
    }

    /** A column that only the target has. */
    public Builder targetColumn(TargetColumn column) {
      targets.add(column);
      return this;
    }

    /** The upstream's and the target's primary key. */
    public Builder primaryKey(String... names) {
      sourceKey = Set.of(names);
      return uniqueKey(TargetKey.PRIMARY_NAME, names);
    }

    /** The target's primary key only; the upstream has another one. */
    public Builder targetPrimaryKey(String... names) {
      return uniqueKey(TargetKey.PRIMARY_NAME, names);
    }

    /** A unique key of the target. */
    public Builder uniqueKey(String name, String... names) {
      boolean notNull =
          targets.stream()
              .filter(column -> Arrays.asList(names).contains(column.name()))
              .noneMatch(TargetColumn::nullable);
      keys.add(new TargetKey(name, List.of(names), notNull, false));
      return this;
    }

    /** The target's part of the definition. */
    public TargetTable target(TableId id) {
      return new TargetTable(id, targets, keys);
    }

    /** The upstream's part of the definition. */
    public TableSchema source() {
      List<IndexSchema> indexes =
          sourceKey.isEmpty()
              ? List.of()
              : List.of(
                  new IndexSchema(
                      IndexSchema.PRIMARY_NAME,
                      IndexSchema.Kind.PRIMARY,
                      sourceKey.stream().map(IndexSchema.Part::of).toList(),
                      false,
                      null));
      return TableSchema.of(columns, indexes);
    }

    /** The table, {@code up.t} upstream and {@code d.t} in the target. */
    public TestTable build() {
      return build(Map.of());
    }

    /** The same with columns that the route fills. */
    public TestTable build(Map<String, String> extracted) {
      RowSchemas schemas = RowSchemas.of("s.up.t", source());
      TargetTable target = target(new TableId("d", "t"));
      return new TestTable(
          schemas, new RowChangeReader(new TableId("up", "t"), target, sourceKey, extracted));
    }
  }

  /** Starts a definition. */
  public static Builder define() {
    return new Builder();
  }

  /** The target's column for a type as the upstream states it. */
  public static TargetColumn target(String name, ColumnType type, boolean nullable) {
    int scale =
        switch (type.name()) {
          case "decimal" -> Math.max(0, type.scale());
          case "datetime", "timestamp", "time" -> Math.max(0, type.length());
          default -> -1;
        };
    return new TargetColumn(
        name,
        type.name(),
        type.unsigned(),
        nullable,
        false,
        nullable,
        false,
        type.charset(),
        type.collation(),
        scale,
        new HashSet<>(type.members()));
  }

  /** A text type with its collation. */
  public static ColumnType text(String name, String collation) {
    return new ColumnType(name, 64, -1, false, false, List.of(), "utf8mb4", collation);
  }

  /** The upstream's schemas. */
  public RowSchemas schemas() {
    return schemas;
  }

  /** A row's struct. */
  public Struct row(Object... values) {
    Struct row = new Struct(schemas.row());
    for (int i = 0; i < values.length; i++) {
      row.put(schemas.rowField(i), values[i]);
    }

    return row;
  }

  /** A record's change, as the reader makes it. */
  public RowChange change(Op op, boolean safe, Object before, Object after) {
    return change(op, safe, before, after, Map.of());
  }

  /** The same with exact literals for the row after (before, when it is a delete). */
  public RowChange change(
      Op op, boolean safe, Object before, Object after, Map<String, String> exact) {
    boolean delete = op == Op.DELETE;
    return reader.read(
        new Event(
            op,
            before,
            after,
            delete ? exact : Map.of(),
            delete ? Map.of() : exact,
            safe,
            0,
            null,
            null),
        false);
  }

  /** An insert. */
  public RowChange insert(Object... row) {
    return change(Op.CREATE, false, null, row(row));
  }

  /** A row that the snapshot read. */
  public RowChange read(Object... row) {
    return change(Op.READ, false, null, row(row));
  }

  /** A delete. */
  public RowChange delete(Object... row) {
    return change(Op.DELETE, false, row(row), null);
  }

  /** An update. */
  public RowChange update(List<?> before, List<?> after) {
    return change(Op.UPDATE, false, row(before.toArray()), row(after.toArray()));
  }
}
