package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.source.testing.Replica;
import io.dmconnect.source.testing.TaskDriver;
import io.dmconnect.source.testing.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills the task at random places under load, each time with other offsets committed: Connect
 * commits partitions on their own. Whoever reads the topics and passes over changes it has seen
 * must end with the server's rows.
 */
class RestartsIT {
  private static final String SCHEMA = "src";
  private static final int KILLS = 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingIsLostAndRepeatsCanBeTold(long seed) throws Exception {
    try (LocalStack stack = LocalStack.builder().mysql().start()) {
      DatabaseServer server = stack.mysql();
      server.sql().run("CREATE DATABASE " + SCHEMA).close();
      try (Sql sql = server.sql(SCHEMA);
          TaskDriver driver = new TaskDriver(props(server))) {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "CREATE TABLE k (v INT)");
        fill(sql, "t (id)", 4000);
        fill(sql, "k", 500);
        List<SourceRecord> topic = new ArrayList<>();
        try (Writer writer = new Writer(server, SCHEMA)) {
          killAtRandom(driver, topic, new Random(seed));
          writer.await(300);
        }
        driver.start();
        sql.run("INSERT INTO t VALUES (-1, -1)");
        topic.addAll(driver.until(isRow("c", -1)));

        List<SourceRecord> once = withoutRepeats(topic);
        assertThat(new Replica("s1.src.t").apply(once).rows()).isEqualTo(rows(sql, "t"));
        assertThat(new Replica("s1.src.k").apply(once).rows()).isEqualTo(rows(sql, "k"));
      }
    }
  }

  private static void killAtRandom(TaskDriver driver, List<SourceRecord> topic, Random random)
      throws InterruptedException {
    for (int i = 0; i < KILLS; i++) {
      driver.start();
      int wanted = 1 + random.nextInt(1500);
      List<SourceRecord> taken = new ArrayList<>();
      while (taken.size() < wanted) {
        taken.addAll(driver.next());
      }
      topic.addAll(taken);
      driver.kill();
      driver.commit(committed(taken, random));
    }
  }

  /** A random part from the start of each partition, at least one record. */
  private static List<SourceRecord> committed(List<SourceRecord> taken, Random random) {
    Map<Map<String, ?>, List<SourceRecord>> partitions = new HashMap<>();
    for (SourceRecord record : taken) {
      partitions.computeIfAbsent(record.sourcePartition(), p -> new ArrayList<>()).add(record);
    }
    List<SourceRecord> committed = new ArrayList<>();
    for (List<SourceRecord> records : partitions.values()) {
      committed.addAll(records.subList(0, 1 + random.nextInt(records.size())));
    }
    return committed;
  }

  /** Passes over row changes whose place in the binlog was seen in their topic. */
  private static List<SourceRecord> withoutRepeats(List<SourceRecord> topic) {
    Set<List<Object>> seen = new HashSet<>();
    List<SourceRecord> once = new ArrayList<>();
    for (SourceRecord record : topic) {
      Struct value = (Struct) record.value();
      boolean change =
          value.schema().field("op") != null
              && Set.of("c", "u", "d").contains(value.getString("op"));
      if (!change || seen.add(place(record.topic(), value))) {
        once.add(record);
      }
    }
    return once;
  }

  private static List<Object> place(String topic, Struct value) {
    Struct source = value.getStruct("source");
    return List.of(
        topic, source.get("file"), source.get("pos"), source.get("row"), value.getString("op"));
  }

  private static Map<String, String> props(DatabaseServer server) {
    Map<String, String> props = new HashMap<>();
    props.put("database.hostname", server.host());
    props.put("database.port", Integer.toString(server.port()));
    props.put("database.user", server.user());
    props.put("topic.prefix", "s1");
    props.put("do-dbs", SCHEMA);
    props.put("snapshot.chunk.rows", "50");
    props.put("max.batch.size", "200");
    return props;
  }

  private static void fill(Sql sql, String table, int rows) {
    sql.run(
        "SET SESSION cte_max_recursion_depth = 1000000",
        "INSERT INTO "
            + table
            + " WITH RECURSIVE n AS (SELECT 1 x UNION ALL SELECT x + 1 FROM n WHERE x < "
            + rows
            + ") SELECT x FROM n");
  }

  private static List<String> rows(Sql sql, String table) {
    List<String> rows = new ArrayList<>();
    sql.rows("SELECT * FROM " + table).forEach(row -> rows.add(row.toString()));
    Collections.sort(rows);
    return rows;
  }
}
