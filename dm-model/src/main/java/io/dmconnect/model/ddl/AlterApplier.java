package io.dmconnect.model.ddl;

import io.dmconnect.model.ddl.AlterSpec.AddColumn;
import io.dmconnect.model.ddl.AlterSpec.AddIndex;
import io.dmconnect.model.ddl.AlterSpec.ChangeColumn;
import io.dmconnect.model.ddl.AlterSpec.ChangePartitions;
import io.dmconnect.model.ddl.AlterSpec.ConvertCharset;
import io.dmconnect.model.ddl.AlterSpec.SetOptions;
import io.dmconnect.model.ddl.AlterSpec.SetPartitioning;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.IndexSchema.Kind;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Applies the specifications of one {@code ALTER TABLE}. All of them refer to the table as it was
 * before (MySQL's {@code mysql_prepare_alter_table}), so their order matters only among columns
 * that are added or moved, and among indexes that are added.
 */
final class AlterApplier {
  private final TableSchema before;
  private final List<AlterSpec> specs;
  private final SchemaDefaults defaults;

  private AlterApplier(TableSchema before, List<AlterSpec> specs, SchemaDefaults defaults) {
    this.before = before;
    this.specs = specs;
    this.defaults = defaults;
  }

  static TableSchema apply(TableSchema before, List<AlterSpec> specs, SchemaDefaults defaults) {
    return new AlterApplier(before, specs, defaults).apply();
  }

  private TableSchema apply() {
    SortedMap<String, String> options = options();
    ColumnSlots slots =
        ColumnSlots.of(
            before.columns(), specs, resolved(options), converted(options), defaults.server());
    List<AddIndex> added = addedIndexes();
    List<IndexSchema> kept = KeptIndexes.of(before.indexes(), specs, slots);
    List<ColumnSchema> columns = columns(slots, kept, added);
    List<IndexSchema> indexes = indexes(kept, columns, added);
    return new TableSchema(columns, indexes, options, partitioning());
  }

  private SortedMap<String, String> options() {
    Map<String, String> stated = new HashMap<>();
    for (AlterSpec spec : specs) {
      if (spec instanceof SetOptions set) {
        stated.putAll(set.options());
      } else if (spec instanceof ConvertCharset convert) {
        stated.put("charset", convert.charset());
        if (convert.collation() != null) {
          stated.put("collate", convert.collation());
        }
      }
    }
    return TableOptions.changed(before.options(), stated, defaults);
  }

  /** The charset that {@code CONVERT TO} gives all text columns; null without it. */
  private CharsetAndCollation converted(Map<String, String> options) {
    return isConverted() ? TableOptions.of(options) : null;
  }

  private boolean isConverted() {
    return specs.stream().anyMatch(ConvertCharset.class::isInstance);
  }

  /** The columns that the statement defines, by their definitions. */
  private Map<ColumnDefinition, ColumnSchema> resolved(Map<String, String> options) {
    List<ColumnDefinition> definitions = new ArrayList<>();
    for (AlterSpec spec : specs) {
      if (spec instanceof AddColumn add) {
        definitions.add(add.column());
      } else if (spec instanceof ChangeColumn change) {
        definitions.add(change.column());
      }
    }
    List<ColumnSchema> columns =
        new ColumnResolver(TableOptions.of(options), defaults.server(), isConverted())
            .resolve(definitions);
    Map<ColumnDefinition, ColumnSchema> resolved = new HashMap<>();
    for (int i = 0; i < definitions.size(); i++) {
      resolved.put(definitions.get(i), columns.get(i));
    }
    return resolved;
  }

  private List<AddIndex> addedIndexes() {
    return specs.stream().filter(AddIndex.class::isInstance).map(AddIndex.class::cast).toList();
  }

  private List<ColumnSchema> columns(
      ColumnSlots slots, List<IndexSchema> kept, List<AddIndex> added) {
    List<String> primaryKey = new ArrayList<>();
    kept.stream()
        .filter(index -> index.kind() == Kind.PRIMARY)
        .forEach(index -> index.parts().forEach(part -> primaryKey.add(part.column())));
    added.stream()
        .map(AddIndex::index)
        .filter(index -> index.kind() == Kind.PRIMARY)
        .forEach(index -> index.parts().forEach(part -> primaryKey.add(part.column())));
    List<ColumnSchema> columns = ImplicitAttributes.ofPrimaryKey(slots.columns(), primaryKey);
    return ImplicitAttributes.ofTimestamps(columns, slots.defined(), defaults.server());
  }

  private List<IndexSchema> indexes(
      List<IndexSchema> kept, List<ColumnSchema> columns, List<AddIndex> added) {
    IndexBuilder builder = new IndexBuilder(columns, defaults.server());
    kept.forEach(builder::keep);
    for (AddIndex add : added) {
      String name = add.index().name();
      if (add.orReplace() && name != null) {
        builder.removeIf(index -> name.equalsIgnoreCase(index.name()));
      }
      if (!add.ifNotExists() || !builder.contains(name)) {
        builder.add(add.index());
      }
    }
    return builder.build();
  }

  private String partitioning() {
    String partitioning = before.partitioning();
    for (AlterSpec spec : specs) {
      if (spec instanceof SetPartitioning set) {
        partitioning = set.partitioning();
      } else if (spec instanceof ChangePartitions change && partitioning != null) {
        partitioning = PartitionText.apply(partitioning, change.change());
      }
    }
    return partitioning;
  }
}
