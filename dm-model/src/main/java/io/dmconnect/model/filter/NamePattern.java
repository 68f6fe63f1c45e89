package io.dmconnect.model.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pattern for the name of a schema or a table in DM's syntax: {@code *} at the end stands for any
 * characters or none, {@code ?} for one character, {@code [a-cx]} for one of these, {@code [!a-c]}
 * for one of the others; a text that begins with {@code ~} is a regular expression that is searched
 * for in the name. Immutable.
 */
public final class NamePattern {
  private final String text;
  private final boolean caseSensitive;
  private final Pattern regex;
  private final List<Place> places;
  private final boolean open;

  /**
   * The pattern of a text.
   *
   * @param caseSensitive whether names must match in case
   * @throws IllegalArgumentException when the text is empty, has a {@code *} before its end, or is
   *     a wrong regular expression
   */
  public static NamePattern of(String text, boolean caseSensitive) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("has an empty name pattern");
    }

    return new NamePattern(text, caseSensitive);
  }

  private NamePattern(String text, boolean caseSensitive) {
    this.text = text;
    this.caseSensitive = caseSensitive;
    if (text.startsWith("~")) {
      int flags = caseSensitive ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
      this.regex = Pattern.compile(text.substring(1), flags);
      this.places = List.of();
      this.open = true;
    } else {
      this.regex = null;
      this.open = text.endsWith("*");
      this.places = places(fold(open ? text.substring(0, text.length() - 1) : text));
    }
  }

  /** Whether the name matches. */
  public boolean matches(String name) {
    if (regex != null) {
      return regex.matcher(name).find();
    }

    String folded = fold(name);
    if (open ? folded.length() < places.size() : folded.length() != places.size()) {
      return false;
    }

    for (int i = 0; i < places.size(); i++) {
      if (!places.get(i).matches(folded.charAt(i))) {
        return false;
      }
    }

    return true;
  }

  /** Whether it matches one name only. */
  public boolean isLiteral() {
    return !open && places.stream().allMatch(Place::isLiteral);
  }

  /** The pattern's text. */
  @Override
  public String toString() {
    return text;
  }

  private String fold(String name) {
    return caseSensitive ? name : name.toLowerCase(Locale.ROOT);
  }

  private List<Place> places(String folded) {
    List<Place> found = new ArrayList<>();
    int i = 0;
    while (i < folded.length()) {
      char c = folded.charAt(i);
      int close = c == '[' ? folded.indexOf(']', i) : -1;
      if (c == '*') {
        throw new IllegalArgumentException("has a * before the end of the pattern '" + text + "'");
      }

      if (close > i) {
        found.add(set(folded.substring(i + 1, close)));
        i = close;
      } else {
        found.add(c == '?' ? Place.ANY : Place.literal(c));
      }

      i++;
    }

    return found;
  }

  private Place set(String inside) {
    boolean negated = inside.length() > 1 && inside.charAt(0) == '!';
    String members = negated ? inside.substring(1) : inside;
    if (members.isEmpty()) {
      throw new IllegalArgumentException("has empty brackets in the pattern '" + text + "'");
    }

    StringBuilder ranges = new StringBuilder();
    for (int i = 0; i < members.length(); i++) {
      boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
      ranges.append(members.charAt(i)).append(members.charAt(range ? i + 2 : i));
      i += range ? 2 : 0;
    }

    return new Place(ranges.toString(), negated);
  }

  /** What one character may be: pairs of first and last characters, or none of them. */
  private record Place(String ranges, boolean negated) {
    static final Place ANY = new Place("", true);

    static Place literal(char c) {
      return new Place("" + c + c, false);
    }

    boolean matches(char c) {
      for (int i = 0; i < ranges.length(); i += 2) {
        if (c >= ranges.charAt(i) && c <= ranges.charAt(i + 1)) {
          return !negated;
        }
      }

      return negated;
    }

    boolean isLiteral() {
      return !negated && ranges.length() == 2 && ranges.charAt(0) == ranges.charAt(1);
    }
  }
}
