package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;
import java.util.Map;

/** One specification of an {@code ALTER TABLE}. */
public sealed interface AlterSpec {

  /**
   * Where a column goes.
   *
   * @param after the column before it; null for the first place
   */
  record Position(String after) {}

  /**
   * {@code ADD COLUMN}; each column of {@code ADD (a …, b …)} is one.
   *
   * @param column the column
   * @param position its place; null for the end
   * @param ifNotExists MariaDB: whether an existing column is left as it is
   */
  record AddColumn(ColumnDefinition column, Position position, boolean ifNotExists)
      implements AlterSpec {}

  /**
   * {@code DROP COLUMN}.
   *
   * @param name the column
   * @param ifExists MariaDB: whether a missing column is no error
   */
  record DropColumn(String name, boolean ifExists) implements AlterSpec {}

  /**
   * {@code CHANGE COLUMN}, and {@code MODIFY COLUMN} with the same name twice.
   *
   * @param oldName the column's name before
   * @param column what it becomes
   * @param position its new place; null to stay
   * @param ifExists MariaDB: whether a missing column is no error
   */
  record ChangeColumn(String oldName, ColumnDefinition column, Position position, boolean ifExists)
      implements AlterSpec {}

  /**
   * {@code RENAME COLUMN}.
   *
   * @param from the old name
   * @param to the new name
   * @param ifExists MariaDB: whether a missing column is no error
   */
  record RenameColumn(String from, String to, boolean ifExists) implements AlterSpec {}

  /**
   * {@code ALTER COLUMN … SET DEFAULT} and {@code DROP DEFAULT}.
   *
   * @param column the column
   * @param defaultSql the default as in {@link ColumnDefinition#defaultSql}; null to have none
   * @param ifExists MariaDB: whether a missing column is no error
   */
  record SetDefault(String column, String defaultSql, boolean ifExists) implements AlterSpec {}

  /**
   * {@code ALTER COLUMN … SET VISIBLE} and {@code SET INVISIBLE}.
   *
   * @param column the column
   * @param visible whether {@code SELECT *} gives it
   */
  record SetColumnVisible(String column, boolean visible) implements AlterSpec {}

  /**
   * {@code ADD INDEX}, {@code ADD PRIMARY KEY}, {@code ADD FOREIGN KEY}, ….
   *
   * @param index the index
   * @param ifNotExists MariaDB: whether an index of that name is left as it is
   * @param orReplace MariaDB: whether an index of that name is replaced
   */
  record AddIndex(IndexDefinition index, boolean ifNotExists, boolean orReplace)
      implements AlterSpec {}

  /**
   * {@code DROP INDEX}, {@code DROP PRIMARY KEY}.
   *
   * @param name the index
   * @param ifExists MariaDB: whether a missing index is no error
   */
  record DropIndex(String name, boolean ifExists) implements AlterSpec {}

  /**
   * {@code DROP CONSTRAINT}, {@code DROP FOREIGN KEY}, {@code DROP CHECK}.
   *
   * @param name the constraint
   * @param anyKind whether it may also be a primary or unique key ({@code DROP CONSTRAINT})
   */
  record DropConstraint(String name, boolean anyKind) implements AlterSpec {}

  /**
   * {@code RENAME INDEX}.
   *
   * @param from the old name
   * @param to the new name
   */
  record RenameIndex(String from, String to) implements AlterSpec {}

  /**
   * {@code ALTER INDEX … VISIBLE} and {@code INVISIBLE}; MariaDB: {@code [NOT] IGNORED}.
   *
   * @param name the index
   * @param visible whether the optimizer uses it
   */
  record SetIndexVisible(String name, boolean visible) implements AlterSpec {}

  /**
   * {@code CONVERT TO CHARACTER SET}.
   *
   * @param charset the charset, {@code default} for the schema's
   * @param collation the collation; null for the charset's default
   */
  record ConvertCharset(String charset, String collation) implements AlterSpec {}

  /**
   * Table options.
   *
   * @param options the options by lower-case name
   */
  record SetOptions(Map<String, String> options) implements AlterSpec {

    /** Copies the options. */
    public SetOptions {
      options = Map.copyOf(options);
    }
  }

  /**
   * {@code RENAME TO}.
   *
   * @param to the table's new name
   */
  record RenameTo(TableId to) implements AlterSpec {}

  /**
   * {@code PARTITION BY}, and {@code REMOVE PARTITIONING}.
   *
   * @param partitioning the clause's text; null for none
   */
  record SetPartitioning(String partitioning) implements AlterSpec {}

  /**
   * An operation on partitions that changes their list.
   *
   * @param change what is done
   */
  record ChangePartitions(PartitionChange change) implements AlterSpec {}

  /**
   * Something that leaves the schema as it is: {@code ALGORITHM}, {@code LOCK}, {@code ORDER BY},
   * {@code FORCE}, {@code ENABLE KEYS}, a check constraint, {@code TRUNCATE PARTITION}, ….
   *
   * @param text its text
   */
  record NoSchemaChange(String text) implements AlterSpec {}
}
