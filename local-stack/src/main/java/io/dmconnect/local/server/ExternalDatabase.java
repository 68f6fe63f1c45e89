package io.dmconnect.local.server;

import io.dmconnect.local.process.Await;
import io.dmconnect.local.process.Child;
import io.dmconnect.local.process.Workspace;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/** A database server that somebody else runs: checked at the start, never stopped. */
public final class ExternalDatabase extends DatabaseServer {
  /** The port MySQL and MariaDB have by default. */
  public static final int MYSQL_PORT = 3306;

  /** The port TiDB has by default. */
  public static final int TIDB_PORT = 4000;

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private final URI url;

  /**
   * The server at a URL of the form {@code mysql://user:password@host:port}; a leading {@code
   * jdbc:} is accepted. Without a user it is {@code root}.
   *
   * @param defaultPort for a URL without a port
   * @throws ServerException when the text is no such URL
   */
  public ExternalDatabase(Workspace workspace, String name, String url, int defaultPort) {
    this(workspace, name, parse(name, url), defaultPort);
  }

  private ExternalDatabase(Workspace workspace, String name, URI url, int defaultPort) {
    super(workspace, name, url.getPort() < 0 ? defaultPort : url.getPort());
    this.url = url;
  }

  // The text is not repeated: it may hold a password.
  private static URI parse(String name, String text) {
    try {
      URI url = new URI(text.replaceFirst("^jdbc:", ""));
      if (url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new ServerException(unreadable(name), e);
    }
    throw new ServerException(unreadable(name));
  }

  private static String unreadable(String name) {
    return "The URL of "
        + name
        + " is not of the form mysql://user:password@host:port. In user and password, characters"
        + " such as @ / : # % are written as %40 %2F %3A %23 %25.";
  }

  @Override
  public String host() {
    return url.getHost();
  }

  @Override
  public String user() {
    return url.getUserInfo() == null ? "root" : url.getUserInfo().replaceFirst(":.*", "");
  }

  @Override
  public String password() {
    String info = url.getUserInfo();
    return info == null || !info.contains(":") ? "" : info.substring(info.indexOf(':') + 1);
  }

  /**
   * Waits a moment for an answer; a server that somebody else runs is there or is not.
   *
   * @throws ServerException with the reason
   */
  @Override
  public void awaitReady() {
    try {
      Await.until("an answer", ANSWER_LIMIT, this::ready);
    } catch (Await.AwaitException e) {
      throw new ServerException(
          String.format(
              "Cannot use %s as %s at %s:%d. %s", name(), user(), host(), port(), reason(e)),
          e);
    }
  }

  // The server's own words are those of the innermost cause, before the driver's line breaks.
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = cause.getMessage();
    return text == null ? cause.toString() : text.lines().findFirst().orElse("");
  }

  @Override
  public void launch() {}

  @Override
  public boolean running() {
    return ready();
  }

  @Override
  public void stop() {}

  @Override
  public void prepare() {}

  @Override
  protected Child run() {
    throw new UnsupportedOperationException(name() + " is not run by this stack");
  }
}
