package io.dmconnect.local.server;

import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Workspace;
import java.net.URI;

/** A database server that somebody else runs: checked at the start, never stopped. */
public final class ExternalDatabase extends DatabaseServer {
  private final URI url;

  /**
   * The server at a URL of the form {@code mysql://user:password@host:port}; a leading {@code
   * jdbc:} is accepted.
   *
   * @throws ServerException when the URL has no host
   */
  public ExternalDatabase(Workspace workspace, String name, String url) {
    this(workspace, name, URI.create(url.replaceFirst("^jdbc:", "")));
  }

  private ExternalDatabase(Workspace workspace, String name, URI url) {
    super(workspace, name, url.getPort() < 0 ? 4000 : url.getPort());
    this.url = url;
    if (url.getHost() == null) {
      throw new ServerException(
          "No host in the URL of " + name + ": use mysql://user:password@host:port");
    }
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
  protected Command command() {
    throw new UnsupportedOperationException(name() + " is not run by this stack");
  }
}
