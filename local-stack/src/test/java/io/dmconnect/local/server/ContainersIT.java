package io.dmconnect.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.container.Engine;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.process.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each test runs where a Docker engine holds the server's image. */
class ContainersIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Workspace workspace = Workspace.create();
  private final ServerFactory servers =
      ServerFactory.of(
          workspace, ArtifactStore.standard(what -> {}), Map.of(ServerFactory.VARIABLE, "docker"));

  @AfterEach
  void close() {
    workspace.close();
  }

  /** The databases, each with its image. */
  enum Database {
    MYSQL_8_0(MysqlRelease.MYSQL_8_0.image()),
    MYSQL_5_7(MysqlRelease.MYSQL_5_7.image()),
    MARIADB(MariaDbContainer.IMAGE),
    TIDB(TiDbContainer.IMAGE);

    private final String image;

    Database(String image) {
      this.image = image;
    }

    DatabaseServer in(ServerFactory servers) {
      return switch (this) {
        case MYSQL_8_0 -> servers.mysql("db", MysqlRelease.MYSQL_8_0, 7, List.of(), null);
        case MYSQL_5_7 -> servers.mysql("db", MysqlRelease.MYSQL_5_7, 7, List.of(), null);
        case MARIADB -> servers.mariaDb("db", 7, List.of());
        case TIDB -> servers.tiDb("db", null);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDatabaseKeepsPortAndRowsWhenKilledAndWhenStopped(Database database) {
    assumeImage(database.image);
    DatabaseServer server = database.in(servers);
    server.start();
    int port = server.port();
    try (Sql sql = server.sql()) {
      sql.run("CREATE DATABASE d", "CREATE TABLE d.t (a INT PRIMARY KEY)");
      sql.run("INSERT INTO d.t VALUES (5)");
    }

    server.kill9();
    assertThat(server.running()).isFalse();
    server.start();
    try (Sql sql = server.sql("d")) {
      sql.run("INSERT INTO t VALUES (6)");
    }
    server.stop();
    assertThat(server.running()).isFalse();
    server.start();

    assertThat(server.port()).isEqualTo(port);
    try (Sql sql = server.sql("d")) {
      assertThat(sql.column("SELECT a FROM t ORDER BY a")).containsExactly("5", "6");
    }
    assertThat(server.log()).isNotEmptyFile();
  }

  @Test
  void aMysqlWritesARowBasedBinaryLogWithGtids() {
    assumeImage(MysqlRelease.MYSQL_8_0.image());
    DatabaseServer server = Database.MYSQL_8_0.in(servers);
    server.start();

    try (Sql sql = server.sql()) {
      assertThat(sql.rows("SELECT @@log_bin, @@binlog_format, @@gtid_mode, @@server_id"))
          .containsExactly(List.of("1", "ROW", "ON", "7"));
    }
  }

  @Test
  void aMariaDbWritesARowBasedBinaryLog() {
    assumeImage(MariaDbContainer.IMAGE);
    DatabaseServer server = Database.MARIADB.in(servers);
    server.start();

    try (Sql sql = server.sql()) {
      assertThat(sql.rows("SELECT @@log_bin, @@binlog_format, @@gtid_strict_mode"))
          .containsExactly(List.of("1", "ROW", "1"));
    }
  }

  @Test
  void aMysqlOffersTlsWithTheCertificatesOfTheStack() {
    assumeImage(MysqlRelease.MYSQL_8_0.image());
    Certificates certificates = certificates();
    DatabaseServer server = servers.mysql("db", MysqlRelease.MYSQL_8_0, 7, List.of(), certificates);
    server.start();

    try (Sql sql = server.sql()) {
      assertThat(sql.value("SELECT @@ssl_ca")).isEqualTo(certificates.authority().toString());
    }
  }

  @Test
  void aTiDbOffersTlsWithTheCertificatesOfTheStack() {
    assumeImage(TiDbContainer.IMAGE);
    Certificates certificates = certificates();
    DatabaseServer server = servers.tiDb("db", certificates);
    server.start();

    try (Sql sql = server.sql()) {
      assertThat(sql.value("SELECT @@ssl_ca")).isEqualTo(certificates.authority().toString());
    }
  }

  @Test
  void aFrozenServerAnswersAgainWhenItIsThawed() {
    assumeImage(TiDbContainer.IMAGE);
    DatabaseServer server = Database.TIDB.in(servers);
    server.start();

    server.freeze();
    assertThat(server.running()).isTrue();
    server.thaw();

    try (Sql sql = server.sql()) {
      assertThat(sql.value("SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void kafkaKeepsTopicsWhenKilledAndStartedAgain() throws Exception {
    assumeImage(KafkaContainer.IMAGE);
    KafkaBroker broker = servers.kafka("kafka", Map.of("num.partitions", "3"));
    broker.start();
    try (Admin admin = broker.admin()) {
      admin.createTopics(List.of(new NewTopic("kept", -1, (short) 1))).all().get();
    }

    broker.kill9();
    broker.start();

    try (Admin admin = broker.admin()) {
      assertThat(
              admin
                  .describeTopics(List.of("kept"))
                  .allTopicNames()
                  .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                  .get("kept")
                  .partitions())
          .hasSize(3);
    }
  }

  @Test
  void aServerThatDoesNotComeUpIsReportedWithTheEndOfItsLog() {
    assumeImage(MysqlRelease.MYSQL_8_0.image());
    DatabaseServer server =
        servers.mysql("db", MysqlRelease.MYSQL_8_0, 7, List.of("--no-such-option=1"), null);

    assertThatThrownBy(server::start)
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("its process ended with status 1")
        .hasMessageContaining("no-such-option");
  }

  @Test
  void closingTheWorkspaceRemovesAContainerThatWasStopped() {
    assumeImage(TiDbContainer.IMAGE);
    DatabaseServer server = Database.TIDB.in(servers);
    server.start();
    server.stop();

    workspace.close();

    assertThat(Engine.containers("dm-connect-db-" + server.port())).isEmpty();
  }

  @Test
  void aContainerIsRemovedWhenItsJvmIsKilled() throws IOException {
    assumeImage(TiDbContainer.IMAGE);
    Process jvm = jvm();
    try (BufferedReader out = jvm.inputReader()) {
      String container = out.readLine();
      assertThat(Engine.containers(container)).hasSize(1);

      jvm.destroyForcibly();

      Await.until("the container's end", LIMIT, () -> Engine.containers(container).isEmpty());
    }
  }

  private Certificates certificates() {
    return Certificates.create(workspace.folder("tls"), "dns:localhost,ip:127.0.0.1");
  }

  private static void assumeImage(String image) {
    assumeTrue(Engine.has(image), "No Docker engine that holds " + image);
  }

  private static Process jvm() throws IOException {
    String java = System.getProperty("java.home") + "/bin/java";
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(java, "-cp", classPath, Parent.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A program that starts a TiDB, prints the container's name, and waits to be killed. */
  static final class Parent {
    private Parent() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
      Workspace workspace = Workspace.create();
      DatabaseServer server = new TiDbContainer(workspace, "orphan", null);
      server.launch();
      System.out.println("dm-connect-orphan-" + server.port());
      System.in.read();
    }
  }
}
