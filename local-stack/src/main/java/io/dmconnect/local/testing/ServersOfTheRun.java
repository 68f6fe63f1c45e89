package io.dmconnect.local.testing;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.StackBuilder;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.local.server.MysqlRelease;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts databases before a test run and stops them after it, for modules whose tests find them by
 * system properties. The property {@code dm.servers} names them ({@code mysql}, {@code tidb},
 * separated by commas); one whose property {@code dm.NAME.url} is set runs already. {@code
 * dm.mysql.server} tells which server plays {@code mysql}: {@code mysql-8.0}, {@code mysql-5.7} or
 * {@code mariadb}.
 */
public final class ServersOfTheRun implements LauncherSessionListener {
  private static final String WANTED = "dm.servers";
  private LocalStack stack;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    List<String> wanted =
        List.of(System.getProperty(WANTED, "").split(",")).stream()
            .filter(name -> !name.isBlank() && System.getProperty(property(name)) == null)
            .toList();
    if (wanted.isEmpty()) {
      return;
    }
    StackBuilder builder = LocalStack.builder();
    if (wanted.contains("mysql")) {
      chooseMysql(builder, System.getProperty("dm.mysql.server", "mysql-8.0"));
    }
    if (wanted.contains("tidb")) {
      builder.tidb();
    }
    stack = builder.start();
    for (String name : wanted) {
      DatabaseServer server = stack.database(name);
      System.setProperty(
          property(name),
          "jdbc:mysql://"
              + server.host()
              + ":"
              + server.port()
              + "/?user=root&sslMode=DISABLED&allowPublicKeyRetrieval=true");
    }
  }

  private static void chooseMysql(StackBuilder builder, String server) {
    switch (server) {
      case "mysql-8.0" -> builder.mysql();
      case "mysql-5.7" -> builder.mysql("mysql", MysqlRelease.MYSQL_5_7);
      case "mariadb" -> builder.mariaDb("mysql");
      default -> throw new IllegalArgumentException("dm.mysql.server is " + server);
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (stack != null) {
      stack.close();
      stack = null;
    }
  }

  private static String property(String name) {
    return "dm." + name + ".url";
  }
}
