package io.dmconnect.model.join;

import io.dmconnect.model.join.JoinReason.Part;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The least upper bound of table schemas, where "above" means "accepts more rows": the schema of
 * the one table that takes the rows of several shards while their schemas differ.
 *
 * <ul>
 *   <li>A column that some members lack stays and accepts rows without it: a NOT NULL column
 *       without default gets its type's implicit default, or becomes nullable when the type cannot
 *       have one.
 *   <li>Types go up within a family (integers by range, lengths, decimal digits, enum and set
 *       members at the end, fractional seconds, contained character sets); nullable is above NOT
 *       NULL, a default above none.
 *   <li>An index that some members lack is left out; a unique key and an index on the same columns
 *       give the index.
 *   <li>Range and list partitions are united; a member without partitioning takes it away.
 *   <li>Comments, visibility and table options never contradict each other: the greater text wins,
 *       the larger AUTO_INCREMENT.
 * </ul>
 *
 * The join does not depend on the order or repetition of its members. Joining in steps gives the
 * same as joining at once wherever both are defined, except that a relaxed column's default is seen
 * as stated in the next step and that column order is only a choice; so join all members at once.
 */
public final class SchemaJoin {

  /** The join of some schemas without any past. */
  public static JoinResult join(Collection<TableSchema> members) {
    return join(members, JoinContext.NONE);
  }

  /**
   * The join of some schemas.
   *
   * @param members at least one
   * @throws IllegalArgumentException when there is no member
   */
  public static JoinResult join(Collection<TableSchema> members, JoinContext context) {
    List<TableSchema> distinct = members.stream().distinct().toList();
    if (distinct.isEmpty()) {
      throw new IllegalArgumentException("A join needs at least one schema");
    }

    if (distinct.size() == 1) {
      return new JoinResult.Joined(distinct.get(0));
    }

    List<JoinReason> reasons = new ArrayList<>();
    Map<String, ColumnSchema> columns = columns(distinct, context, reasons);
    IndexJoin indexJoin = new IndexJoin(context);
    Map<String, IndexSchema> indexes = indexJoin.join(distinct);
    reasons.addAll(indexJoin.reasons());
    String partitioning = partitioning(distinct, context, reasons);
    if (!reasons.isEmpty()) {
      return new JoinResult.NoJoin(reasons);
    }

    keepAutoIncrementKeyed(columns, indexes.values(), distinct);
    indexes.values().removeIf(index -> !hasColumns(index, columns.keySet()));
    return new JoinResult.Joined(
        new TableSchema(
            ordered(columns, order(distinct, SchemaJoin::columnNames, context)),
            ordered(indexes, order(distinct, SchemaJoin::indexNames, context)),
            options(distinct),
            partitioning));
  }

  private static Map<String, ColumnSchema> columns(
      List<TableSchema> members, JoinContext context, List<JoinReason> reasons) {
    SortedMap<String, List<ColumnSchema>> byName = new TreeMap<>();
    Set<String> keyed = new TreeSet<>();
    for (TableSchema member : members) {
      for (ColumnSchema column : member.columns()) {
        byName.computeIfAbsent(Canonical.lower(column.name()), n -> new ArrayList<>()).add(column);
      }

      member.indexes().stream()
          .filter(IndexSchema::isUnique)
          .flatMap(index -> index.parts().stream())
          .forEach(part -> keyed.add(Objects.toString(Canonical.lower(part.column()), "")));
    }

    Map<String, ColumnSchema> result = new TreeMap<>();
    byName.forEach(
        (name, definitions) -> {
          ColumnJoin join = new ColumnJoin(definitions, keyed.contains(name));
          ColumnSchema joined = join.join();
          if (joined == null && context.isAccepted(Part.COLUMN, name)) {
            joined = context.target() == null ? null : context.target().column(name).orElse(null);
          } else {
            reasons.addAll(join.reasons());
          }

          if (joined != null) {
            boolean inAll = definitions.size() == members.size();
            result.put(name, inAll ? joined : ColumnJoin.optional(joined));
          }
        });
    return result;
  }

