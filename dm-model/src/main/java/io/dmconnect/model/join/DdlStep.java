package io.dmconnect.model.join;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.schema.TableSchema;

/**
 * One generated statement.
 *
 * @param sql the statement, with the table's qualified name, to run with {@link
 *     SchemaDiff#SQL_MODE}
 * @param after the table's schema when the statement has run
 */
public record DdlStep(String sql, TableSchema after) {

  /** Checks that both are there. */
  public DdlStep {
    requireNonNull(sql, "sql is null");
    requireNonNull(after, "after is null");
  }
}
