package io.dmconnect.model.join;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The upper bound of a range partition: a whole number, a date or a time in full, alone or in a
 * function that keeps their order, or MAXVALUE.
 *
 * @param partition whose bound it is
 * @param form what two bounds must share to be compared; empty for MAXVALUE, which is above all
 * @param number a number's value; null for a text
 * @param text a date's or time's text; null for a number
 */
record RangeBound(Partitioning.Definition partition, String form, BigDecimal number, String text) {
  private static final Pattern MAXVALUE =
      Pattern.compile("VALUES LESS THAN\\s*\\(?\\s*MAXVALUE\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER =
      Pattern.compile("VALUES LESS THAN\\s*\\(\\s*(-?\\d+)\\s*\\)", Pattern.CASE_INSENSITIVE);
  private static final Pattern TIME =
      Pattern.compile(
          "VALUES LESS THAN\\s*\\(\\s*((?:TO_DAYS|TO_SECONDS|UNIX_TIMESTAMP)\\s*\\(\\s*)?"
              + "'(\\d{4}-\\d{2}-\\d{2}(?: \\d{2}:\\d{2}:\\d{2})?)'\\s*\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Comparator<RangeBound> ORDER =
      Comparator.comparing(RangeBound::number, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(RangeBound::text, Comparator.nullsLast(Comparator.naturalOrder()));

  /**
   * The partitions by their bounds.
   *
   * @return null when the texts do not tell the order, or two bounds are the same
   */
  static List<Partitioning.Definition> sorted(Collection<Partitioning.Definition> partitions) {
    List<RangeBound> bounds = new ArrayList<>();
    for (Partitioning.Definition partition : partitions) {
      RangeBound bound = of(partition);
      if (bound == null) {
        return null;
      }

      bounds.add(bound);
    }

    bounds.sort(ORDER);
    for (int i = 1; i < bounds.size(); i++) {
      RangeBound lower = bounds.get(i - 1);
      RangeBound upper = bounds.get(i);
      boolean comparable = upper.form.isEmpty() || upper.form.equals(lower.form);
      if (!comparable || ORDER.compare(lower, upper) == 0) {
        return null;
      }
    }

    return bounds.stream().map(RangeBound::partition).toList();
  }

  private static RangeBound of(Partitioning.Definition partition) {
    if (MAXVALUE.matcher(partition.sql()).find()) {
      return new RangeBound(partition, "", null, null);
    }

    Matcher number = NUMBER.matcher(partition.sql());
    if (number.find()) {
      return new RangeBound(partition, "number", new BigDecimal(number.group(1)), null);
    }

    Matcher time = TIME.matcher(partition.sql());
    if (time.find()) {
      String function = time.group(1) == null ? "" : time.group(1).replaceAll("\\s", "");
      String form = "time " + function.toLowerCase(Locale.ROOT) + time.group(2).length();
      return new RangeBound(partition, form, null, time.group(2));
    }

    return null;
  }
}
