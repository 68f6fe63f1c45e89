package io.dmconnect.model.ddl;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import java.util.List;

/**
 * What a light look at a statement tells.
 *
 * @param kind what it does to tables and schemas; {@code OTHER} for everything that is no DDL
 * @param statementClass DDL, transaction control, statement-format DML, or something else
 * @param tables the tables it changes, in order of appearance. A rename gives pairs: old name, new
 *     name, old name, new name. {@code ALTER TABLE … EXCHANGE PARTITION} gives both tables. For
 *     DML, every table it may write; empty when they cannot be told
 * @param schema the schema of {@code CREATE/ALTER/DROP DATABASE}; null otherwise
 * @param template the table of {@code CREATE TABLE … LIKE}; null otherwise
 * @param temporary whether {@code TEMPORARY} was stated
 * @param ifExists whether {@code IF EXISTS} or {@code IF NOT EXISTS} was stated for the table or
 *     schema
 * @param select whether it is a {@code CREATE TABLE … SELECT}
 */
public record ScannedDdl(
    DdlKind kind,
    StatementClass statementClass,
    List<TableId> tables,
    String schema,
    TableId template,
    boolean temporary,
    boolean ifExists,
    boolean select) {

  /** Copies the list and checks what is never null. */
  public ScannedDdl {
    requireNonNull(kind, "kind is null");
    requireNonNull(statementClass, "statementClass is null");
    tables = List.copyOf(tables);
  }

  /** The first table; only for kinds that are about a table. */
  public TableId table() {
    return tables.get(0);
  }
}
