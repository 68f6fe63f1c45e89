package io.dmconnect.source.coordination;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.SourceClient;
import io.dmconnect.model.coordination.zk.ZooKeeperKeys;
import io.dmconnect.model.coordination.zk.ZooKeeperSourceClient;
import io.dmconnect.source.config.CoordinationKeys;
import io.dmconnect.source.config.SourceConfig;
import io.dmconnect.source.jdbc.Connections;
import io.dmconnect.source.snapshot.TableCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A source's part in the coordination of shard groups, on a thread of its own. */
public final class SourceCoordination implements AutoCloseable {
  private static final long TABLES_SECONDS = 10;
  private static final long STATUS_SECONDS = 2;

  private final SourceClient client;
  private final ScheduledExecutorService thread;
  private final List<Future<?>> works = new ArrayList<>();
  private final AtomicLong newestCheck = new AtomicLong();

  /**
   * Begins to tell the coordinator, if the configuration names one.
   *
   * @return null when it names none
   */
  public static SourceCoordination start(
      SourceConfig config, Supplier<SourceProgress> progress, ThreadFactory threads) {
    if (config.getString(ZooKeeperKeys.CONNECT) == null) {
      return null;
    }

    CoordinationPaths paths = new CoordinationPaths(config.getString(CoordinationKeys.TASK));
    SourceClient client =
        new ZooKeeperSourceClient(ZooKeeperKeys.settings(config), paths, config.name());
    Connections connections = new Connections(config.connection());
    SourceAnnouncer announcer =
        new SourceAnnouncer(
            config.name(),
            client,
            () -> tables(connections, config),
            new JdbcFactsReader(connections, true),
            progress,
            Clock.systemUTC());
    return new SourceCoordination(client, announcer, threads);
  }

  private static Collection<TableId> tables(Connections connections, SourceConfig config)
      throws SQLException {
    try (Connection connection = connections.open()) {
      return TableCatalog.tables(connection, config.captured()).keySet();
    }
  }

  SourceCoordination(SourceClient client, SourceAnnouncer announcer, ThreadFactory threads) {
    this.client = client;
    this.thread = Executors.newSingleThreadScheduledExecutor(threads);
    works.add(
        thread.scheduleWithFixedDelay(
            announcer::announceTables, 0, TABLES_SECONDS, TimeUnit.SECONDS));
    works.add(
        thread.scheduleWithFixedDelay(
            announcer::announceStatus, 0, STATUS_SECONDS, TimeUnit.SECONDS));
    client.onCheck(number -> asked(number, announcer));
  }

  /** Checks asked for while the thread is busy are answered together, by the newest number. */
  private void asked(long number, SourceAnnouncer announcer) {
    newestCheck.accumulateAndGet(number, Math::max);
    thread.execute(() -> announcer.check(newestCheck.get()));
  }

  @Override
  public void close() {
    works.forEach(work -> work.cancel(true));
    thread.shutdownNow();
    client.close();
  }
}
