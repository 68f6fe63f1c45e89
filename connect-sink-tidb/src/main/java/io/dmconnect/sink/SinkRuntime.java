package io.dmconnect.sink;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.route.Router;
import io.dmconnect.sink.ddl.DdlExecutor;
import io.dmconnect.sink.ddl.DdlExecutors;
import io.dmconnect.sink.engine.EngineFactory;
import io.dmconnect.sink.engine.SinkEngine;
import io.dmconnect.sink.engine.SinkMetrics;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.progress.JdbcProgressStore;
import io.dmconnect.sink.progress.JdbcSourceSchemas;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.progress.ProgressSql;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetCatalog;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.write.JdbcBatchTarget;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a running task consists of. */
final class SinkRuntime implements AutoCloseable {
  private final TargetPool pool;
  private final TargetPool ddlPool;
  private final Retry retry;
  private final DdlExecutor ddl;
  private final SinkEngine engine;

  private SinkRuntime(
      TargetPool pool, TargetPool ddlPool, Retry retry, DdlExecutor ddl, SinkEngine engine) {
    this.pool = pool;
    this.ddlPool = ddlPool;
    this.retry = retry;
    this.ddl = ddl;
    this.engine = engine;
  }

  /**
   * Connects to the target, makes the bookkeeping tables, and starts the writers.
   *
   * @throws DmException when the target is not usable
   */
  static SinkRuntime start(TiDbSinkConfig config, String taskNumber, SinkTaskContext context) {
    String threads = config.connectorName() + "-" + taskNumber;
    Retry retry = new Retry(config.retryMillis());
    TargetPool pool = new TargetPool(config.target(), threads);
    TargetPool ddlPool =
        new TargetPool(config.target().withConnections(DdlExecutors.CONNECTIONS), threads + "-ddl");
    try {
      MetaTables tables = new MetaTables(config.metaSchema());
      create(pool, retry, tables);
      ErrantRecordReporter reporter = reporter(context);
      String connector = config.connectorName();
      ProgressSql progress = new ProgressSql(tables, connector);
      TaskThreads factory = new TaskThreads(threads);
      Router router = new Router(config.routes());
      DdlExecutor ddl =
          DdlExecutors.create(
              pool, ddlPool, retry, tables, connector, router, config::isSubscribed, factory);
      SinkEngine engine =
          new EngineFactory(config.engine(reporter != null), reporter)
              .create(
                  router,
                  new TargetCatalog(pool, retry),
                  new JdbcSourceSchemas(pool, retry, tables, connector)::load,
                  new JdbcProgressStore(pool, retry, tables, connector),
                  writer ->
                      new JdbcBatchTarget(
                          pool, retry, progress, config.planLimits(), config.showValues()),
                  ddl,
                  new ContextControl(context),
                  factory);
      TaskMetrics.register(context, new SinkMetrics(engine, retry, Clock.systemUTC()));
      return new SinkRuntime(pool, ddlPool, retry, ddl, engine);
    } catch (RuntimeException e) {
      pool.close();
      ddlPool.close();
      throw e;
    }
  }

  /** Makes the bookkeeping tables if they are missing. */
  static void create(TargetPool pool, Retry retry, MetaTables tables) {
    try {
      retry.run(
          "make the tables of " + tables.schema(),
          () -> {
            try (Connection connection = pool.connection();
                Statement statement = connection.createStatement()) {
              for (String sql : tables.createStatements()) {
                statement.execute(sql);
              }

              connection.commit();
              return null;
            }
          });
    } catch (DmException e) {
      throw e.code() == SinkError.ACCESS_DENIED || e.code() == SinkError.TARGET_SCHEMA
          ? new DmException(SinkError.META_SCHEMA, e.problem(), e)
          : e;
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
    retry.stop();
    engine.stop();
    ddl.close();
    ddlPool.close();
    pool.close();
  }
}
