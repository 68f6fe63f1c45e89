package io.dmconnect.source.config;

import io.dmconnect.model.TableId;
import io.dmconnect.model.check.GrantPattern;
import io.dmconnect.model.filter.BlockAllowList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether grants let an account read what a configuration selects. */
final class SelectGrants {
  private static final String NAME = "(\\*|`(?:[^`]|``)+`)";
  private static final Pattern GRANT =
      Pattern.compile("GRANT (.+?) ON (?:TABLE )?" + NAME + "\\." + NAME + " TO .*");
  private static final Pattern GRANTED = Pattern.compile("GRANT (.+?) ON .*");
  private static final Pattern SELECT =
      Pattern.compile("(?:^|,\\s*)(?:SELECT|ALL PRIVILEGES|ALL)\\b");

  /**
   * Whether one of the lines of {@code SHOW GRANTS} gives SELECT on something that can be selected,
   * be it there already or not. In doubt it does.
   */
  static boolean reach(List<String> lines, BlockAllowList selection) {
    return lines.stream().anyMatch(line -> reaches(line, selection));
  }

  private static boolean reaches(String line, BlockAllowList selection) {
    Matcher granted = GRANTED.matcher(line);
    if (!granted.matches() || !SELECT.matcher(granted.group(1)).find()) {
      return false;
    }
    Matcher grant = GRANT.matcher(line);
    if (!grant.matches()) {
      return true;
    }
    String schema = grant.group(2);
    String table = grant.group(3);
    if (!table.equals("*")) {
      return selection.captures(new TableId(unquoted(schema), unquoted(table)));
    }
    GrantPattern pattern = GrantPattern.of(schema);
    if (pattern.name().isPresent()) {
      return selection.canHoldCaptured(pattern.name().get());
    }
    Optional<Set<String>> stated = selection.statedSchemas();
    return stated.isEmpty()
        || stated.get().isEmpty()
        || stated.get().stream().anyMatch(pattern::matches);
  }

  private static String unquoted(String name) {
    return name.substring(1, name.length() - 1).replace("``", "`");
  }

  private SelectGrants() {}
}
