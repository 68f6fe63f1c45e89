package io.dmconnect.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.coordinator.api.Access;
import io.dmconnect.coordinator.api.ApiServer;
import io.dmconnect.coordinator.api.ApiSettings;
import io.dmconnect.coordinator.api.Role;
import io.dmconnect.coordinator.cli.ShardDdlLockCommand;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.process.Programs;
import io.dmconnect.local.server.ZooKeeper;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.ZooKeeperKeys;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import io.dmconnect.model.coordination.zk.ZooKeeperShardDdlClient;
import io.dmconnect.model.coordination.zk.ZooKeeperSourceClient;
import io.dmconnect.model.error.ModelError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SecurityIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PASSWORD = "changeit";
  private static LocalStack stack;

  @BeforeAll
  static void startZooKeeper() {
    stack = LocalStack.builder().zooKeeper().start();
  }

  @AfterAll
  static void stopZooKeeper() {
    stack.close();
  }

  @Test
  void whoIsNotLoggedInSeesAndChangesNothingOfATreeForItsCreator() throws Exception {
    ZooKeeperSettings owner = settings("/digest", "dm:secret", ZooDefs.Ids.CREATOR_ALL_ACL);
    ZooKeeperSettings stranger = settings("/digest", null, ZooDefs.Ids.OPEN_ACL_UNSAFE);
    CoordinationPaths paths = new CoordinationPaths("merge");
    TestTarget target = new TestTarget();
    TestShard shard = new TestShard(TestShard.member(0), target);
    TestShard strange = new TestShard(TestShard.member(1), target);
    try (Coordinator coordinator = Coordinator.start(owner, "http://a", Clock.systemUTC());
        ZooKeeperSourceClient first = new ZooKeeperSourceClient(owner, paths, "mysql-1");
        ZooKeeperSourceClient second = new ZooKeeperSourceClient(owner, paths, "mysql-2");
        ZooKeeperShardDdlClient sink = new ZooKeeperShardDdlClient(owner, paths, "sink-0");
        ZooKeeperShardDdlClient other = new ZooKeeperShardDdlClient(stranger, paths, "sink-1")) {
      first.state(List.of(shard.id().table()));
      second.state(List.of());
      sink.configure(TestGroup.settings(GroupMode.OPTIMISTIC));
      shard.by(sink).created("id BIGINT PRIMARY KEY");
      Await.until("the owner's shard is there", LIMIT, shard::isDone);

      strange.by(other);

      Await.until("the stranger is refused", LIMIT, () -> strange.failure() != null);
      assertThat(strange.failure().code()).isEqualTo(ModelError.COORDINATION_REFUSED);
      assertThat(coordinator.isLeader()).isTrue();
    }
  }

  @Test
  void aCoordinatorThatIsNotLoggedInDoesNotStart() throws Exception {
    ZooKeeperSettings owner = settings("/other", "dm:secret", ZooDefs.Ids.CREATOR_ALL_ACL);
    ZooKeeperSettings stranger = settings("/other", null, ZooDefs.Ids.OPEN_ACL_UNSAFE);
    try (Coordinator coordinator = Coordinator.start(owner, "http://a", Clock.systemUTC())) {
      Await.until("it leads", LIMIT, coordinator::isLeader);

      assertThatThrownBy(() -> Coordinator.start(stranger, "http://b", Clock.systemUTC()))
          .isInstanceOf(KeeperException.NoAuthException.class);
    }
  }

  @Test
  void theApiSpeaksTlsOnly(@TempDir Path folder) throws Exception {
    Path keyStore = keyStore(folder);
    int port = stack.workspace().ports().free();
    ZooKeeperSettings settings = settings("/tls", null, ZooDefs.Ids.OPEN_ACL_UNSAFE);
    try (Coordinator coordinator =
            Coordinator.start(settings, "https://localhost:" + port, Clock.systemUTC());
        ApiServer api =
            ApiServer.start(
                coordinator,
                new ApiSettings("127.0.0.1", port, keyStore.toString(), PASSWORD),
                new Access(List.of(), Role.READER))) {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(keyStore)).build();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + api.port() + "/api/v1/health"))
              .build();

      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      StringWriter out = new StringWriter();
      int status =
          new CommandLine(new ShardDdlLockCommand())
              .setOut(new PrintWriter(out))
              .execute(
                  "list",
                  "--coordinator",
                  "https://localhost:" + api.port(),
                  "--trust-store",
                  trustStore(keyStore).toString(),
                  "--trust-store-password",
                  PASSWORD);
      assertThat(status).as(out.toString()).isZero();
      HttpRequest plain =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/health")).build();
      assertThatThrownBy(() -> client.send(plain, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void zooKeeperIsReachedOverTls(@TempDir Path folder) throws Exception {
    String keyStore = keyStore(folder).toString();
    String trustStore = trustStore(Path.of(keyStore)).toString();
    int port = stack.workspace().ports().free();
    Map<String, String> server =
        Map.of(
            "secureClientPort", Integer.toString(port),
            "serverCnxnFactory", "org.apache.zookeeper.server.NettyServerCnxnFactory",
            "ssl.keyStore.location", keyStore,
            "ssl.keyStore.password", PASSWORD,
            "ssl.trustStore.location", trustStore,
            "ssl.trustStore.password", PASSWORD,
            "ssl.clientAuth", "none");
    Map<String, String> client =
        Map.of(
            ZooKeeperKeys.CONNECT,
            "localhost:" + port,
            "coordinator.zookeeper.ssl.enabled",
            "true",
            "coordinator.zookeeper.ssl.truststore.location",
            trustStore,
            "coordinator.zookeeper.ssl.truststore.password",
            PASSWORD);
    try (ZooKeeper zooKeeper =
        new ZooKeeper(stack.workspace(), stack.store(), "zookeeper-tls", server)) {
      zooKeeper.prepare();
      zooKeeper.start();
      ZooKeeperSettings settings =
          ZooKeeperKeys.settings(
              new AbstractConfig(ZooKeeperKeys.define(new ConfigDef()), client, false));
      try (Coordinator coordinator = Coordinator.start(settings, "http://a", Clock.systemUTC())) {
        Await.until("it leads", LIMIT, coordinator::isReady);
      }
    }
  }

  /** A key with a certificate for this machine's loopback names. */
  private static Path keyStore(Path folder) {
    Path keyStore = folder.resolve("key.p12");
    Programs.require(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "dm",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            keyStore.toString(),
            "-storepass",
            PASSWORD),
        folder,
        Map.of(),
        LIMIT);
    return keyStore;
  }

  /** What trusts the certificate of a key store. */
  private static Path trustStore(Path keyStore) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("dm", load(keyStore).getCertificate("dm"));
    Path file = keyStore.resolveSibling("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD.toCharArray());
    }

    return file;
  }

  private static KeyStore load(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }

    return store;
  }

  private static SSLContext trusting(Path keyStore) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(trustStore(keyStore)));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static ZooKeeperSettings settings(String chroot, String digest, List<ACL> acl) {
    return new ZooKeeperSettings(
        stack.zooKeeper().connectString() + chroot, 6_000, 10_000, digest, acl, Map.of());
  }
}
