package io.dmconnect.source.config;

import io.dmconnect.model.filter.BlockAllowList;
import io.dmconnect.source.jdbc.Server;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The account's privileges on everything, from {@code SHOW GRANTS}; those of active roles are
 * included.
 */
final class Grants {
  private static final Pattern GLOBAL =
      Pattern.compile("^GRANT (.+) ON \\*\\.\\* TO (.+?)( IDENTIFIED .*| WITH .*| REQUIRE .*)?$");

  private final Set<String> global;
  private final List<String> texts;
  private final String account;

  private Grants(Set<String> global, List<String> texts, String account) {
    this.global = global;
    this.texts = texts;
    this.account = account;
  }

  static Grants read(Connection connection) throws SQLException {
    Set<String> privileges = new HashSet<>();
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
      while (rows.next()) {
        String grant = Server.text(rows, 1);
        add(privileges, grant);
        texts.add(grant);
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT CURRENT_USER()")) {
      rows.next();
      String[] parts = Server.text(rows, 1).split("@", 2);
      return new Grants(privileges, texts, "'" + parts[0] + "'@'" + parts[1] + "'");
    }
  }

  private static void add(Set<String> privileges, String grant) {
    Matcher matcher = GLOBAL.matcher(grant);
    if (matcher.matches()) {
      for (String privilege : matcher.group(1).split(",", -1)) {
        privileges.add(privilege.trim().toUpperCase(Locale.ROOT));
      }
    }
  }

  /** Whether it has one of the privileges, or all. */
  boolean hasGlobal(String... anyOf) {
    for (String privilege : anyOf) {
      if (global.contains(privilege)) {
        return true;
      }
    }
    return global.contains("ALL PRIVILEGES");
  }

  /** Whether it has the privilege on something. */
  boolean hasAnywhere(String privilege) {
    return texts.stream().anyMatch(g -> g.contains(privilege) || g.contains("ALL PRIVILEGES"));
  }

  /** Whether it has SELECT on something that the selection can reach. */
  boolean canRead(BlockAllowList selection) {
    return SelectGrants.reach(texts, selection);
  }

  /** The account as {@code GRANT} takes it. */
  String account() {
    return account;
  }
}
