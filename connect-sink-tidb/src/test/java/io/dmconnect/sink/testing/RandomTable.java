package io.dmconnect.sink.testing;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.Event;
import io.dmconnect.model.event.Op;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.row.RowChangeReader;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;

/**
 * A table whose random history TiDB itself judges: every step is tried on a reference table by a
 * single statement with parameters, and left out when it would break a key.
 */
public final class RandomTable {
  private static final TableId UP = new TableId("up", "t");

  /** A change of one row: before is null for an insert, after for a delete. */
  public record Step(List<Object> before, List<Object> after) {}

  private final String name;
  private final List<ColumnSchema> columns = new ArrayList<>();
  private final List<String> definitions = new ArrayList<>();
  private final List<List<Object>> domains = new ArrayList<>();
  private List<String> key = List.of();
  private RowSchemas schemas;
  private RowChangeReader reader;

  private RandomTable(String name) {
    this.name = name;
  }

  /** A table of that name without columns. */
  public static RandomTable of(String name) {
    return new RandomTable(name);
  }

  /** Adds a NOT NULL column with the values it takes. */
  public RandomTable column(String column, ColumnType type, String sql, List<Object> values) {
    columns.add(ColumnSchema.of(column, type, false));
    definitions.add(column + " " + sql + " NOT NULL");
    domains.add(values);
    return this;
  }

  /** Adds a NOT NULL text column with the values it takes. */
  public RandomTable column(String column, ColumnType type, List<Object> values) {
    return column(column, type, "varchar(16) COLLATE " + type.collation(), values);
  }

  /** Adds a nullable column with the values it takes besides NULL. */
  public RandomTable nullable(
      String column, ColumnType type, String sql, List<? extends Object> values) {
    columns.add(ColumnSchema.of(column, type, true));
    definitions.add(column + " " + sql);
    List<Object> domain = new ArrayList<>(values);
    domain.add(null);
    domains.add(domain);
    return this;
  }

  /** Adds a nullable text column with the values it takes besides NULL. */
  public RandomTable nullable(String column, ColumnType type, List<Object> values) {
    return nullable(column, type, "varchar(16) COLLATE " + type.collation(), values);
  }

  /** States the primary key of both ends. */
  public RandomTable key(String... names) {
    key = List.of(names);
    definitions.add("PRIMARY KEY (" + String.join(",", names) + ")");
    return this;
  }

  /** Adds any other part of the definition. */
  public RandomTable also(String definition) {
    definitions.add(definition);
    return this;
  }

  /** Makes the table that is written in batches and the one for reference, both empty. */
  public void create(TargetDatabase database) throws SQLException {
    for (String table : List.of(name, name + "_ref")) {
      database.run("DROP TABLE IF EXISTS " + table);
      database.run("CREATE TABLE " + table + " (" + String.join(",", definitions) + ")");
    }

    schemas = RowSchemas.of("s.up.t", TableSchema.of(columns, List.of()));
    reader = new RowChangeReader(UP, database.load(name), key, Map.of());
  }

  /** Whether no key identifies rows. */
  public boolean isKeyless(TargetDatabase database) throws SQLException {
    return database.load(name).isKeyless();
  }

  /** Makes a history of that many steps and leaves its end in the reference table. */
  public List<Step> history(TargetDatabase database, Random random, int length)
      throws SQLException {
    List<Step> steps = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    while (steps.size() < length) {
      int choice = random.nextInt(10);
      List<Object> before =
          rows.isEmpty() || choice < 4 ? null : rows.get(random.nextInt(rows.size()));
      List<Object> after = before != null && choice < 6 ? null : anyRow(random, before);
      if (apply(database, before, after)) {
        steps.add(new Step(before, after));
        if (before != null) {
          rows.remove(before);
        }

        if (after != null) {
          rows.add(after);
        }
      }
    }

    return steps;
  }

  private List<Object> anyRow(Random random, List<Object> before) {
    List<Object> row = new ArrayList<>();
    for (int i = 0; i < domains.size(); i++) {
      boolean keep = before != null && random.nextInt(3) > 0;
      List<Object> domain = domains.get(i);
      row.add(keep ? before.get(i) : domain.get(random.nextInt(domain.size())));
    }

    return Collections.unmodifiableList(row);
  }

  private boolean apply(TargetDatabase database, List<Object> before, List<Object> after)
      throws SQLException {
    String table = name + "_ref";
    List<Object> parameters = new ArrayList<>();
    if (after != null) {
      after.forEach(value -> parameters.add(parameter(value)));
    }

    if (before == null) {
      String marks = String.join(",", Collections.nCopies(columns.size(), "?"));
      return database.tryRun(
          "INSERT INTO " + table + " (" + names(",") + ") VALUES (" + marks + ")", parameters);
    }

    before.forEach(
        value -> parameters.add(value instanceof Float f ? (double) f : parameter(value)));
    return database.tryRun(
        (after == null ? "DELETE FROM " + table : "UPDATE " + table + " SET " + names("=?,") + "=?")
            + " WHERE "
            + columns.stream().map(this::matches).collect(Collectors.joining(" AND "))
            + " LIMIT 1",
        parameters);
  }

  private String names(String separator) {
    return columns.stream().map(ColumnSchema::name).collect(Collectors.joining(separator));
  }

  private String matches(ColumnSchema column) {
    return switch (column.type().name()) {
      case "varchar" -> "BINARY " + column.name() + "<=>?";
      case "json" -> column.name() + "<=>CAST(? AS JSON)";
      case "float" -> column.name() + "+0e0<=>CAST(? AS DOUBLE)";
      default -> column.name() + "<=>?";
    };
  }

  private static Object parameter(Object value) {
    if (!(value instanceof ByteBuffer buffer)) {
      return value;
    }

    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** The row as a record has it. */
  public Struct struct(List<Object> row) {
    Struct struct = new Struct(schemas.row());
    for (int i = 0; i < row.size(); i++) {
      struct.put(schemas.rowField(i), row.get(i));
    }

    return struct;
  }

  /** Whether the source makes a delete and an insert of the step. */
  public boolean changesRecordKey(Step step) {
    for (int i = 0; i < columns.size(); i++) {
      boolean changed = !Objects.equals(step.before().get(i), step.after().get(i));
      if (changed && key.contains(columns.get(i).name())) {
        return true;
      }
    }

    return false;
  }

  /** The change of a record for the batched table. */
  public RowChange change(Op op, boolean safe, Object before, Object after) {
    return reader.read(
        new Event(op, before, after, Map.of(), Map.of(), safe, 0, null, null), false);
  }

  /** The rows of the batched table. */
  public List<List<String>> batched(TargetDatabase database) throws SQLException {
    return database.rows("SELECT * FROM " + name);
  }

  /** The rows of the reference table. */
  public List<List<String>> reference(TargetDatabase database) throws SQLException {
    return database.rows("SELECT * FROM " + name + "_ref");
  }

  @Override
  public String toString() {
    return name + Arrays.toString(key.toArray());
  }
}
