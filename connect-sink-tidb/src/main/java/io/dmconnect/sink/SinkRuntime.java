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
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a running task consists of. */
final class SinkRuntime implements AutoCloseable {
  /** What the task's own thread waits for must end well before max.poll.interval.ms. */
  private static final long QUICK_RETRY_MILLIS = 60_000;

  /** Connections for the bookkeeping of schema changes and for the task's own thread. */
  private static final int SPARE_CONNECTIONS = 8;

  private final TiDbSinkConfig config;
  private final SinkTaskContext context;
  private final String threads;
  private final Retry retry;
  private final Retry quickRetry;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private SinkEngine engine;

  private SinkRuntime(TiDbSinkConfig config, String taskNumber, SinkTaskContext context) {
    this.config = config;
    this.context = context;
    this.threads = config.connectorName() + "-" + taskNumber;
    this.retry = new Retry(config.retryMillis());
    this.quickRetry = new Retry(Math.min(config.retryMillis(), QUICK_RETRY_MILLIS));
  }

  /**
   * Connects to the target, makes the bookkeeping tables, and starts the writers. On failure
   * nothing stays open.
   *
   * @throws DmException when the target is not usable
   */
  static SinkRuntime start(TiDbSinkConfig config, String taskNumber, SinkTaskContext context) {
    SinkRuntime runtime = new SinkRuntime(config, taskNumber, context);
    try {
      runtime.open();
      return runtime;
    } catch (RuntimeException | Error e) {
      runtime.close();
      throw e;
    }
  }

  private void open() {
    TargetPool pool =
        opened(new TargetPool(config.target(2 * config.writers() + SPARE_CONNECTIONS), threads));
    TargetPool ddlPool =
        opened(new TargetPool(config.target(DdlExecutors.CONNECTIONS), threads + "-ddl"));
    MetaTables tables = new MetaTables(config.metaSchema());
    MetaSetup.ensure(pool, quickRetry, tables);
    RowLoader loader = config.loadsData() ? LoadProbe.loader(pool, quickRetry, tables) : null;
    ErrantRecordReporter reporter = reporter(context);
    String connector = config.connectorName();
    ProgressSql progress = new ProgressSql(tables, connector);
    JdbcSourceSchemas schemas = new JdbcSourceSchemas(pool, quickRetry, tables, connector);
    TaskThreads factory = new TaskThreads(threads);
    Router router = new Router(config.routes());
    DdlExecutors executors =
        opened(new DdlExecutors(pool, ddlPool, retry, tables, connector, factory));
    ShardPart shards =
        opened(
            ShardPart.start(
                config, threads, new ShardPart.Target(pool, retry, quickRetry, tables), executors));
    DdlExecutor ddl = opened(executors.executor(router, config::isSubscribed, shards.gate()));
    engine =
        new EngineFactory(config.engine(reporter != null), reporter, shards.listener())
            .create(
                router,
                new TargetCatalog(pool, quickRetry),
                schemas::load,
                shards.passedOver(),
                new JdbcProgressStore(pool, quickRetry, tables, connector),
                writer ->
                    new JdbcBatchTarget(
                        pool,
                        retry,
                        progress,
                        config.planLimits(),
                        config.showValues(),
                        shards.isOn() ? config.defaultsMillis() : 0,
                        loader),
                ddl,
                new ContextControl(context),
                factory);
    opened.push(engine::stop);
    SinkMetrics metrics = new SinkMetrics(engine, retry, Clock.systemUTC());
    TaskMetrics.register(context, metrics);
    shards.begin(engine, metrics);
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
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

  /** Ends all pauses, then closes what was opened, the last one first. */
  @Override
  public void close() {
    retry.stop();
    quickRetry.stop();
    for (AutoCloseable part : opened) {
      Utils.closeQuietly(part, "a part of the sink");
    }
  }
}
