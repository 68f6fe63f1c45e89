package io.dmconnect.sink;

import static io.dmconnect.model.filter.BlockAllowList.isSystemSchema;

import io.dmconnect.model.check.GrantPattern;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
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
    return missing(
        wanted, (granted, table) -> table.equals("*") && GrantPattern.of(granted).matches(schema));
  }

  /**
   * The privileges that are granted on nothing but one schema and the server's own, be it schemas
   * or tables. An underscore in that schema's name is taken for itself, although it is a wildcard.
   * None when roles are granted.
   */
  Set<String> missingOutside(String schema, Set<String> wanted) {
    return missing(
        wanted,
        (granted, table) -> {
          String name = granted.replace("`", "").replace("\\", "");
          return !name.equalsIgnoreCase(schema) && !isSystemSchema(name);
        });
  }

  private Set<String> missing(Set<String> wanted, BiPredicate<String, String> counts) {
    Set<String> missing = new TreeSet<>(wanted);
    for (String line : lines) {
      Matcher grant = GRANT.matcher(line);
      if (!grant.matches()) {
        return Set.of();
      }

      if (counts.test(grant.group(2), grant.group(3))) {
        if (grant.group(1).toUpperCase(Locale.ROOT).startsWith("ALL PRIVILEGES")) {
          return Set.of();
        }

        Arrays.stream(grant.group(1).split(","))
            .map(privilege -> privilege.replaceFirst("\\(.*", "").trim().toUpperCase(Locale.ROOT))
            .forEach(missing::remove);
      }
    }

    return missing;
  }
}
