package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.it.harness.Configs;
import io.dmconnect.it.harness.SecureZooKeeper;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.coordination.zk.ZooKeeperKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.security.auth.login.Configuration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connectors and coordinator meet in a ZooKeeper that wants TLS and logins. */
@ExtendWith(TestStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZooKeeperSecurityIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String JAAS = "java.security.auth.login.config";

  private final LocalStack stack;
  private final String former = System.getProperty(JAAS);
  private final List<String> created = new ArrayList<>();
  private SecureZooKeeper zooKeeper;
  private String name;

  ZooKeeperSecurityIT(LocalStack stack) {
    this.stack = stack;
  }

  @BeforeAll
  void startZooKeeper() {
    System.setProperty(JAAS, SecureZooKeeper.LOGINS.toString());
    Configuration.setConfiguration(null);
    zooKeeper = new SecureZooKeeper(stack, "zookeeper-secure");
  }

  @AfterAll
  void stopZooKeeper() {
    zooKeeper.close();
    if (former == null) {
      System.clearProperty(JAAS);
    } else {
      System.setProperty(JAAS, former);
    }

    Configuration.setConfiguration(null);
  }

  @BeforeEach
  void makeDatabase() {
    name = "zk_" + UUID.randomUUID().toString().substring(0, 8);
    try (Sql mysql = stack.mysql().sql()) {
      mysql.run(
          "CREATE DATABASE " + name,
          "CREATE TABLE " + name + ".orders_1 (id INT PRIMARY KEY, a INT)",
          "CREATE TABLE " + name + ".orders_2 (id INT PRIMARY KEY, a INT)",
          "INSERT INTO " + name + ".orders_1 VALUES (1, 1)",
          "INSERT INTO " + name + ".orders_2 VALUES (2, 2)");
    }
  }

  @AfterEach
  void dropDatabase() {
    created.forEach(stack.rest()::delete);
    created.clear();
    try (Sql mysql = stack.mysql().sql();
        Sql tidb = stack.tidb().sql()) {
      mysql.run("DROP DATABASE " + name);
      tidb.run("DROP DATABASE IF EXISTS " + name, "DROP DATABASE IF EXISTS " + name + "_meta");
    }
  }

  @Test
  void theyMeetOverTlsWithSaslLogins() throws Exception {
    merges(zooKeeper.sasl("/" + name));
  }

  @Test
  void theyMeetWithDigestLogins() throws Exception {
    merges(zooKeeper.digest("/" + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "sink"})
  void aWrongDigestIsReportedOnItsKey(String connector) throws Exception {
    Map<String, String> keys = zooKeeper.digest("/" + name);
    try (Coordinator coordinator = coordinator(keys)) {
      keys.put("coordinator.zookeeper.digest", "dm:wrong");
      assertThat(errors(connector, keys)).containsOnlyKeys("coordinator.zookeeper.digest");

      keys.remove("coordinator.zookeeper.digest");
      keys.put("coordinator.zookeeper.acl", "open");
      assertThat(errors(connector, keys)).containsOnlyKeys("coordinator.zookeeper.digest");
      assertThat(coordinator.isLeader()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "sink"})
  void aWrongSaslPasswordIsReportedOnTheLoginContext(String connector) {
    Map<String, String> keys = zooKeeper.sasl("/" + name);
    keys.put("coordinator.zookeeper.sasl.context", SecureZooKeeper.WRONG_LOGIN);

    assertThat(errors(connector, keys)).containsOnlyKeys("coordinator.zookeeper.sasl.context");
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "sink"})
  void aWrongStorePasswordIsReportedOnItsKey(String connector) {
    Map<String, String> keys = zooKeeper.tls("/" + name);
    keys.put("coordinator.zookeeper.ssl.truststore.password", "wrong-password");

    assertThat(errors(connector, keys))
        .containsOnlyKeys("coordinator.zookeeper.ssl.truststore.password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "sink"})
  void tlsToAPortWithoutItIsReportedOnTheSwitch(String connector) {
    Map<String, String> keys = zooKeeper.tls("/" + name);
    keys.put("coordinator.zookeeper.connect", zooKeeper.plain());
    keys.put("coordinator.zookeeper.connection.timeout.ms", "2000");

    assertThat(errors(connector, keys)).containsOnlyKeys("coordinator.zookeeper.ssl.enabled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "sink"})
  void aServerThatIsNotThereIsReportedOnTheConnectString(String connector) {
    Map<String, String> keys = zooKeeper.digest("/" + name);
    keys.put("coordinator.zookeeper.connect", "127.0.0.1:" + stack.workspace().ports().free());
    keys.put("coordinator.zookeeper.connection.timeout.ms", "2000");

    assertThat(errors(connector, keys)).containsOnlyKeys("coordinator.zookeeper.connect");
  }

  /** Two shards become one table, which takes both connectors and the coordinator. */
  private void merges(Map<String, String> keys) throws Exception {
    try (Coordinator coordinator = coordinator(keys);
        Sql tidb = stack.tidb().sql()) {
      create("source-" + name, source(keys));
      create("sink-" + name, sink(keys));
      Await.until(
          "the shards are merged",
          LIMIT,
          () ->
              tidb.column("SELECT id FROM " + name + ".orders ORDER BY id")
                  .equals(List.of("1", "2")),
          this::failure);
      assertThat(coordinator.isLeader()).isTrue();
    }
  }

  private void create(String connector, Map<String, String> config) {
    stack.rest().create(connector, config);
    created.add(connector);
  }

  private String failure() {
    String source = stack.rest().failure("source-" + name);
    return source == null ? stack.rest().failure("sink-" + name) : source;
  }

  private static Coordinator coordinator(Map<String, String> keys) throws Exception {
    Coordinator coordinator =
        Coordinator.start(
            ZooKeeperKeys.settings(
                new AbstractConfig(ZooKeeperKeys.define(new ConfigDef()), keys, false)),
            "http://localhost",
            Clock.systemUTC());
    Await.until("the coordinator leads", LIMIT, coordinator::isReady);
    return coordinator;
  }

  private Map<String, List<String>> errors(String connector, Map<String, String> keys) {
    Function<Map<String, String>, Map<String, String>> config =
        connector.equals("source") ? this::source : this::sink;
    Map<String, String> all = config.apply(keys);
    all.put("name", connector + "-" + name);
    return stack.rest().validate(all);
  }

  private Map<String, String> source(Map<String, String> keys) {
    Map<String, String> config = Configs.source(stack, name);
    config.putAll(keys);
    config.put("coordinator.task", "secure");
    return config;
  }

  private Map<String, String> sink(Map<String, String> keys) {
    Map<String, String> config = Configs.sink(stack, name);
    config.putAll(keys);
    config.put("coordinator.task", "secure");
    config.put("coordinator.expected-sources", "it-" + name);
    config.put("shard-mode", "optimistic");
    config.put("meta.schema", name + "_meta");
    config.put("routes", "m");
    config.put("routes.m.schema-pattern", name);
    config.put("routes.m.table-pattern", "orders_*");
    config.put("routes.m.target-schema", name);
    config.put("routes.m.target-table", "orders");
    return config;
  }
}
