package io.dmconnect.local.server;

import io.dmconnect.local.container.Container;
import io.dmconnect.local.container.ContainerSpec;
import io.dmconnect.local.container.Engine;
import io.dmconnect.local.process.Child;
import io.dmconnect.local.process.Workspace;

/** A database server in a container, on the same port and data over stops and kills. */
abstract class DatabaseContainer extends DatabaseServer {
  private final String image;
  private Container container;

  DatabaseContainer(Workspace workspace, String name, String image) {
    super(workspace, name, workspace.ports().free());
    this.image = image;
  }

  /** What to run; asked once. */
  abstract ContainerSpec spec(String image);

  @Override
  public final String host() {
    return Engine.address();
  }

  /**
   * Checks that the image is there.
   *
   * @throws IllegalStateException saying what to do when it is not
   */
  @Override
  public final void prepare() {
    Engine.require(image);
  }

  @Override
  protected final Child run() {
    if (container == null) {
      container = new Container(workspace(), spec(image));
    }
    container.start();
    return container;
  }
}
