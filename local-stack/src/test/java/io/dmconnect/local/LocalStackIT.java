package io.dmconnect.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.client.Http;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.client.TopicReader;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.ConnectWorker;
import io.dmconnect.local.server.Server;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalStackIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static LocalStack stack;

  @BeforeAll
  static void start() {
    ArtifactStore store = ArtifactStore.standard(System.out::println);
    stack =
        LocalStack.builder()
            .tidb()
            .mariaDb("mariadb")
            .connect(2)
            .zooKeeper()
            .avroRegistry()
            .plugins(store.jars(ArtifactSet.of("connect-file")))
            .progress(new PrintedProgress(System.out))
            .start();
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void mariaDbWritesARowBasedBinaryLog() {
    try (Sql sql = stack.database("mariadb").sql()) {
      assertThat(sql.rows("SELECT @@log_bin, @@binlog_format, @@gtid_strict_mode"))
          .containsExactly(List.of("1", "ROW", "1"));
      assertThat(sql.value("SELECT version()")).startsWith("11.4.5-MariaDB");
    }
  }

  @Test
  void tidbKeepsCommittedRowsWhenKilledAndStartedAgain() {
    try (Sql sql = stack.tidb().sql()) {
      assertThat(sql.value("SELECT version()")).contains("-TiDB-");
      sql.run("CREATE DATABASE d", "CREATE TABLE d.t (a INT PRIMARY KEY)");
      sql.run("INSERT INTO d.t VALUES (5)");
    }

    stack.tidb().kill9();
    stack.tidb().start();

    try (Sql sql = stack.tidb().sql("d")) {
      assertThat(sql.column("SELECT a FROM t")).containsExactly("5");
    }
  }

  @Test
  void kafkaKeepsTopicsWhenKilledAndStartedAgain() throws Exception {
    try (Admin admin = stack.kafka().admin()) {
      admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1))).all().get();
    }

    stack.kafka().kill9();
    stack.kafka().start();

    try (Admin admin = stack.kafka().admin()) {
      Await.until(
          "the topic",
          LIMIT,
          () -> admin.listTopics().names().get(5, TimeUnit.SECONDS).contains("kept"));
    }
  }

  @Test
  void zooKeeperComesBackWhenKilled() {
    stack.zooKeeper().kill9();
    assertThat(stack.zooKeeper().running()).isFalse();

    stack.zooKeeper().start();

    assertThat(stack.zooKeeper().running()).isTrue();
  }

  @Test
  void aConnectorWritesAvroInConfluentsWireFormat() throws Exception {
    Path lines = Files.writeString(stack.workspace().root().resolve("lines"), "one\n");
    createFileSource("avro-lines", lines, stack.avroRegistry().apicurioSettings());

    try (TopicReader reader = stack.read("avro-lines")) {
      ByteBuffer value = ByteBuffer.wrap(reader.next(1, LIMIT).get(0).value());
      assertThat(value.get()).isZero();
      String schema = stack.avroRegistry().confluentUrl() + "/schemas/ids/" + value.getInt();
      assertThat(Http.get(schema).body()).contains("string");
      assertThat(UTF_8.decode(value).toString()).endsWith("one");
    }
  }

  @Test
  void theConsumerCommandPrintsAvroAsText() throws Exception {
    Path lines = Files.writeString(stack.workspace().root().resolve("printed"), "a printed line\n");
    createFileSource("printed-lines", lines, stack.avroRegistry().apicurioSettings());

    String command = stack.consumerCommand("printed-lines") + " --max-messages 1";
    Process consumer = new ProcessBuilder("sh", "-c", command).start();

    assertThat(new String(consumer.getInputStream().readAllBytes(), UTF_8))
        .isEqualToIgnoringWhitespace("a printed line");
  }

  @Test
  void aKilledWorkersTaskGoesOnOnAnotherWorker() throws Exception {
    Path lines = Files.writeString(stack.workspace().root().resolve("more-lines"), "before\n");
    createFileSource("moving-lines", lines, Map.of());
    ConnectRest rest = stack.rest();
    ConnectWorker worker =
        stack.connect().worker(rest.status("moving-lines").tasks().get(0).worker());

    worker.kill9();
    stack.addWorker();
    Files.writeString(lines, "after\n", StandardOpenOption.APPEND);

    try (TopicReader reader = stack.read("moving-lines")) {
      reader.first(line -> new String(line.value(), UTF_8).contains("after"), LIMIT);
    }
    assertThat(rest.status("moving-lines").tasks().get(0).worker()).isNotEqualTo(worker.address());
  }

  @Test
  void validateNamesTheKeyThatIsWrong() {
    Map<String, String> config = new HashMap<>(fileSource("x", Path.of("/tmp/x")));
    config.remove("topic");

    assertThat(stack.rest().validate(config)).containsOnlyKeys("topic");
  }

  @Test
  void everyServerHasALog() {
    assertThat(stack.servers()).extracting(Server::log).allSatisfy(log -> assertThat(log).exists());
  }

  private static void createFileSource(String name, Path file, Map<String, String> more) {
    Map<String, String> config = new HashMap<>(fileSource(name, file));
    config.putAll(more);
    stack.rest().create(name, config);
    stack.rest().awaitRunning(name, 1, LIMIT);
  }

  private static Map<String, String> fileSource(String name, Path file) {
    return Map.of(
        "connector.class",
        "org.apache.kafka.connect.file.FileStreamSourceConnector",
        "name",
        name,
        "topic",
        name,
        "file",
        file.toString());
  }
}
