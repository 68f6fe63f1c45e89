package io.dmconnect.source.testing;

import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.DatabaseServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * An empty schema {@value #SCHEMA} of a server, with a connection to it and a driver of a task that
 * captures it as {@code s1}.
 */
public final class Upstream implements AutoCloseable {
  /** The schema's name. */
  public static final String SCHEMA = "src";

  private final DatabaseServer server;
  private final Sql sql;
  private final TaskDriver driver;

  /** Empties the schema. */
  public Upstream(DatabaseServer server) {
    this.server = server;
    server.sql().run("DROP DATABASE IF EXISTS " + SCHEMA, "CREATE DATABASE " + SCHEMA).close();
    sql = server.sql(SCHEMA);
    driver = new TaskDriver(props(server));
  }

  /** The least configuration of a task that captures the schema. */
  public static Map<String, String> props(DatabaseServer server) {
    Map<String, String> props = new HashMap<>();
    props.put("database.hostname", server.host());
    props.put("database.port", Integer.toString(server.port()));
    props.put("database.user", server.user());
    props.put("topic.prefix", "s1");
    props.put("do-dbs", SCHEMA);
    return props;
  }

  /** The schema's server. */
  public DatabaseServer server() {
    return server;
  }

  /** A connection to the schema. */
  public Sql sql() {
    return sql;
  }

  /** The task's driver. */
  public TaskDriver driver() {
    return driver;
  }

  /**
   * Starts the task and gives what came until it streams; the table {@code beat}, which it makes,
   * shows that.
   */
  public List<SourceRecord> startStreaming() throws InterruptedException {
    return startStreaming(Map.of());
  }

  /** As {@link #startStreaming()}, with more configuration. */
  public List<SourceRecord> startStreaming(Map<String, String> config) throws InterruptedException {
    sql.run("CREATE TABLE beat (id INT PRIMARY KEY)", "INSERT INTO beat VALUES (-8)");
    List<SourceRecord> records = driver.start(config).until(Records.isRow("r", -8));
    sql.run("INSERT INTO beat VALUES (-9)");
    records.addAll(driver.until(Records.isRow("c", -9)));
    return records;
  }

  /** The topic of a table. */
  public static String topic(String table) {
    return "s1." + SCHEMA + "." + table;
  }

  /** Inserts rows of one column each with ascending numbers, by one statement. */
  public void fill(String table, int from, int count) {
    sql.run(
        "INSERT INTO "
            + table
            + " VALUES "
            + IntStream.range(from, from + count)
                .mapToObj(i -> "(" + i + ")")
                .collect(Collectors.joining(",")));
  }

  /** The table's rows as {@link Replica#rows} has them; for columns that print alike. */
  public List<String> rows(String table) {
    List<String> rows = new ArrayList<>();
    sql.rows("SELECT * FROM " + table).forEach(row -> rows.add(row.toString()));
    Collections.sort(rows);
    return rows;
  }

  @Override
  public void close() {
    driver.close();
    sql.close();
  }
}
