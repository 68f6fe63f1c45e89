package io.dmconnect.model.check;

import io.dmconnect.model.TableId;
import io.dmconnect.model.check.Finding.Difference;
import io.dmconnect.model.check.Finding.Side;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.join.JoinReason;
import io.dmconnect.model.join.JoinReason.Part;
import io.dmconnect.model.join.JoinResult;
import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.join.SchemaJoin;
import io.dmconnect.model.join.SchemaParts;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code schema_of_shard_tables}: whether the tables' definitions go together. */
final class SchemaCheck {
  private static final String SKIP =
      ", or leave this check out with ignore-checking-items=schema_of_shard_tables; then the"
          + " tables that differ wait for an operator";

  static List<Finding> check(ShardTables group) {
    return group.mode() == GroupMode.PESSIMISTIC ? equal(group) : join(group);
  }

  private static List<Finding> equal(ShardTables group) {
    List<TableSchema> schemas = group.schemas();
    boolean equal =
        schemas.stream().allMatch(schema -> SchemaComparison.equal(schema, schemas.get(0)));
    return equal
        ? List.of()
        : List.of(
            finding(
                group,
                "The shard tables are not equal, as pessimistic mode needs",
                differences(group),
                "Make them equal with ALTER TABLE and check again, use shard-mode=optimistic"
                    + SKIP));
  }

  private static List<Finding> join(ShardTables group) {
    if (!(SchemaJoin.join(group.schemas()) instanceof JoinResult.NoJoin noJoin)) {
      return List.of();
    }

    List<Difference> differences = new ArrayList<>();
    for (JoinReason reason : noJoin.reasons()) {
      List<Side> sides = group.sides(schema -> SchemaParts.sql(reason, schema));
      differences.add(new Difference(name(reason) + " (" + reason.what() + ")", sides));
    }

    return List.of(
        finding(
            group,
            "No table takes the rows of all the shard tables",
            differences,
            "Give each named part the same definition with ALTER TABLE and check again" + SKIP));
  }

  /** Tables whose definition their source did not understand. */
  static Finding notUnderstood(TableId target, List<MemberId> tables) {
    return new Finding(
        CheckItem.SCHEMA_OF_SHARD_TABLES,
        Finding.Severity.WARNING,
        target,
        "Shard tables are not checked, since their definition is not understood",
        List.of(new Difference("not checked", List.of(new Side("not understood", tables)))),
        "Compare them with the others by hand; the log of their source says what in the definition"
            + " it is");
  }

  private static Finding finding(
      ShardTables group, String problem, List<Difference> differences, String advice) {
    return new Finding(
        CheckItem.SCHEMA_OF_SHARD_TABLES,
        Finding.Severity.ERROR,
        group.target(),
        problem,
        differences,
        advice);
  }

  private static List<Difference> differences(ShardTables group) {
    List<Difference> differences = new ArrayList<>();
    for (JoinReason part : parts(group.schemas())) {
      List<Side> sides =
          group.sides(schema -> SchemaParts.sql(part, SchemaComparison.canonical(schema)));
      if (sides.size() > 1) {
        differences.add(new Difference(name(part), sides));
      }
    }

    List<Side> options =
        group.sides(schema -> SchemaComparison.canonical(schema).options().toString());
    if (options.size() > 1) {
      differences.add(new Difference("table options", options));
    }

    return differences;
  }

  private static Set<JoinReason> parts(List<TableSchema> schemas) {
    Set<JoinReason> parts = new LinkedHashSet<>();
    for (TableSchema schema : schemas) {
      for (ColumnSchema column : schema.columns()) {
        parts.add(part(Part.COLUMN, UniqueKeys.lower(column.name())));
      }
    }

    for (TableSchema schema : schemas) {
      for (IndexSchema index : schema.indexes()) {
        parts.add(part(Part.INDEX, UniqueKeys.lower(index.name())));
      }
    }

    parts.add(part(Part.PARTITIONING, "PARTITION BY"));
    return parts;
  }

  private static JoinReason part(Part part, String name) {
    return new JoinReason(part, name, "definition", "", "");
  }

  private static String name(JoinReason reason) {
    return switch (reason.part()) {
      case COLUMN -> "column " + reason.name();
      case INDEX -> "index " + reason.name();
      case PARTITIONING -> "partitioning";
    };
  }

  private SchemaCheck() {}
}
