package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.SourceJson;
import java.util.Collection;

/** The source's part, on ZooKeeper. */
public final class ZooKeeperSourceClient implements SourceClient {
  private final String source;
  private final Session session;

  /**
   * Begins to connect; returns at once.
   *
   * @param source the source's id, its {@code topic.prefix}
   */
  public ZooKeeperSourceClient(ZooKeeperSettings settings, CoordinationPaths paths, String source) {
    this.source = source;
    this.session = new Session(settings, paths, source, () -> {});
  }

  @Override
  public void state(Collection<TableId> tables) {
    String text = SourceJson.write(Input.SourceStated.of(source, tables));
    session.state(session.paths().source(source), text);
  }

  @Override
  public void status(ParticipantStatus status) {
    session.status(status);
  }

  @Override
  public void close() {
    session.close();
  }
}
