package io.dmconnect.model.join;

import io.dmconnect.model.schema.ColumnType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The smallest type that holds every value of some types. */
final class TypeJoin {
  private static final List<String> INTS =
      List.of("tinyint", "smallint", "mediumint", "int", "bigint");
  private static final Map<String, Integer> INT_BITS =
      Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "bigint", 64);
  private static final List<String> TEXTS = List.of("tinytext", "text", "mediumtext", "longtext");
  private static final List<String> BLOBS = List.of("tinyblob", "blob", "mediumblob", "longblob");
  private static final Set<String> BY_LENGTH =
      Set.of("varchar", "char", "varbinary", "bit", "datetime", "timestamp", "time");
  private static final int MAX_PRECISION = 65;
  private static final int MAX_SCALE = 30;

  /**
   * The join; null when no type holds the values of all without conversion.
   *
   * @param types at least one
   * @param keyed whether the column is part of a unique key
   */
  static ColumnType join(List<ColumnType> types, boolean keyed) {
    List<ColumnType> distinct = types.stream().map(Canonical::type).distinct().toList();
    if (distinct.size() == 1) {
      return types.stream().min(Comparator.comparing(ColumnType::toString)).orElseThrow();
    }

    if (distinct.stream().map(ColumnType::zerofill).distinct().count() > 1) {
      return null;
    }

    Charsets.Text text =
        Charsets.join(
            distinct.stream().map(t -> new Charsets.Text(t.charset(), t.collation())).toList(),
            keyed);
    ColumnType shape = shape(distinct);
    if (text == null || shape == null) {
      return null;
    }

    return new ColumnType(
        shape.name(),
        shape.length(),
        shape.scale(),
        shape.unsigned(),
        shape.zerofill(),
        shape.members(),
        text.charset(),
        text.collation());
  }

  private static ColumnType shape(List<ColumnType> types) {
    if (types.stream().allMatch(type -> INTS.contains(type.name()))) {
      return integer(types);
    }

    for (List<String> family : List.of(TEXTS, BLOBS)) {
      if (types.stream().allMatch(type -> family.contains(type.name()))) {
        return largest(types, type -> family.indexOf(type.name()));
      }
    }

    ColumnType first = types.get(0);
    if (types.stream().anyMatch(type -> !type.name().equals(first.name()))) {
      return null;
    }

    if (BY_LENGTH.contains(first.name())) {
      return largest(types, ColumnType::length);
    }

    return switch (first.name()) {
      case "decimal" -> decimal(types);
      case "enum", "set" -> members(types);
      default -> sameShape(types);
    };
  }

  private static ColumnType largest(List<ColumnType> types, ToIntFunction<ColumnType> size) {
    return types.stream().max(Comparator.comparingInt(size)).orElseThrow();
  }

  /** The smallest integer type whose range covers every range; the width only when zero-filled. */
  private static ColumnType integer(List<ColumnType> types) {
    boolean unsigned = types.stream().allMatch(ColumnType::unsigned);
    int bits = 0;
    for (ColumnType type : types) {
      int own = INT_BITS.get(type.name());
      bits = Math.max(bits, type.unsigned() && !unsigned ? own + 1 : own);
    }

    for (String name : INTS) {
      if (INT_BITS.get(name) >= bits) {
        boolean zerofill = types.get(0).zerofill();
        int width = zerofill ? types.stream().mapToInt(ColumnType::length).max().orElse(-1) : -1;
        return new ColumnType(name, width, -1, unsigned, zerofill, List.of(), null, null);
      }
    }

    return null;
  }

  private static ColumnType decimal(List<ColumnType> types) {
    int scale = types.stream().mapToInt(ColumnType::scale).max().orElseThrow();
    int whole = types.stream().mapToInt(t -> t.length() - t.scale()).max().orElseThrow();
    if (whole + scale > MAX_PRECISION || scale > MAX_SCALE) {
      return null;
    }

    ColumnType first = types.get(0);
    boolean unsigned = types.stream().allMatch(ColumnType::unsigned);
    return new ColumnType(
        first.name(), whole + scale, scale, unsigned, first.zerofill(), List.of(), null, null);
  }

  private static ColumnType members(List<ColumnType> types) {
    ColumnType longest = largest(types, type -> type.members().size());
    for (ColumnType type : types) {
      int size = type.members().size();
      if (!longest.members().subList(0, size).equals(type.members())) {
        return null;
      }
    }

    return longest;
  }

  private static ColumnType sameShape(List<ColumnType> types) {
    long shapes = types.stream().map(t -> List.of(t.length(), t.scale())).distinct().count();
    if (shapes > 1) {
      return null;
    }

    boolean unsigned = types.stream().allMatch(ColumnType::unsigned);
    return types.stream().filter(type -> type.unsigned() == unsigned).findFirst().orElseThrow();
  }

  private TypeJoin() {}
}
