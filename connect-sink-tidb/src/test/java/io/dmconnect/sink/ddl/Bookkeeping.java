package io.dmconnect.sink.ddl;

import io.dmconnect.sink.progress.JdbcProgressStore;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.target.TargetSettings;
import io.dmconnect.sink.testing.DevTiDb;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** An empty schema and the bookkeeping of a connector on the tests' TiDB; gone when closed. */
public final class Bookkeeping implements AutoCloseable {
  /** The connector whose bookkeeping it is. */
  public static final String CONNECTOR = "c";

  private static final long RETRY_MILLIS = 20_000;
  private static final int CONNECTIONS = 8;

  private final String schema;
  private final DevTiDb tidb = new DevTiDb();
  private final Retry retry = new Retry(RETRY_MILLIS);
  private final MetaTables tables;
  private final TargetPool pool;

  /** In a schema of that name. */
  public Bookkeeping(String schema) {
    this.schema = schema;
    this.tables = new MetaTables(DevTiDb.meta(schema));
    tidb.drop(schema);
    tidb.run("CREATE DATABASE " + schema);
    tables.createStatements().forEach(tidb::run);
    this.pool = pool(CONNECTIONS);
  }

  /** The target. */
  public DevTiDb tidb() {
    return tidb;
  }

  /** The bookkeeping tables. */
  public MetaTables tables() {
    return tables;
  }

  /** Connections for bookkeeping. */
  public TargetPool pool() {
    return pool;
  }

  /** How long the target is asked again. */
  public Retry retry() {
    return retry;
  }

  /** Another pool, for the caller to close. */
  TargetPool pool(int connections) {
    return new TargetPool(
        new TargetSettings(DevTiDb.url(), "root", "", Map.of(), false, connections, 10_000),
        schema);
  }

  JdbcProgressStore progress() {
    return new JdbcProgressStore(pool, retry, tables, CONNECTOR);
  }

  /** A task takes a partition over; the epoch that it has from then on. */
  public long takeOver(TopicPartition partition) {
    return progress().open(List.of(partition), 1).get(partition).epoch();
  }

  Arrivals arrivals() {
    return new Arrivals(pool, retry, tables, CONNECTOR);
  }

  /** What removes a former snapshot's rows, its statements on connections of their own. */
  FormerSnapshots formerSnapshots(TargetPool statements) {
    Ledger ledger = new Ledger(pool, retry, tables, CONNECTOR);
    return new FormerSnapshots(
        ledger,
        new RowHistory(pool, retry, tables, CONNECTOR),
        new StatementRunner(statements, retry, ledger),
        new ShardRows(statements, retry, new Owners(tables, CONNECTOR)));
  }

  DdlExecutors executors() {
    return new DdlExecutors(pool, pool, retry, tables, CONNECTOR, task -> new Thread(task, schema));
  }

  @Override
  public void close() {
    pool.close();
    tidb.drop(schema);
  }
}
