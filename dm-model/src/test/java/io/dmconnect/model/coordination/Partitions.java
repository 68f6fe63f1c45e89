package io.dmconnect.model.coordination;

import io.dmconnect.model.schema.TableSchema;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Range partitions by {@code id}, the ones between two numbers.
 *
 * @param lowest the lowest one's number
 * @param highest the highest one's number
 */
record Partitions(int lowest, int highest) {
  private static final int ROWS = 10;

  /** Those of a table that has some. */
  static Partitions of(TableSchema schema) {
    int[] numbers =
        Pattern.compile("`p(\\d+)`")
            .matcher(schema.partitioning())
            .results()
            .mapToInt(match -> Integer.parseInt(match.group(1)))
            .toArray();
    return new Partitions(numbers[0], numbers[numbers.length - 1]);
  }

  int size() {
    return highest - lowest + 1;
  }

  Partitions added() {
    return new Partitions(lowest, highest + 1);
  }

  Partitions dropped() {
    return new Partitions(lowest + 1, highest);
  }

  /** The table with these partitions. */
  TableSchema in(TableSchema schema) {
    String list =
        IntStream.rangeClosed(lowest, highest)
            .mapToObj(n -> "PARTITION `p" + n + "` VALUES LESS THAN (" + n * ROWS + ")")
            .collect(Collectors.joining(", "));
    return new TableSchema(
        schema.columns(),
        schema.indexes(),
        schema.options(),
        "PARTITION BY RANGE (`id`) (" + list + ")");
  }
}
