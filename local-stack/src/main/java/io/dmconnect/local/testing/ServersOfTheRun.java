package io.dmconnect.local.testing;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.StackBuilder;
import io.dmconnect.local.server.DatabaseServer;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts databases before a test run and stops them after it, for modules whose tests find them by
 * system properties. The property {@code dm.servers} names them ({@code mysql}, {@code tidb},
 * separated by commas); one whose property {@code dm.NAME.url} is set runs already.
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
      builder.mysql();
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
