package io.dmconnect.it;

import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.local.server.StandaloneWorker;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shipped example of one worker, with the stack's servers in it. */
@ExtendWith(TestStack.class)
class StandaloneExampleIT {
  private static final Path EXAMPLES = Path.of("..", "config-examples", "standalone");

  @Test
  void movesTablesAndGoesOnAfterARestart(LocalStack stack) throws IOException {
    try (Pipeline pipeline = new Pipeline(stack, "standalone")) {
      pipeline
          .mysql()
          .run("CREATE TABLE t (id INT PRIMARY KEY, s TEXT)", "INSERT INTO t VALUES (1, 'one')");
      StandaloneWorker worker =
          stack
              .connect()
              .standalone(
                  "standalone",
                  read("connect-standalone.properties"),
                  List.of(source(stack, pipeline), sink(stack, pipeline)));
      worker.start();
      try {
        pipeline.awaitEqual("t");
        worker.stop();
        pipeline.mysql().run("DELETE FROM t", "INSERT INTO t VALUES (2, 'two')");
        worker.start();
        pipeline.awaitEqual("t");
      } finally {
        worker.stop();
      }
    }
  }

  private static Map<String, String> source(LocalStack stack, Pipeline pipeline)
      throws IOException {
    DatabaseServer mysql = stack.mysql();
    Map<String, String> config = read("mysql-source.properties");
    config.put("topic.prefix", pipeline.database());
    config.put("database.hostname", mysql.host());
    config.put("database.port", Integer.toString(mysql.port()));
    config.put("database.user", mysql.user());
    config.put("database.password", mysql.password());
    config.put("do-dbs", pipeline.database());
    return config;
  }

  private static Map<String, String> sink(LocalStack stack, Pipeline pipeline) throws IOException {
    DatabaseServer tidb = stack.tidb();
    Map<String, String> config = read("tidb-sink.properties");
    config.put("topics.regex", config.get("topics.regex").replace("mysql-1", pipeline.database()));
    config.put("connection.url", "jdbc:mysql://" + tidb.host() + ":" + tidb.port() + "/");
    config.put("connection.username", tidb.user());
    config.put("connection.password", tidb.password());
    // a topic that appears is found at once
    config.put("consumer.override.metadata.max.age.ms", "1000");
    return config;
  }

  private static Map<String, String> read(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(EXAMPLES.resolve(file))) {
      properties.load(in);
    }
    Map<String, String> config = new HashMap<>();
    properties.forEach((key, value) -> config.put((String) key, (String) value));
    return config;
  }
}
