package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dmconnect.it.harness.Converters;
import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.TopicReader;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.Certificates;
import io.dmconnect.local.server.ConnectWorker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster with exactly-once source support, and databases that offer TLS. */
class ExactlyOnceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static LocalStack stack;

  @BeforeAll
  static void start() {
    stack =
        LocalStack.builder()
            .tls("dns:localhost,ip:127.0.0.1")
            .mysql()
            .tidb()
            .connect(2)
            .workerSetting("exactly.once.source.support", "enabled")
            .plugins(TestStack.zip("connect-source-mysql-dm"), TestStack.zip("connect-sink-tidb"))
            .start();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void everyChangeIsInTheTopicOnceAlthoughAWorkerIsKilled() throws IOException {
    try (Pipeline pipeline = new Pipeline(stack, "eos")) {
      pipeline
          .both(Converters.jsonWithoutSchemas())
          .source("exactly.once.support", "required")
          .source("transaction.boundary", "connector")
          .source("snapshot.chunk.rows", "300")
          .mysql()
          .run(
              "SET SESSION cte_max_recursion_depth = 100000",
              "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
              "INSERT INTO t WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s"
                  + " WHERE n < 20000) SELECT n, 0 FROM s");
      pipeline.start();
      awaitSnapshotOffset(pipeline);
      kill(pipeline);
      pipeline.mysql().run("UPDATE t SET v = v + 1", "UPDATE t SET id = -id WHERE id % 2 = 0");
      awaitFirstChange(pipeline);
      kill(pipeline);
      for (int i = 0; i < 200; i++) {
        pipeline.mysql().run("UPDATE t SET v = " + i + " WHERE id IN (1, 3, 5)");
      }
      pipeline.mysql().run("ALTER TABLE t ADD COLUMN w INT", "INSERT INTO t VALUES (0, 0, 0)");
      pipeline.awaitEqual("t");

      Map<String, Integer> seen = new HashMap<>();
      Map<String, Integer> kinds = new HashMap<>();
      for (ConsumerRecord<byte[], byte[]> record : records(pipeline)) {
        JsonNode value = JSON.readTree(record.value());
        JsonNode source = value.get("source");
        String op = value.get("op").asText();
        String place =
            op.equals("r")
                ? "r" + value.get("after").get("id")
                : op + source.get("file") + source.get("pos") + source.get("row");
        seen.merge(place, 1, Integer::sum);
        kinds.merge(op, 1, Integer::sum);
      }
      seen.values().removeIf(times -> times == 1);
      assertThat(seen).as("what is there more than once").isEmpty();
      // rows that move to lower keys while the snapshot goes on are not read by it
      assertThat(kinds)
          .containsEntry("u", 20_000 + 600)
          .containsEntry("d", 10_000)
          .containsEntry("c", 10_001)
          .containsEntry("ddl", 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"connector", "poll", "interval"})
  void schemaChangesOfSeveralPartitionsHoldNothingUp(String boundary) {
    try (Pipeline pipeline = new Pipeline(stack, "eos_parts_" + boundary)) {
      pipeline
          .source("exactly.once.support", "required")
          .source("transaction.boundary", boundary)
          .source("transaction.boundary.interval.ms", "1000")
          .source("topic.partitions", "3")
          .source("topic.creation.default.partitions", "3")
          .mysql()
          .run(
              "CREATE TABLE t (id INT PRIMARY KEY)",
              "CREATE TABLE keyless (v INT)",
              "INSERT INTO t VALUES (1), (2), (3), (4)",
              "INSERT INTO keyless VALUES (1), (1)");
      pipeline.start().awaitEqual("t", "keyless");
      pipeline
          .mysql()
          .run(
              "ALTER TABLE t ADD COLUMN w INT",
              "INSERT INTO t VALUES (5, 5), (6, 6)",
              "RENAME TABLE keyless TO renamed",
              "INSERT INTO renamed VALUES (2)");
      pipeline.awaitEqual("t", "renamed");
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Pipeline pipeline) {
    try (TopicReader topic = stack.read(pipeline.topic("t"))) {
      return new ArrayList<>(topic.toEnd(Pipeline.LIMIT));
    }
  }

  private static void awaitSnapshotOffset(Pipeline pipeline) {
    Await.until(
        "the table's first committed offset",
        Pipeline.LIMIT,
        () ->
            pipeline
                .rest()
                .offsets(pipeline.sourceName())
                .get("offsets")
                .findValues("partition")
                .stream()
                .anyMatch(partition -> partition.has("snapshot")));
  }

  private static void awaitFirstChange(Pipeline pipeline) {
    Await.until(
        "the first changes",
        Pipeline.LIMIT,
        () ->
            pipeline
                    .tidb()
                    .number("SELECT COUNT(*) FROM `" + pipeline.database() + "`.t WHERE v > 0")
                > 0);
  }

  private static void kill(Pipeline pipeline) {
    ConnectWorker worker =
        stack
            .connect()
            .worker(pipeline.rest().status(pipeline.sourceName()).tasks().get(0).worker());
    worker.kill9();
    stack.addWorker();
  }

  @Test
  void bothConnectorsConnectByTlsWithIdentitiesVerifiedOnBothSides() {
    Certificates certificates = stack.certificates();
    stack
        .mysql()
        .sql()
        .run(
            "CREATE USER x509 IDENTIFIED BY 'x' REQUIRE X509",
            "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO x509")
        .close();
    stack
        .tidb()
        .sql()
        .run("CREATE USER x509 IDENTIFIED BY 'x' REQUIRE X509", "GRANT ALL ON *.* TO x509")
        .close();
    try (Pipeline pipeline = new Pipeline(stack, "tls")) {
      for (String prefix : new String[] {"database.ssl.", "connection.ssl."}) {
        Map<String, String> tls = new HashMap<>();
        tls.put(prefix + "mode", "verify_identity");
        tls.put(prefix + "truststore", certificates.trustStore().toString());
        tls.put(prefix + "truststore.password", Certificates.PASSWORD);
        tls.put(prefix + "keystore", certificates.keyStore().toString());
        tls.put(prefix + "keystore.password", Certificates.PASSWORD);
        tls.forEach(prefix.startsWith("database") ? pipeline::source : pipeline::sink);
      }
      pipeline
          .source("database.hostname", "localhost")
          .source("database.user", "x509")
          .source("database.password", "x")
          .sink("connection.url", "jdbc:mysql://localhost:" + stack.tidb().port() + "/")
          .sink("connection.username", "x509")
          .sink("connection.password", "x")
          .mysql()
          .run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      pipeline.start().awaitEqual("t");
      pipeline.mysql().run("INSERT INTO t VALUES (2)", "ALTER TABLE t ADD COLUMN v INT");
      pipeline.awaitEqual("t");
    }
  }
}
