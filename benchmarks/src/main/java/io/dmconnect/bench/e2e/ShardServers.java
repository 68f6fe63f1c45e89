package io.dmconnect.bench.e2e;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.demo.ExampleConfigs;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.Mysql;
import io.dmconnect.local.server.MysqlRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Fresh servers with an optimistic shard merge: two sources with a shard {@code shop.orders_1} and
 * {@code shop.orders_2}, another table {@code shop.bulk} of the first source, one coordinator.
 */
final class ShardServers implements AutoCloseable {
  static final String SCHEMA = "shop";
  static final List<String> SOURCES = List.of("mysql-1", "mysql-2");
  static final String SINK = "shop-sink";
  static final Duration LIMIT = Duration.ofMinutes(5);

  private final Path home;
  private final LocalStack stack;

  /** Starts the servers and the connectors. */
  ShardServers(Path home, ArtifactStore store) {
    this.home = home;
    String[] mysqlOptions = Mysql.BENCHMARK.toArray(String[]::new);
    this.stack =
        LocalStack.builder()
            .mysql(SOURCES.get(0), MysqlRelease.MYSQL_8_0, mysqlOptions)
            .mysql(SOURCES.get(1), MysqlRelease.MYSQL_8_0, mysqlOptions)
            .tidb()
            .coordinators(home, 1)
            .avroRegistry()
            .connect(1)
            .workerJvmOptions("-Xms1g")
            .plugins(new DmConnect(home, false).plugins(store).toArray(Path[]::new))
            .converterJars(new DmConnect(home, false).converterJars().toArray(Path[]::new))
            .start();
    for (int i = 0; i < SOURCES.size(); i++) {
      try (Sql mysql = shard(i)) {
        mysql.run(
            "CREATE DATABASE " + SCHEMA,
            "USE " + SCHEMA,
            "CREATE TABLE " + table(i) + " (id BIGINT PRIMARY KEY, item VARCHAR(40))",
            "INSERT INTO " + table(i) + " VALUES (" + i + ", 'first')");
      }
    }

    try (Sql mysql = mysql(0)) {
      Tables.createOrders(mysql, Tables.BULK);
    }

    SOURCES.forEach(this::createSource);
    createSink();
    SOURCES.forEach(source -> rest().awaitRunning(source, 1, LIMIT));
    rest().awaitRunning(SINK, 1, LIMIT);
    await("both shards", "SELECT COUNT(*) FROM orders", 2);
    await("the other table", "SELECT COUNT(*) FROM " + Tables.BULK, 0);
  }

  private void createSource(String name) {
    Map<String, String> config =
        new ExampleConfigs(home).source(name, stack.database(name), DmConnect.serverId(name));
    config.put("database.ssl.mode", "disabled");
    config.put("do-dbs", SCHEMA);
    config.putAll(stack.avroRegistry().converterSettings());
    coordinated(config);
    rest().create(name, config);
  }

  private void createSink() {
    Map<String, String> config = new DmConnect(home, false).sink(stack, "mysql-.", false, 1);
    config.put("routes", "merge");
    config.put("routes.merge.schema-pattern", SCHEMA);
    config.put("routes.merge.table-pattern", "orders_*");
    config.put("routes.merge.target-schema", SCHEMA);
    config.put("routes.merge.target-table", "orders");
    config.put("shard-mode", "optimistic");
    config.put("coordinator.expected-sources", String.join(",", SOURCES));
    coordinated(config);
    rest().create(SINK, config);
  }

  private void coordinated(Map<String, String> config) {
    config.put("coordinator.zookeeper.connect", stack.zooKeeper().connectString());
    config.put("coordinator.task", "bench");
  }

  ConnectRest rest() {
    return stack.rest();
  }

  /** The table of a shard. */
  static String table(int shard) {
    return "orders_" + (shard + 1);
  }

  /** A connection to a source without a current database. */
  Sql shard(int source) {
    return stack.database(SOURCES.get(source)).sql();
  }

  /** A connection to a source's shop. */
  Sql mysql(int source) {
    return stack.database(SOURCES.get(source)).sql(SCHEMA);
  }

  /** A connection to the target's shop. */
  Sql tidb() {
    return stack.tidb().sql(SCHEMA);
  }

  /** Waits until a number in the target is the expected one. */
  void await(String what, String query, long expected) {
    Await.until(
        what,
        LIMIT,
        () -> {
          try (Sql tidb = tidb()) {
            return tidb.number(query) == expected;
          }
        },
        new FailureCheck(rest()));
  }

  @Override
  public void close() {
    stack.close();
  }
}
