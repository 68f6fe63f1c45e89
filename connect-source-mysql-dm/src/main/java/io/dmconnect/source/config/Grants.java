package io.dmconnect.source.config;

import io.dmconnect.source.jdbc.Server;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
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
  private final String account;

  private Grants(Set<String> global, String account) {
    this.global = global;
    this.account = account;
  }

  static Grants read(Connection connection) throws SQLException {
    Set<String> privileges = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
      while (rows.next()) {
        add(privileges, Server.text(rows, 1));
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT CURRENT_USER()")) {
      rows.next();
      String[] parts = Server.text(rows, 1).split("@", 2);
      return new Grants(privileges, "'" + parts[0] + "'@'" + parts[1] + "'");
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

  /** The account as {@code GRANT} takes it. */
  String account() {
    return account;
  }
}
