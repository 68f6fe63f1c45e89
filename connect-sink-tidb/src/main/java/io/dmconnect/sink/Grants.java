package io.dmconnect.sink;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an account may do, by the lines of {@code SHOW GRANTS}.
 *
 * @param account the account as SQL writes it
 * @param lines the lines
 */
record Grants(String account, List<String> lines) {
  private static final Pattern GRANT =
      Pattern.compile("GRANT (.+) ON (`?[^`]*`?|\\*)\\.(\\S+) TO .*", Pattern.CASE_INSENSITIVE);

  /** Reads the grants of the session's account. */
  static Grants read(Statement statement) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet row = statement.executeQuery("SHOW GRANTS")) {
      while (row.next()) {
        lines.add(row.getString(1));
      }
    }

    try (ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
      row.next();
      String[] parts = row.getString(1).split("@", 2);
      return new Grants("'" + parts[0] + "'@'" + (parts.length > 1 ? parts[1] : "%") + "'", lines);
    }
  }

  /**
   * The privileges that are not granted on a whole schema. None when roles are granted, since these
   * may bring them.
   */
  Set<String> missing(String schema, Set<String> wanted) {
    Set<String> missing = new TreeSet<>(wanted);
    for (String line : lines) {
      Matcher grant = GRANT.matcher(line);
      if (!grant.matches()) {
        return Set.of();
      }

      if (grant.group(3).equals("*") && covers(grant.group(2), schema)) {
        if (grant.group(1).toUpperCase(Locale.ROOT).startsWith("ALL PRIVILEGES")) {
          return Set.of();
        }

        Arrays.stream(grant.group(1).split(","))
            .map(privilege -> privilege.trim().toUpperCase(Locale.ROOT))
            .forEach(missing::remove);
      }
    }

    return missing;
  }

  /** The schema of a grant may hold the wildcards of LIKE. */
  private static boolean covers(String granted, String schema) {
    if (granted.equals("*")) {
      return true;
    }

    StringBuilder pattern = new StringBuilder();
    String name = granted.replace("`", "");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' && i + 1 < name.length()) {
        pattern.append(Pattern.quote(String.valueOf(name.charAt(++i))));
      } else if (c == '%') {
        pattern.append(".*");
      } else if (c == '_') {
        pattern.append('.');
      } else {
        pattern.append(Pattern.quote(String.valueOf(c)));
      }
    }

    return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE).matcher(schema).matches();
  }
}
