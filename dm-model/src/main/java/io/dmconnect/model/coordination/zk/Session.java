package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.StatusJson;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the clients of sources and sinks share: the connection, its thread and the status node. */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final CoordinationConnection connection;
  private final CoordinationPaths paths;
  private final Worker worker;
  private final Runnable reconnected;
  private volatile ParticipantStatus status;
  private boolean layoutChecked;

  /**
   * Begins to connect.
   *
   * @param reconnected called whenever the connection is there again; must not block
   */
  Session(ZooKeeperSettings settings, CoordinationPaths paths, String name, Runnable reconnected) {
    this.paths = paths;
    this.reconnected = reconnected;
    this.connection = CoordinationConnection.open(settings);
    this.worker = new Worker("dm-coordination-" + name);
    curator()
        .getConnectionStateListenable()
        .addListener((client, state) -> connectionChanged(state));
  }

  CuratorFramework curator() {
    return connection.curator();
  }

  CoordinationPaths paths() {
    return paths;
  }

  /** Has something done on the session's thread; see {@link Worker#submit}. */
  void submit(Object key, Action action, Failure failure) {
    worker.submit(
        key,
        new Worker.Step() {
          @Override
          public void run() throws Exception {
            if (!layoutChecked) {
              connection.checkLayout();
              layoutChecked = true;
            }

            action.run();
          }

          @Override
          public void failed(Exception error) {
            failure.failed(asDmException(key, error));
          }
        });
  }

  /** Keeps a persistent node at a text. */
  void state(String path, String text) {
    submit(
        path,
        () -> Nodes.put(curator(), path, Records.encode(text)),
        error -> LOG.error("Cannot state {}", path, error));
  }

  /** Keeps the status node at a status. */
  void status(ParticipantStatus newStatus) {
    status = newStatus;
    String path = paths.status(newStatus.participant());
    submit(
        path,
        () -> Nodes.putEphemeral(curator(), path, Records.encode(StatusJson.write(newStatus))),
        error -> LOG.warn("Cannot state {}", path, error));
  }

  private void connectionChanged(ConnectionState state) {
    LOG.info("The connection to ZooKeeper is {}", state);
    if (state == ConnectionState.RECONNECTED || state == ConnectionState.CONNECTED) {
      ParticipantStatus last = status;
      if (last != null) {
        status(last);
      }

      reconnected.run();
      worker.hurry();
    }
  }

  private static DmException asDmException(Object key, Exception error) {
    if (error instanceof DmException own) {
      return own;
    }

    boolean refused =
        error instanceof KeeperException keeper
            && switch (keeper.code()) {
              case NOAUTH, AUTHFAILED, INVALIDACL -> true;
              default -> false;
            };
    return new DmException(
        refused ? ModelError.COORDINATION_REFUSED : ModelError.COORDINATION_FAILED,
        "ZooKeeper does not take what is stated for " + key + ": " + error.getMessage(),
        error);
  }

  @Override
  public void close() {
    worker.close();
    connection.close();
  }

  /** Something to do with ZooKeeper. */
  interface Action {
    void run() throws Exception;
  }

  /** What to do when it cannot be done. */
  interface Failure {
    void failed(DmException error);
  }
}
