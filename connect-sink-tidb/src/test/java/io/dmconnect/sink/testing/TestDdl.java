package io.dmconnect.sink.testing;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Schema changes as the source connector describes them. */
public final class TestDdl {
  private final String id;
  private final DdlKind kind;
  private final TableId table;
  private final String sql;
  private TableId newTable;
  private TableSchema before;
  private TableSchema after;
  private List<String> participants;
  private boolean snapshot;
  private String timeZone = "+00:00";

  /** A table of the source {@code src} that is not captured any more. */
  public static TestDdl deselect(TableId table, TableSchema before) {
    String id = "0:" + DdlEvent.DESELECTED + ':' + table.quoted();
    return new TestDdl(id, DdlKind.DESELECT_TABLE, table, null).schemas(before, null);
  }

  /** A table of the source {@code src} that is captured again. */
  public static TestDdl select(TableId table, TableSchema after, String sql) {
    String id = "0:" + DdlEvent.SELECTED + ':' + table.quoted();
    return new TestDdl(id, DdlKind.CREATE_TABLE, table, sql).schemas(null, after);
  }

  /** A change of a table of the source {@code src}. */
  public TestDdl(String id, DdlKind kind, TableId table, String sql) {
    this.id = "src:" + id;
    this.kind = kind;
    this.table = table;
    this.sql = sql;
    this.participants = List.of(TestTopic.name(table) + "-0");
  }

  /** The definitions before and after; null for none. */
  public TestDdl schemas(TableSchema old, TableSchema changed) {
    before = old;
    after = changed;
    return this;
  }

  /** The new name of a rename, whose topic takes part. */
  public TestDdl newTable(TableId renamed) {
    newTable = renamed;
    participants = List.of(TestTopic.name(table) + "-0", TestTopic.name(renamed) + "-0");
    return this;
  }

  /** The tables whose topics take part. */
  public TestDdl participants(List<TableId> tables) {
    participants = tables.stream().map(one -> TestTopic.name(one) + "-0").toList();
    return this;
  }

  /** How many partitions the table's topic has. */
  public TestDdl partitions(int count) {
    participants =
        IntStream.range(0, count).mapToObj(one -> TestTopic.name(table) + "-" + one).toList();
    return this;
  }

  /** Marks it as the statement at the start of a snapshot. */
  public TestDdl snapshot() {
    snapshot = true;
    return this;
  }

  /** The session's time zone. */
  public TestDdl timeZone(String zone) {
    timeZone = zone;
    return this;
  }

  /** The event. */
  public DdlEvent event() {
    return new DdlEvent(
        id,
        kind,
        table,
        newTable,
        sql == null ? List.of() : List.of(sql),
        table.schema(),
        "STRICT_TRANS_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
        timeZone,
        "utf8mb4",
        "utf8mb4_0900_ai_ci",
        1_700_000_000_000_000L,
        before,
        after,
        participants,
        snapshot);
  }

  /** A table {@code id INT PRIMARY KEY, name VARCHAR(50)}, and more INT columns. */
  public static TableSchema keyed(String... more) {
    List<ColumnSchema> columns = new ArrayList<>();
    columns.add(ColumnSchema.of("id", ColumnType.of("int"), false));
    columns.add(ColumnSchema.of("name", ColumnType.of("varchar", 50, -1), true));
    for (String name : more) {
      columns.add(ColumnSchema.of(name, ColumnType.of("int"), true));
    }

    return keyed(columns);
  }

  /** A table of one column {@code id INT PRIMARY KEY}. */
  public static TableSchema unnamed() {
    return keyed(List.of(ColumnSchema.of("id", ColumnType.of("int"), false)));
  }

  private static TableSchema keyed(List<ColumnSchema> columns) {
    return TableSchema.of(
        columns,
        List.of(
            new IndexSchema(
                IndexSchema.PRIMARY_NAME,
                IndexSchema.Kind.PRIMARY,
                List.of(IndexSchema.Part.of("id")),
                false,
                null)));
  }
}
