package io.dmconnect.model.ddl;

import io.dmconnect.model.ddl.DdlStatement.AlterDatabase;
import io.dmconnect.model.ddl.DdlStatement.AlterTable;
import io.dmconnect.model.ddl.DdlStatement.CreateDatabase;
import io.dmconnect.model.ddl.DdlStatement.CreateIndex;
import io.dmconnect.model.ddl.DdlStatement.CreateTable;
import io.dmconnect.model.ddl.DdlStatement.DropDatabase;
import io.dmconnect.model.ddl.DdlStatement.DropIndex;
import io.dmconnect.model.ddl.DdlStatement.DropTable;
import io.dmconnect.model.ddl.DdlStatement.Other;
import io.dmconnect.model.ddl.DdlStatement.RenameTable;
import io.dmconnect.model.ddl.DdlStatement.TruncateTable;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a schema change makes of a table's schema: a pure function with the server's rules. The
 * outcome equals what the parse of {@code SHOW CREATE TABLE} gives, but for the text of expressions
 * and partition clauses, which stay as written.
 */
public final class SchemaEvolution {
  private SchemaEvolution() {}

  /**
   * Applies a statement about one table.
   *
   * @param before the table's schema before; null when the table does not exist
   * @param statement the statement; the table it names is taken to be this one
   * @param defaults what the statement leaves to schema and server
   * @return the schema after; null when the table does not exist any more
   * @throws SchemaEvolutionException when the statement does not fit the schema before, or when
   *     only the server knows the outcome ({@code CREATE TABLE … SELECT}; for {@code LIKE} use
   *     {@link #createLike})
   */
  public static TableSchema apply(
      TableSchema before, DdlStatement statement, SchemaDefaults defaults) {
    if (statement instanceof CreateTable create) {
      return before != null && create.ifNotExists() ? before : create(create, defaults);
    }
    if (statement instanceof AlterTable alter) {
      if (before == null && alter.ifExists()) {
        return null;
      }
      return AlterApplier.apply(existing(before, alter.table()), alter.specs(), defaults);
    }
    if (statement instanceof CreateIndex create) {
      return AlterApplier.apply(existing(before, create.table()), List.of(create.add()), defaults);
    }
    if (statement instanceof DropIndex drop) {
      return AlterApplier.apply(existing(before, drop.table()), List.of(drop.drop()), defaults);
    }
    if (statement instanceof DropTable || statement instanceof DropDatabase) {
      return null;
    }
    if (statement instanceof TruncateTable
        || statement instanceof RenameTable
        || statement instanceof CreateDatabase
        || statement instanceof AlterDatabase
        || statement instanceof Other) {
      return before;
    }
    throw new IllegalStateException("Unknown statement " + statement);
  }

  /** The schema of {@code CREATE TABLE … LIKE} a table of the given schema. */
  public static TableSchema createLike(TableSchema template) {
    SortedMap<String, String> options = new TreeMap<>(template.options());
    options.remove("data_directory");
    options.remove("index_directory");
    return new TableSchema(
        template.columns(), template.indexes(), options, template.partitioning());
  }

  private static TableSchema existing(TableSchema before, Object table) {
    if (before == null) {
      throw new SchemaEvolutionException("The table " + table + " is not known");
    }
    return before;
  }

  private static TableSchema create(CreateTable create, SchemaDefaults defaults) {
    if (create.needsServer()) {
      throw new SchemaEvolutionException(
          "The columns of " + create.table() + " come from a query; only the server knows them");
    }
    if (create.template() != null) {
      throw new SchemaEvolutionException(
          create.table() + " is made like " + create.template() + "; its schema is needed");
    }
    SortedMap<String, String> options = TableOptions.ofNew(create.options(), defaults);
    List<ColumnSchema> columns =
        new ColumnResolver(TableOptions.of(options), defaults.server(), false)
            .resolve(create.columns());
    columns = ImplicitAttributes.ofPrimaryKey(columns, primaryKey(create));
    List<String> names = columns.stream().map(ColumnSchema::name).toList();
    columns = ImplicitAttributes.ofTimestamps(columns, names, defaults.server());
    IndexBuilder indexes = new IndexBuilder(columns, defaults.server());
    for (IndexDefinition index : create.indexes()) {
      indexes.add(index);
    }
    List<IndexSchema> built = indexes.build();
    return new TableSchema(columns, built, options, create.partitioning());
  }

  private static List<String> primaryKey(CreateTable create) {
    return create.indexes().stream()
        .filter(index -> index.kind() == IndexSchema.Kind.PRIMARY)
        .flatMap(index -> index.parts().stream())
        .map(IndexSchema.Part::column)
        .toList();
  }
}
