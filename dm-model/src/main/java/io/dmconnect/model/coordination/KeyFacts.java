package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What a source found in a unique key of one of its tables.
 *
 * @param columns the key's columns in order
 * @param least the least value; null when the table is empty or the key is not one integer column
 * @param greatest the greatest value; null like {@code least}
 * @param samples some of the least and greatest values as text, the columns' values separated by
 *     {@code ", "}; values are equal whose {@link #compared} are
 */
public record KeyFacts(
    List<String> columns, BigInteger least, BigInteger greatest, NavigableSet<String> samples) {
  private static final char SHOWN = '\0';

  /** Copies the collections and checks that both ends are there or none. */
  public KeyFacts {
    columns = List.copyOf(columns);
    samples = Collections.unmodifiableNavigableSet(new TreeSet<>(samples));
    if (least != null) {
      requireNonNull(greatest, "greatest is null");
    }
  }

  /**
   * A value for {@link #samples}.
   *
   * @param compared what equal values share, as the weight of a text in its collation
   * @param shown the value for people
   */
  public static String sample(String compared, String shown) {
    return compared.equals(shown) ? shown : compared + SHOWN + shown;
  }

  /** What equal values share. */
  public static String compared(String sample) {
    int end = sample.indexOf(SHOWN);
    return end < 0 ? sample : sample.substring(0, end);
  }

  /** The value for people. */
  public static String shown(String sample) {
    return sample.substring(sample.indexOf(SHOWN) + 1);
  }

  /** Whether it has an integer range that shares a number with another one's. */
  public boolean overlaps(KeyFacts other) {
    return least != null
        && other.least != null
        && least.compareTo(other.greatest) <= 0
        && other.least.compareTo(greatest) <= 0;
  }

  KeyFacts withoutSamples() {
    return new KeyFacts(columns, least, greatest, new TreeSet<>());
  }
}
