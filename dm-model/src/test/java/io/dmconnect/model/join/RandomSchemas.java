package io.dmconnect.model.join;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random but valid table schemas that often have a join. */
final class RandomSchemas {
  private static final List<List<ColumnType>> FAMILIES =
      List.of(
          List.of(
              integer("tinyint", false),
              integer("tinyint", true),
              integer("smallint", false),
              integer("int", false),
              integer("int", true),
              integer("bigint", true)),
          List.of(
              text("varchar", 10, "utf8mb3", "utf8mb3_general_ci"),
              text("varchar", 20, "utf8mb4", "utf8mb4_general_ci"),
              text("varchar", 30, "utf8mb3", "utf8mb3_general_ci"),
              text("varchar", 20, "utf8mb4", "utf8mb4_bin")),
          List.of(
              ColumnType.of("decimal", 10, 2),
              ColumnType.of("decimal", 12, 2),
              ColumnType.of("decimal", 10, 4)),
          List.of(members("x"), members("x", "y"), members("x", "y", "z"), members("x", "z")),
          List.of(
              ColumnType.of("datetime"),
              ColumnType.of("datetime", 3, -1),
              ColumnType.of("datetime", 6, -1)));

  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

  /** Schemas of one seed each. */
  static Arbitrary<TableSchema> schemas() {
    return Arbitraries.longs().map(seed -> schema(new Random(seed), true));
  }

  /** Schemas in which no column needs a value, so that relaxing one changes nothing. */
  static Arbitrary<TableSchema> relaxedSchemas() {
    return Arbitraries.longs().map(seed -> schema(new Random(seed), false));
  }

  static TableSchema schema(Random random, boolean required) {
    List<ColumnSchema> columns = new ArrayList<>();
    columns.add(ColumnSchema.of("id", ColumnType.of("bigint"), false));
    for (int i = 0; i < NAMES.size(); i++) {
      if (random.nextInt(3) > 0) {
        int family = random.nextInt(12) == 0 ? random.nextInt(FAMILIES.size()) : i;
        columns.add(column(random, NAMES.get(i), FAMILIES.get(family), required));
      }
    }

    if (random.nextInt(3) == 0) {
      columns.add(
          new ColumnSchema(
              "g",
              ColumnType.of("bigint"),
              true,
              null,
              null,
              Generated.VIRTUAL,
              "`id` + " + (1 + random.nextInt(4) / 3),
              false,
              false,
              null));
    }

    if (random.nextInt(4) == 0) {
      Collections.shuffle(columns, random);
    }

    return new TableSchema(
        columns, indexes(random, columns), options(random), partitioning(random));
  }

  private static ColumnSchema column(
      Random random, String name, List<ColumnType> family, boolean required) {
    ColumnType type = family.get(random.nextInt(family.size()));
    boolean nullable = random.nextBoolean();
    int kind = FAMILIES.indexOf(family);
    boolean withDefault = (!required && !nullable) || random.nextInt(4) == 0;
    String zero = random.nextBoolean() ? "0" : "'0'";
    List<String> defaults = List.of(zero, "''", zero, "'x'", "'2020-01-01 00:00:00'");
    String defaultSql = withDefault ? defaults.get(kind) : null;
    return new ColumnSchema(
        name,
        type,
        nullable,
        defaultSql,
        null,
        Generated.NO,
        null,
        false,
        false,
        random.nextInt(4) == 0 ? "note " + random.nextInt(2) : null);
  }

  private static List<IndexSchema> indexes(Random random, List<ColumnSchema> columns) {
    List<IndexSchema> indexes = new ArrayList<>();
    if (random.nextInt(6) > 0) {
      indexes.add(
          new IndexSchema(
              IndexSchema.PRIMARY_NAME,
              IndexSchema.Kind.PRIMARY,
              List.of(IndexSchema.Part.of("id")),
              false,
              null));
    }

    for (ColumnSchema column : columns) {
      if (!column.name().equals("id") && random.nextInt(3) == 0) {
        indexes.add(
            new IndexSchema(
                "k_" + column.name(),
                random.nextBoolean() ? IndexSchema.Kind.UNIQUE : IndexSchema.Kind.KEY,
                random.nextInt(5) == 0
                    ? List.of(IndexSchema.Part.of(column.name()), IndexSchema.Part.of("id"))
                    : List.of(IndexSchema.Part.of(column.name())),
                random.nextInt(5) == 0,
                null));
      }
    }

    return indexes;
  }

  private static NavigableMap<String, String> options(Random random) {
    NavigableMap<String, String> options = new TreeMap<>(Map.of("charset", "utf8mb4"));
    if (random.nextInt(3) == 0) {
      options.put("comment", "t" + random.nextInt(2));
    }

    if (random.nextInt(3) == 0) {
      options.put("auto_increment", String.valueOf(random.nextInt(200)));
    }

    return options;
  }

  private static String partitioning(Random random) {
    return switch (random.nextInt(6)) {
      case 0 ->
          "PARTITION BY RANGE (`id`) (PARTITION `p0` VALUES LESS THAN (10),"
              + " PARTITION `p1` VALUES LESS THAN (20))";
      case 1 ->
          "PARTITION BY RANGE (`id`) (PARTITION `p0` VALUES LESS THAN (10),"
              + " PARTITION `p1` VALUES LESS THAN (20), PARTITION `p2` VALUES LESS THAN (30))";
      case 2 -> "PARTITION BY RANGE (`id`) (PARTITION `p1` VALUES LESS THAN (20))";
      default -> null;
    };
  }

  private static ColumnType integer(String name, boolean unsigned) {
    return new ColumnType(name, -1, -1, unsigned, false, List.of(), null, null);
  }

  private static ColumnType text(String name, int length, String charset, String collation) {
    return new ColumnType(name, length, -1, false, false, List.of(), charset, collation);
  }

  private static ColumnType members(String... members) {
    return new ColumnType("enum", -1, -1, false, false, List.of(members), "utf8mb4", "utf8mb4_bin");
  }

  private RandomSchemas() {}
}
