package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;
import java.util.List;
import java.util.Map;

/** A parsed schema change. Names are qualified; text is as it reads with an empty sql_mode. */
public sealed interface DdlStatement {

  /**
   * {@code CREATE TABLE}.
   *
   * @param table the new table
   * @param temporary whether only the session sees it
   * @param ifNotExists whether {@code IF NOT EXISTS} was stated
   * @param columns the stated columns in order
   * @param indexes the stated keys in order of appearance, those of column attributes included
   * @param options table options by lower-case name; {@code default} stands for the schema's
   *     charset
   * @param partitioning the text of the {@code PARTITION BY} clause; null when not stated
   * @param template the table of {@code LIKE}; null otherwise
   * @param needsServer whether the table's columns come from a query, so that only the server knows
   *     them
   */
  record CreateTable(
      TableId table,
      boolean temporary,
      boolean ifNotExists,
      List<ColumnDefinition> columns,
      List<IndexDefinition> indexes,
      Map<String, String> options,
      String partitioning,
      TableId template,
      boolean needsServer)
      implements DdlStatement {

    /** Copies the collections. */
    public CreateTable {
      columns = List.copyOf(columns);
      indexes = List.copyOf(indexes);
      options = Map.copyOf(options);
    }
  }

  /**
   * {@code ALTER TABLE}.
   *
   * @param table the table's name before the statement
   * @param ifExists whether {@code IF EXISTS} was stated
   * @param specs what is changed, in order; all of it refers to the table as it was before
   */
  record AlterTable(TableId table, boolean ifExists, List<AlterSpec> specs)
      implements DdlStatement {

    /** Copies the list. */
    public AlterTable {
      specs = List.copyOf(specs);
    }
  }

  /**
   * {@code CREATE INDEX}.
   *
   * @param table the indexed table
   * @param add the index
   */
  record CreateIndex(TableId table, AlterSpec.AddIndex add) implements DdlStatement {}

  /**
   * {@code DROP INDEX}.
   *
   * @param table the indexed table
   * @param drop the index
   */
  record DropIndex(TableId table, AlterSpec.DropIndex drop) implements DdlStatement {}

  /**
   * {@code DROP TABLE}.
   *
   * @param tables the tables in order
   * @param temporary whether only temporary tables are meant
   * @param ifExists whether missing tables are no error
   */
  record DropTable(List<TableId> tables, boolean temporary, boolean ifExists)
      implements DdlStatement {

    /** Copies the list. */
    public DropTable {
      tables = List.copyOf(tables);
    }
  }

  /**
   * {@code TRUNCATE TABLE}.
   *
   * @param table the emptied table
   */
  record TruncateTable(TableId table) implements DdlStatement {}

  /**
   * {@code RENAME TABLE}.
   *
   * @param renames the renames in order
   */
  record RenameTable(List<Rename> renames) implements DdlStatement {

    /** Copies the list. */
    public RenameTable {
      renames = List.copyOf(renames);
    }
  }

  /**
   * One table's new name.
   *
   * @param from the old name
   * @param to the new name
   */
  record Rename(TableId from, TableId to) {}

  /**
   * {@code CREATE DATABASE}.
   *
   * @param schema the new schema
   * @param ifNotExists whether {@code IF NOT EXISTS} was stated
   * @param options {@code charset} and {@code collate}, where stated
   */
  record CreateDatabase(String schema, boolean ifNotExists, Map<String, String> options)
      implements DdlStatement {

    /** Copies the options. */
    public CreateDatabase {
      options = Map.copyOf(options);
    }
  }

  /**
   * {@code ALTER DATABASE}.
   *
   * @param schema the schema
   * @param options {@code charset} and {@code collate}, where stated
   */
  record AlterDatabase(String schema, Map<String, String> options) implements DdlStatement {

    /** Copies the options. */
    public AlterDatabase {
      options = Map.copyOf(options);
    }
  }

  /**
   * {@code DROP DATABASE}.
   *
   * @param schema the schema
   * @param ifExists whether a missing schema is no error
   */
  record DropDatabase(String schema, boolean ifExists) implements DdlStatement {}

  /**
   * A statement that changes no table's schema; see {@link DdlKind#OTHER}.
   *
   * @param statementClass what it is
   */
  record Other(StatementClass statementClass) implements DdlStatement {}
}
