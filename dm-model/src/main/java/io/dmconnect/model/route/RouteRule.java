package io.dmconnect.model.route;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.filter.NamePattern;
import java.util.List;

/**
 * One table routing rule.
 *
 * @param name the rule's alias
 * @param schemaPattern the upstream schemas it is about
 * @param tablePattern the upstream tables it is about; null for a rule about whole schemas
 * @param targetSchema the schema in the target; null for the upstream's
 * @param targetTable the table in the target; null for the upstream's
 * @param extracts the columns it adds, at most one of each kind, in the order table, schema, source
 */
public record RouteRule(
    String name,
    NamePattern schemaPattern,
    NamePattern tablePattern,
    String targetSchema,
    String targetTable,
    List<Extract> extracts) {

  /** Copies the extracts and checks what is never null. */
  public RouteRule {
    requireNonNull(name, "name is null");
    requireNonNull(schemaPattern, "schemaPattern is null");
    extracts = List.copyOf(extracts);
  }

  /** Whether the rule is about whole schemas. Rules about tables come first. */
  public boolean isSchemaRule() {
    return tablePattern == null;
  }

  /** Whether the rule is about that upstream table. */
  public boolean matches(TableId upstream) {
    return schemaPattern.matches(upstream.schema())
        && (tablePattern == null || tablePattern.matches(upstream.table()));
  }

  /** Whether the rule by itself can send several upstream tables to one target table. */
  public boolean isMerge() {
    boolean manySchemas = targetSchema != null && !schemaPattern.isLiteral();
    boolean manyTables = targetTable != null && (tablePattern == null || !tablePattern.isLiteral());
    return manyTables || manySchemas;
  }

  TableId target(TableId upstream) {
    return new TableId(
        targetSchema == null ? upstream.schema() : targetSchema,
        targetTable == null ? upstream.table() : targetTable);
  }

  /** Whether some table could be routed to that target by it. */
  public boolean couldLeadTo(TableId target) {
    boolean schema =
        targetSchema == null
            ? schemaPattern.matches(target.schema())
            : targetSchema.equalsIgnoreCase(target.schema());
    boolean table =
        targetTable == null
            ? tablePattern == null || tablePattern.matches(target.table())
            : targetTable.equalsIgnoreCase(target.table());
    return schema && table;
  }
}
