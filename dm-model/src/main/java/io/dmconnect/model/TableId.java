package io.dmconnect.model;

import static java.util.Objects.requireNonNull;

/**
 * The name of a table: schema (MySQL's "database") and table, as written in the upstream, without
 * quotes. Names compare by their exact characters; whoever matches names of a server with {@code
 * lower_case_table_names != 0} folds them first.
 *
 * @param schema the schema's name, not null, may be empty only for an unqualified name in SQL text
 * @param table the table's name, not null
 */
public record TableId(String schema, String table) implements Comparable<TableId> {

  /** Checks that both parts are there. */
  public TableId {
    requireNonNull(schema, "schema is null");
    requireNonNull(table, "table is null");
  }

  /** The qualified name with MySQL's identifier quotes, for SQL text: {@code `db`.`t`}. */
  public String quoted() {
    return quote(schema) + "." + quote(table);
  }

  /** One identifier in MySQL's quotes; a back quote inside is doubled. */
  public static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  @Override
  public int compareTo(TableId other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : table.compareTo(other.table);
  }

  /** The qualified name for people: {@code db.t}. */
  @Override
  public String toString() {
    return schema + "." + table;
  }
}
