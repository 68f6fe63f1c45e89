package io.dmconnect.it.harness;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.server.DatabaseServer;
import java.util.HashMap;
import java.util.Map;

/** Connector configurations as a user would write them for the test stack. */
public final class Configs {
  private Configs() {}

  /** A source connector over one database of the stack's MySQL. */
  public static Map<String, String> source(LocalStack stack, String database) {
    return source(stack.mysql(), database);
  }

  /** A source connector over one database of a server. */
  public static Map<String, String> source(DatabaseServer mysql, String database) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.dmconnect.source.MySqlDmSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic.prefix", "it");
    config.put("database.hostname", mysql.host());
    config.put("database.port", Integer.toString(mysql.port()));
    config.put("database.user", mysql.user());
    config.put("database.password", mysql.password());
    config.put("database.server.id", Integer.toString(10_000 + database.hashCode() % 5_000));
    config.put("do-dbs", database);
    config.put("topic.prefix", "it-" + database);
    config.put("topic.creation.default.partitions", "1");
    config.put("topic.creation.default.replication.factor", "1");
    return config;
  }

  /** A sink connector for all tables of that source. */
  public static Map<String, String> sink(LocalStack stack, String database) {
    DatabaseServer tidb = stack.tidb();
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.dmconnect.sink.TiDbSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics.regex", "it-" + database + "\\..*");
    config.put("connection.url", "jdbc:mysql://" + tidb.host() + ":" + tidb.port() + "/");
    config.put("connection.username", tidb.user());
    config.put("connection.password", tidb.password());
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("consumer.override.session.timeout.ms", "6000");
    config.put("consumer.override.heartbeat.interval.ms", "2000");
    config.put("consumer.override.metadata.max.age.ms", "1000");
    return config;
  }
}
