package io.dmconnect.local.server;

import io.dmconnect.local.client.Sql;
import io.dmconnect.local.process.Workspace;
import java.util.List;

/** A server that speaks MySQL's client protocol. */
public abstract class DatabaseServer extends Server {
  private final int port;

  /** A server on a port of its own. */
  protected DatabaseServer(Workspace workspace, String name, int port) {
    super(workspace, name);
    this.port = port;
  }

  /** Host name or address. */
  public String host() {
    return "127.0.0.1";
  }

  /** TCP port; stays the same over restarts. */
  public int port() {
    return port;
  }

  /** A user with all privileges. */
  public String user() {
    return "root";
  }

  /** That user's password; empty for none. */
  public String password() {
    return "";
  }

  @Override
  public String url() {
    return "mysql://" + user() + "@" + host() + ":" + port();
  }

  /** The command line with which a person connects. */
  public String clientCommand() {
    String secret = password().isEmpty() ? "" : " -p";
    return "mysql -h " + host() + " -P " + port() + " -u " + user() + secret;
  }

  /** A new connection without a current database; the caller closes it. */
  public Sql sql() {
    return sql("");
  }

  /** A new connection with a current database; the caller closes it. */
  public Sql sql(String database) {
    return Sql.connect(host(), port(), user(), password(), database);
  }

  /** The option without which MySQL's and MariaDB's servers refuse to run as root; else nothing. */
  static List<String> rootOption() {
    return System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
  }

  @Override
  protected boolean ready() {
    try (Sql sql = sql()) {
      return sql.value("SELECT 1").equals("1");
    }
  }
}
