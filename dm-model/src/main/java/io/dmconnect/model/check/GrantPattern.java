package io.dmconnect.model.check;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The schema of a line of {@code SHOW GRANTS}: all, a name, or a pattern with the wildcards of LIKE
 * (<a href="https://dev.mysql.com/doc/refman/8.0/en/grant.html">GRANT</a>). Letter case does not
 * count, as a server may be set either way. Immutable.
 */
public final class GrantPattern {
  private static final String ALL = "*";

  private final Pattern regex;
  private final String name;

  private GrantPattern(Pattern regex, String name) {
    this.regex = regex;
    this.name = name;
  }

  /**
   * The pattern of the text before the dot, in back quotes or not.
   *
   * @param text such as {@code *}, {@code `shop`} or {@code `shop\_%`}
   */
  public static GrantPattern of(String text) {
    if (text.equals(ALL)) {
      return new GrantPattern(Pattern.compile(".*", Pattern.DOTALL), null);
    }

    boolean quoted = text.length() > 1 && text.startsWith("`") && text.endsWith("`");
    String inside = quoted ? text.substring(1, text.length() - 1).replace("``", "`") : text;
    StringBuilder regex = new StringBuilder();
    StringBuilder literal = new StringBuilder();
    boolean wild = false;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      boolean escaped = c == '\\' && i + 1 < inside.length();
      if (escaped) {
        c = inside.charAt(++i);
      }

      if (!escaped && (c == '%' || c == '_')) {
        wild = true;
        regex.append(c == '%' ? ".*" : ".");
      } else {
        literal.append(c);
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }

    int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
    return new GrantPattern(
        Pattern.compile(regex.toString(), flags), wild ? null : literal.toString());
  }

  /** Whether the grant holds in a schema. */
  public boolean matches(String schema) {
    return regex.matcher(schema).matches();
  }

  /** The one schema the grant holds in; empty when there may be several. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }
}
