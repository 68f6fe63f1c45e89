package io.dmconnect.sink;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.route.Router;
import io.dmconnect.sink.ddl.DdlExecutor;
import io.dmconnect.sink.ddl.DdlExecutors;
import io.dmconnect.sink.engine.EngineFactory;
import io.dmconnect.sink.engine.SinkEngine;
import io.dmconnect.sink.engine.SinkMetrics;
import io.dmconnect.sink.progress.JdbcProgressStore;
import io.dmconnect.sink.progress.JdbcSourceSchemas;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.progress.ProgressSql;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.RowLoader;
import io.dmconnect.sink.target.TargetCatalog;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.write.JdbcBatchTarget;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a running task consists of. */
final class SinkRuntime implements AutoCloseable {
  /** What the task's own thread waits for must end well before max.poll.interval.ms. */
  private static final long QUICK_RETRY_MILLIS = 60_000;

  /** Connections for the bookkeeping of schema changes and for the task's own thread. */
  private static final int SPARE_CONNECTIONS = 8;

  private final SinkEngine engine;
  private final List<AutoCloseable> parts;

  private SinkRuntime(SinkEngine engine, List<AutoCloseable> parts) {
    this.engine = engine;
    this.parts = parts;
  }

  /**
   * Connects to the target, makes the bookkeeping tables, and starts the writers.
   *
   * @throws DmException when the target is not usable
   */
  static SinkRuntime start(TiDbSinkConfig config, String taskNumber, SinkTaskContext context) {
    String threads = config.connectorName() + "-" + taskNumber;
    Retry retry = new Retry(config.retryMillis());
    Retry quickRetry = new Retry(Math.min(config.retryMillis(), QUICK_RETRY_MILLIS));
    TargetPool pool =
        new TargetPool(config.target(2 * config.writers() + SPARE_CONNECTIONS), threads);
    TargetPool ddlPool = new TargetPool(config.target(DdlExecutors.CONNECTIONS), threads + "-ddl");
    List<AutoCloseable> parts = new ArrayList<>(List.of(retry::stop, quickRetry::stop));
    try {
      MetaTables tables = new MetaTables(config.metaSchema());
      MetaSetup.ensure(pool, quickRetry, tables);
      RowLoader loader = config.loadsData() ? LoadProbe.loader(pool, quickRetry, tables) : null;
      ErrantRecordReporter reporter = reporter(context);
      String connector = config.connectorName();
      ProgressSql progress = new ProgressSql(tables, connector);
      JdbcSourceSchemas schemas = new JdbcSourceSchemas(pool, quickRetry, tables, connector);
      TaskThreads factory = new TaskThreads(threads);
      Router router = new Router(config.routes());
      DdlExecutors executors = new DdlExecutors(pool, ddlPool, retry, tables, connector, factory);
      ShardPart shards =
          ShardPart.start(config, threads, new ShardPart.Target(pool, retry, tables), executors);
      DdlExecutor ddl = executors.executor(router, config::isSubscribed, shards.gate());
      SinkEngine engine =
          new EngineFactory(config.engine(reporter != null), reporter, shards.listener())
              .create(
                  router,
                  new TargetCatalog(pool, quickRetry),
                  schemas::load,
                  new JdbcProgressStore(pool, quickRetry, tables, connector),
                  writer ->
                      new JdbcBatchTarget(
                          pool,
                          retry,
                          progress,
                          config.planLimits(),
                          config.showValues(),
                          shards.isOn(),
                          loader),
                  ddl,
                  new ContextControl(context),
                  factory);
      SinkMetrics metrics = new SinkMetrics(engine, retry, Clock.systemUTC());
      TaskMetrics.register(context, metrics);
      shards.begin(engine, metrics);
      parts.addAll(List.of(engine::stop, shards, ddl, executors, ddlPool, pool));
      return new SinkRuntime(engine, parts);
    } catch (RuntimeException e) {
      pool.close();
      ddlPool.close();
      throw e;
    }
  }

  /** Null when the user did not configure one, or the worker is older than the reporter. */
  private static ErrantRecordReporter reporter(SinkTaskContext context) {
    try {
      return context.errantRecordReporter();
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      return null;
    }
  }

  SinkEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      Utils.closeQuietly(part, "a part of the sink");
    }
  }
}
