package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.server.Certificates;
import io.dmconnect.source.testing.Upstream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS of both connections, for SQL and for the binlog, to accounts that ask for it. */
class TlsIT {
  @TempDir private static Path other;
  private static LocalStack stack;
  private static Certificates certificates;
  private static Certificates strangers;

  private Upstream upstream;

  @BeforeAll
  static void startServer() {
    stack = LocalStack.builder().tls("dns:localhost,ip:127.0.0.1").mysql().start();
    certificates = stack.certificates();
    strangers = Certificates.create(other, "dns:localhost");
    stack
        .mysql()
        .sql()
        .run(
            "CREATE USER tls IDENTIFIED BY 'x' REQUIRE SSL",
            "CREATE USER x509 IDENTIFIED BY 'x' REQUIRE X509",
            "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO tls, x509")
        .close();
  }

  @AfterAll
  static void stopServer() {
    stack.close();
  }

  @BeforeEach
  void emptySchema() {
    upstream = new Upstream(stack.mysql());
    upstream.sql().run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  private static Map<String, String> tls(String user, String mode, String host) {
    Map<String, String> config = new HashMap<>();
    config.put("database.hostname", host);
    config.put("database.user", user);
    config.put("database.password", "x");
    config.put("database.ssl.mode", mode);
    if (mode.startsWith("verify")) {
      config.put("database.ssl.truststore", certificates.trustStore().toString());
      config.put("database.ssl.truststore.password", Certificates.PASSWORD);
    }
    if (user.equals("x509")) {
      config.put("database.ssl.keystore", certificates.keyStore().toString());
      config.put("database.ssl.keystore.password", Certificates.PASSWORD);
    }
    return config;
  }

  @ParameterizedTest
  @CsvSource({
    "tls,preferred,127.0.0.1",
    "tls,required,127.0.0.1",
    "tls,verify_ca,127.0.0.1",
    "tls,verify_identity,127.0.0.1",
    "tls,verify_identity,localhost",
    "x509,required,localhost",
    "x509,verify_identity,localhost"
  })
  void bothConnectionsAreEncryptedAsAskedFor(String user, String mode, String host)
      throws Exception {
    upstream.driver().start(tls(user, mode, host)).until(isRow("r", 1));
    upstream.sql().run("INSERT INTO t VALUES (2)");

    assertThat(upstream.driver().until(isRow("c", 2))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify_ca", "verify_identity"})
  void aServerOfAnotherAuthorityIsRefused(String mode) throws Exception {
    Map<String, String> config = tls("tls", mode, "localhost");
    config.put("database.ssl.truststore", strangers.trustStore().toString());

    upstream.driver().start(config);

    assertThat(upstream.driver().untilFailure()).hasMessageContaining("DM-10101");
    assertThat(errors(config, "database.ssl.mode")).singleElement().asString().contains("TLS");
  }

  @Test
  void aCertificateForAnotherHostIsRefusedByBothConnections() throws Exception {
    try (LocalStack elsewhere = LocalStack.builder().tls("dns:elsewhere.test").mysql().start();
        Upstream from = new Upstream(elsewhere.mysql())) {
      from.sql().run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      Map<String, String> config = new HashMap<>();
      config.put("database.ssl.mode", "verify_identity");
      config.put("database.hostname", "localhost");
      config.put("database.ssl.truststore", elsewhere.certificates().trustStore().toString());
      config.put("database.ssl.truststore.password", Certificates.PASSWORD);
      from.driver().start(config);
      assertThat(from.driver().untilFailure()).hasMessageContaining("DM-10101");
      from.driver().kill();

      config.put("database.ssl.mode", "verify_ca");
      assertThat(from.driver().start(config).until(isRow("r", 1))).isNotEmpty();
    }
  }

  @Test
  void anAccountThatAsksForTlsIsRefusedWithout() throws Exception {
    upstream.driver().start(tls("tls", "disabled", "localhost"));

    assertThat(upstream.driver().untilFailure()).hasMessageContaining("DM-10102");
  }

  private static List<String> errors(Map<String, String> more, String key) {
    Map<String, String> props = Upstream.props(stack.mysql());
    props.putAll(more);
    return new MySqlDmSourceConnector()
        .validate(props).configValues().stream()
            .filter(value -> value.name().equals(key))
            .map(ConfigValue::errorMessages)
            .findFirst()
            .orElseThrow();
  }
}