  private static void keepAutoIncrementKeyed(
      Map<String, ColumnSchema> columns,
      Collection<IndexSchema> indexes,
      List<TableSchema> members) {
    columns.replaceAll(
        (name, column) -> {
          boolean keyed =
              indexes.stream()
                  .flatMap(index -> index.parts().stream())
                  .anyMatch(part -> name.equals(Canonical.lower(part.column())));
          if (!column.autoIncrement() || keyed) {
            return column;
          }

          ColumnSchema plain = ColumnJoin.withAutoIncrement(column, false);
          boolean inAll = members.stream().allMatch(member -> member.column(name).isPresent());
          return inAll ? plain : ColumnJoin.optional(plain);
        });
  }

  private static boolean hasColumns(IndexSchema index, Set<String> columns) {
    return index.parts().stream()
        .allMatch(p -> p.column() == null || columns.contains(Canonical.lower(p.column())));
  }

  private static String partitioning(
      List<TableSchema> members, JoinContext context, List<JoinReason> reasons) {
    if (members.stream().anyMatch(member -> member.partitioning() == null)) {
      return null;
    }

    List<Partitioning> clauses =
        members.stream()
            .map(member -> Partitioning.parse(member.partitioning()))
            .distinct()
            .sorted(Comparator.comparing(Partitioning::sql))
            .toList();
    if (clauses.size() == 1) {
      return members.get(0).partitioning();
    }

    Partitioning joined = Partitioning.join(clauses);
    if (joined != null) {
      return joined.sql();
    }

    if (context.isAccepted(Part.PARTITIONING, "")) {
      return context.target() == null ? null : context.target().partitioning();
    }

    reasons.add(
        new JoinReason(
            Part.PARTITIONING,
            "PARTITION BY",
            "definition",
            clauses.get(0).sql(),
            clauses.get(1).sql()));
    return null;
  }

  private static SortedMap<String, String> options(List<TableSchema> members) {
    SortedMap<String, String> result = new TreeMap<>();
    for (TableSchema member : members) {
      Canonical.options(member.options())
          .forEach((name, value) -> result.merge(name, value, SchemaJoin::largerOption));
    }

    members.stream()
        .map(member -> Canonical.options(member.options()))
        .max(Comparator.comparing(SchemaJoin::charsetPair))
        .ifPresent(
            options -> {
              result.computeIfPresent("charset", (k, v) -> options.get("charset"));
              result.computeIfPresent("collate", (k, v) -> options.get("collate"));
            });
    return result;
  }

  private static String charsetPair(Map<String, String> options) {
    return options.getOrDefault("charset", "") + " " + options.getOrDefault("collate", "");
  }

  private static String largerOption(String first, String second) {
    boolean numbers = first.matches("\\d+") && second.matches("\\d+");
    if (numbers && first.length() != second.length()) {
      return first.length() > second.length() ? first : second;
    }

    return first.compareTo(second) >= 0 ? first : second;
  }

  private static List<String> order(
      List<TableSchema> members, Function<TableSchema, List<String>> names, JoinContext context) {
    List<String> base = context.target() == null ? null : names.apply(context.target());
    return ColumnOrder.merge(members.stream().map(names).toList(), base);
  }

  static List<String> columnNames(TableSchema schema) {
    return schema.columns().stream().map(column -> Canonical.lower(column.name())).toList();
  }

  static List<String> indexNames(TableSchema schema) {
    return schema.indexes().stream().map(index -> Canonical.lower(index.name())).toList();
  }

  private static <T> List<T> ordered(Map<String, T> byName, List<String> order) {
    return order.stream().map(byName::get).filter(Objects::nonNull).toList();
  }

  private SchemaJoin() {}
}
