package io.dmconnect.sink.row;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.literal.CellWriter;
import io.dmconnect.sink.literal.CellWriters;
import io.dmconnect.sink.table.TargetColumn;
import io.dmconnect.sink.table.TargetKey;
import io.dmconnect.sink.table.TargetTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;

/** Compiles mappers of one upstream table into one target table. Immutable. */
final class RowMapperCompiler {
  private final TableId source;
  private final TargetTable table;
  private final Set<String> sourceKey;
  private final List<ColumnMapping> constants;
  private final PassedOver passedOver;

  RowMapperCompiler(
      TableId source,
      TargetTable table,
      Collection<String> sourceKey,
      Map<String, String> extracted,
      PassedOver passedOver) {
    this.source = source;
    this.table = table;
    this.sourceKey = sourceKey.stream().map(TargetTable::fold).collect(Collectors.toSet());
    this.passedOver = passedOver;
    this.constants = new ArrayList<>();
    extracted.forEach(
        (name, text) -> constants.add(ColumnMapping.ofConstant(column(name, "extracted"), text)));
  }

  /**
   * The mapper for rows of those cells.
   *
   * @throws DmException when a column cannot go to the target
   */
  RowMapper compile(RowCells cells) {
    // Rows that are found by all of their values have to have them.
    Set<String> byValue = isKeyed(cells) ? passedOver.byValue() : Set.of();
    RowMapper reduced = byValue.isEmpty() ? null : compile(cells, byValue, null);
    Set<String> never =
        byValue.stream().filter(name -> !mayHold(cells, name)).collect(Collectors.toSet());
    return never.equals(byValue) && reduced != null ? reduced : compile(cells, never, reduced);
  }

  /** Whether a key is told from such rows; what is passed over is in no unique key. */
  private boolean isKeyed(RowCells cells) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < cells.size(); i++) {
      names.add(TargetTable.fold(cells.name(i)));
    }

    constants.forEach(constant -> names.add(TargetTable.fold(constant.name())));
    return table.identifyingKey(names) != null;
  }

  /** Whether there are values of a column that the target takes. */
  private boolean mayHold(RowCells cells, String column) {
    TargetColumn target = table.column(column);
    for (int i = 0; i < cells.size() && target != null; i++) {
      if (TargetTable.fold(cells.name(i)).equals(column)) {
        return target.generated() || CellWriters.of(cells.schema(i), target) != null;
      }
    }

    return true;
  }

  private RowMapper compile(RowCells cells, Set<String> leftOut, RowMapper reduced) {
    Map<String, ColumnMapping> columns = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      String name = TargetTable.fold(cells.name(i));
      if (passedOver.leftOut().contains(name) || leftOut.contains(name)) {
        continue;
      }

      ColumnMapping mapping = map(cells, i);
      columns.put(TargetTable.fold(mapping.name()), mapping);
    }

    for (ColumnMapping constant : constants) {
      if (columns.put(TargetTable.fold(constant.name()), constant) != null) {
        throw mismatch(
            constant.name(),
            "is set to the name of its source by the route, but is there upstream");
      }
    }

    if (isKeyed(cells)) {
      passedOver.filled().forEach((name, literal) -> fill(columns, name, literal));
    }

    TargetKey key = table.identifyingKey(columns.keySet());
    ColumnMapping[] written =
        columns.values().stream()
            .filter(column -> !column.target().generated())
            .toArray(ColumnMapping[]::new);
    RowKeys keys = key == null ? null : new RowKeys(key.name(), named(key, columns));
    UniqueColumns uniques = uniques(key, columns);
    return new RowMapper(source, table, cells, written, keys, uniques, isSpread(key), reduced);
  }

  private void fill(Map<String, ColumnMapping> columns, String name, String literal) {
    TargetColumn target = table.column(name);
    if (target != null && !target.generated()) {
      columns.putIfAbsent(name, ColumnMapping.ofFill(target, literal));
    }
  }

  private ColumnMapping map(RowCells cells, int index) {
    String name = cells.name(index);
    TargetColumn target = column(name, "record");
    Schema schema = cells.schema(index);
    CellWriter writer = target.generated() ? null : CellWriters.of(schema, target);
    if (writer == null && !target.generated()) {
      throw mismatch(
          name,
          "holds "
              + (schema.name() == null ? schema.type() : schema.name())
              + ", which the target's type "
              + target.type()
              + " cannot hold without a loss");
    }

    return ColumnMapping.ofCell(index, name, schema, target, writer);
  }

  private TargetColumn column(String name, String kind) {
    TargetColumn column = table.column(name);
    if (column == null) {
      throw mismatch(name, "(" + kind + ") is missing in the target");
    }

    return column;
  }

  private static ColumnMapping[] named(TargetKey key, Map<String, ColumnMapping> columns) {
    return key.columns().stream()
        .map(name -> columns.get(TargetTable.fold(name)))
        .toArray(ColumnMapping[]::new);
  }

  private UniqueColumns uniques(TargetKey identifying, Map<String, ColumnMapping> columns) {
    Map<String, ColumnMapping> parts = new LinkedHashMap<>();
    boolean computed = false;
    boolean any = false;
    for (TargetKey key : table.uniqueKeys()) {
      if (key.equals(identifying) || isAssigned(key, columns)) {
        continue;
      }

      any = true;
      computed |= key.computed();
      for (String name : key.columns()) {
        ColumnMapping column = columns.get(TargetTable.fold(name));
        if (column != null && !column.isConstant() && !column.target().generated()) {
          parts.put(name, column);
        }
      }
    }

    return any ? new UniqueColumns(List.copyOf(parts.values()), computed) : null;
  }

  // TiDB makes the values of such a key, so that rows never collide in it.
  private boolean isAssigned(TargetKey key, Map<String, ColumnMapping> columns) {
    return key.columns().stream()
        .anyMatch(
            name ->
                !columns.containsKey(TargetTable.fold(name)) && table.column(name).autoAssigned());
  }

  private boolean isSpread(TargetKey key) {
    if (key == null || table.uniqueKeys().size() != 1) {
      return false;
    }

    Set<String> fixed =
        constants.stream().map(c -> TargetTable.fold(c.name())).collect(Collectors.toSet());
    return key.columns().stream()
        .map(TargetTable::fold)
        .allMatch(name -> sourceKey.contains(name) || fixed.contains(name));
  }

  private DmException mismatch(String column, String what) {
    return new DmException(
        SinkError.TARGET_SCHEMA,
        "Rows of "
            + source
            + " do not fit the target table "
            + table.id()
            + ": column "
            + column
            + " "
            + what);
  }
}
