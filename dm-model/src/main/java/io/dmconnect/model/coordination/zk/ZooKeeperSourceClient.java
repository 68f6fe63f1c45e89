package io.dmconnect.model.coordination.zk;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.FactsJson;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.SourceJson;
import io.dmconnect.model.error.DmException;
import java.util.Collection;
import java.util.function.LongConsumer;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The source's part, on ZooKeeper. */
public final class ZooKeeperSourceClient implements SourceClient {
  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperSourceClient.class);

  private final String source;
  private final Session session;
  private final PersistentWatcher checks;
  private volatile LongConsumer asked = number -> {};

  /**
   * Begins to connect; returns at once.
   *
   * @param source the source's id, its {@code topic.prefix}
   */
  public ZooKeeperSourceClient(ZooKeeperSettings settings, CoordinationPaths paths, String source) {
    this.source = source;
    this.session = new Session(settings, paths, source, this::lookForCheck);
    this.checks = new PersistentWatcher(session.curator(), paths.check(), false);
    checks.getListenable().addListener(event -> lookForCheck());
    checks.start();
  }

  @Override
  public void state(Collection<TableId> tables) {
    String text = SourceJson.write(Input.SourceStated.of(source, tables));
    session.state(session.paths().source(source), text);
  }

  @Override
  public void found(SourceFacts facts) {
    session.state(session.paths().fact(source), text(facts));
  }

  private static String text(SourceFacts facts) {
    String text = FactsJson.write(facts);
    try {
      byte[] unused = Records.encode(text);
      return text;
    } catch (DmException e) {
      return FactsJson.write(facts.withoutSamples());
    }
  }

  @Override
  public void onCheck(LongConsumer listener) {
    asked = requireNonNull(listener, "listener is null");
    lookForCheck();
  }

  /** Also called while the constructor runs, when the connection is there at once. */
  private void lookForCheck() {
    Session own = session;
    if (own == null) {
      return;
    }

    String path = own.paths().check();
    own.submit(
        path,
        () -> {
          Stat stat = own.curator().checkExists().forPath(path);
          if (stat != null) {
            asked.accept(stat.getVersion());
          }
        },
        error -> LOG.warn("Cannot look for asked checks", error));
  }

  @Override
  public void status(ParticipantStatus status) {
    session.status(status);
  }

  @Override
  public void close() {
    checks.close();
    session.close();
  }
}
