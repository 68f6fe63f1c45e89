package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.coordination.MemberId;
import java.util.function.Consumer;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.zookeeper.WatchedEvent;

/**
 * Tells when a decision in a group may have changed. Changes while the connection is lost are not
 * told one by one: whoever uses this reads again once it is back.
 */
final class DecisionWatch implements AutoCloseable {
  private final PersistentWatcher watcher;
  private final String prefix;
  private final Consumer<MemberId> changed;

  /**
   * Begins to watch.
   *
   * @param changed called on ZooKeeper's event thread; must not block
   */
  DecisionWatch(Session session, GroupPaths group, Consumer<MemberId> changed) {
    this.prefix = group.decisions() + "/";
    this.changed = changed;
    this.watcher = new PersistentWatcher(session.curator(), group.decisions(), true);
    watcher.getListenable().addListener(this::process);
    watcher.start();
  }

  private void process(WatchedEvent event) {
    String path = event.getPath();
    if (path != null && path.startsWith(prefix)) {
      changed.accept(MemberId.ofNodeName(path.substring(prefix.length())));
    }
  }

  @Override
  public void close() {
    watcher.close();
  }
}
