package io.dmconnect.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.compare.TableDigest;
import io.dmconnect.local.compare.TableReader;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.DatabaseServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One source connector and one sink connector over a database of a test's own. The database has the
 * same name on both ends. Rows travel as Avro where the stack has a registry.
 */
public final class Pipeline implements AutoCloseable {
  /** How long replication may take in a test before it counts as stuck. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private final LocalStack stack;
  private final String database;
  private final Map<String, String> sourceConfig = new HashMap<>();
  private final Map<String, String> sinkConfig = new HashMap<>();
  private final Sql mysql;
  private final Sql tidb;
  private boolean started;

  /**
   * Makes an empty upstream database; nothing runs yet.
   *
   * @param name a short name for people who read logs
   */
  public Pipeline(LocalStack stack, String name) {
    this(stack, stack.mysql(), name);
  }

  /**
   * Makes an empty database on another upstream server; nothing runs yet.
   *
   * @param name a short name for people who read logs
   */
  public Pipeline(LocalStack stack, DatabaseServer server, String name) {
    this.stack = stack;
    this.database = name + "_" + UUID.randomUUID().toString().substring(0, 8);
    this.mysql = server.sql();
    this.tidb = stack.tidb().sql();
    mysql.run("CREATE DATABASE `" + database + "`", "USE `" + database + "`");
    sourceConfig.putAll(Configs.source(server, database));
    sinkConfig.putAll(Configs.sink(stack, database));
    both(stack.converterSettings());
  }

  /** Sets a key of the source connector. */
  public Pipeline source(String key, String value) {
    sourceConfig.put(key, value);
    return this;
  }

  /** Sets a key of the sink connector. */
  public Pipeline sink(String key, String value) {
    sinkConfig.put(key, value);
    return this;
  }

  /** Sets keys of both connectors, such as converters. */
  public Pipeline both(Map<String, String> settings) {
    sourceConfig.putAll(settings);
    sinkConfig.putAll(settings);
    return this;
  }

  /** Creates both connectors and waits until their tasks run. */
  public Pipeline start() {
    started = true;
    rest().create(sourceName(), sourceConfig);
    rest().create(sinkName(), sinkConfig);
    rest().awaitRunning(sourceName(), 1, LIMIT);
    rest().awaitRunning(sinkName(), 1, LIMIT);
    return this;
  }

  /** The database's name, also the topic prefix's last part. */
  public String database() {
    return database;
  }

  /** The topic of one of the database's tables. */
  public String topic(String table) {
    return sourceConfig.get("topic.prefix") + "." + database + "." + table;
  }

  /** The source connector's name. */
  public String sourceName() {
    return "source-" + database;
  }

  /** The sink connector's name. */
  public String sinkName() {
    return "sink-" + database;
  }

  /** The upstream connection, in the pipeline's database. */
  public Sql mysql() {
    return mysql;
  }

  /** The target connection, without a current database. */
  public Sql tidb() {
    return tidb;
  }

  /** Connect's REST API. */
  public ConnectRest rest() {
    return stack.rest();
  }

  /** Waits until both ends hold the same rows in each of these tables, and shows the difference. */
  public Pipeline awaitEqual(String... tables) {
    for (String table : tables) {
      awaitEqual(List.of(table), table);
    }
    return this;
  }

  /** Waits until the target table holds exactly the rows of all source tables together. */
  public Pipeline awaitEqual(List<String> sources, String target) {
    try {
      Await.until(
          sources + " to equal the target's " + target,
          LIMIT,
          () -> upstream(sources).equals(downstream(sources, target)),
          this::failure);
    } catch (Await.AwaitException e) {
      showDifference(sources, target, e);
      throw e;
    }
    return this;
  }

  /** Waits until a query on the target returns these values. */
  public Pipeline awaitTarget(String query, String... values) {
    Await.until(
        query + " to return " + List.of(values),
        LIMIT,
        () -> tidb.column(query).equals(List.of(values)),
        this::failure);
    return this;
  }

  /** Stops the source, runs what happens meanwhile, and lets it go on where it was. */
  public void restartSource(Runnable meanwhile) {
    rest().stop(sourceName());
    Await.until("the source to stop", LIMIT, () -> rest().status(sourceName()).tasks().isEmpty());
    meanwhile.run();
    rest().resume(sourceName());
    rest().awaitRunning(sourceName(), 1, LIMIT);
  }

  /** Stops the source, forgets its offsets, runs what happens meanwhile, and lets it go on. */
  public void restartSourceWithoutOffsets(Runnable meanwhile) {
    rest().stop(sourceName());
    Await.until("the source to stop", LIMIT, () -> rest().status(sourceName()).tasks().isEmpty());
    rest().resetOffsets(sourceName());
    meanwhile.run();
    rest().resume(sourceName());
    rest().awaitRunning(sourceName(), 1, LIMIT);
  }

  /** The stack trace of a failed connector or task, or null. */
  public String failure() {
    String source = rest().failure(sourceName());
    return source != null ? source : rest().failure(sinkName());
  }

  private TableDigest upstream(List<String> tables) throws SQLException {
    TableDigest sum = TableDigest.EMPTY;
    for (String table : tables) {
      sum = sum.plus(TableDigest.of(mysql.connection(), database, table, columns(table)));
    }
    return sum;
  }

  private TableDigest downstream(List<String> sources, String target) throws SQLException {
    return TableDigest.of(tidb.connection(), database, target, columns(sources.get(0)));
  }

  private List<String> columns(String table) throws SQLException {
    return new TableReader().columns(mysql.connection(), database, table);
  }

  private void showDifference(List<String> sources, String target, Throwable cause) {
    try {
      TableReader reader = new TableReader();
      List<String> columns = columns(sources.get(0));
      List<List<String>> expected = new ArrayList<>();
      for (String source : sources) {
        expected.addAll(reader.rows(mysql.connection(), database, source, columns));
      }
      assertThat(reader.rows(tidb.connection(), database, target, columns))
          .as("rows of %s in the target, columns %s (%s)", target, columns, cause.getMessage())
          .containsExactlyInAnyOrderElementsOf(expected);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Deletes the connectors and the databases. */
  @Override
  public void close() {
    if (started) {
      rest().delete(sourceName());
      rest().delete(sinkName());
    }
    mysql.run("DROP DATABASE IF EXISTS `" + database + "`");
    tidb.run("DROP DATABASE IF EXISTS `" + database + "`");
    mysql.close();
    tidb.close();
  }
}
