package io.dmconnect.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.coordinator.api.Access;
import io.dmconnect.coordinator.api.Role;
import io.dmconnect.model.config.ConfigProblem;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatorConfigTest {
  private static final Map<String, String> VALID =
      Map.of(
          "coordinator.zookeeper.connect", "zk:2181",
          "rest.users", "alice,bob",
          "rest.users.alice.password", "secret",
          "rest.users.alice.role", "operator",
          "rest.users.bob.token", "t0ken");

  @Test
  void aConfigurationWithUsersIsValid() {
    assertThat(CoordinatorConfig.validate(VALID)).isEmpty();
  }

  @Test
  void theExampleIsValid() throws Exception {
    Properties example = new Properties();
    try (Reader reader =
        Files.newBufferedReader(Path.of("..", "config-examples", "coordinator.properties"))) {
      example.load(reader);
    }

    Map<String, String> props = new TreeMap<>();
    example.stringPropertyNames().forEach(n -> props.put(n, example.getProperty(n)));
    assertThat(CoordinatorConfig.validate(props)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rest.port, 99999, rest.port",
    "rest.prot, 80, rest.prot",
    "rest.advertised.url, ftp://x, rest.advertised.url",
    "rest.anonymous, everybody, rest.anonymous",
    "rest.users.alice.role, king, rest.users.alice.role",
    "rest.users.carol.password, x, rest.users.carol.password",
    "rest.ssl.keystore.location, /k.p12, rest.ssl.keystore.password",
    "coordinator.zookeeper.acl, nobody, coordinator.zookeeper.acl",
    "coordinator.zookeeper.connect, , coordinator.zookeeper.connect",
  })
  void aWrongValueIsReportedOnItsKey(String key, String value, String reported) {
    assertThat(problems(key, value == null ? "" : value)).containsOnly(reported);
  }

  @Test
  void whenNobodyMayUseTheApiItSaysSo() {
    assertThat(CoordinatorConfig.validate(Map.of("coordinator.zookeeper.connect", "zk:2181")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.key()).isEqualTo("rest.users"));
  }

  @Test
  void everybodyMayOperateOnlyOnLoopback() {
    Map<String, String> open =
        Map.of("coordinator.zookeeper.connect", "zk:2181", "rest.anonymous", "operator");
    assertThat(CoordinatorConfig.validate(open)).isEmpty();

    Map<String, String> everywhere = new TreeMap<>(open);
    everywhere.put("rest.host", "0.0.0.0");
    everywhere.put("rest.advertised.url", "http://dm.example:8261");
    assertThat(CoordinatorConfig.validate(everywhere))
        .singleElement()
        .satisfies(problem -> assertThat(problem.key()).isEqualTo("rest.anonymous"));
  }

  @Test
  void usersLogInByPasswordOrToken() {
    Access access = CoordinatorConfig.of(VALID).access();

    assertThat(access.identify(basic("alice:secret")))
        .isEqualTo(new Access.Identity("alice", Role.OPERATOR));
    assertThat(access.identify("Bearer t0ken")).isEqualTo(new Access.Identity("bob", Role.READER));
    assertThat(access.identify(basic("alice:wrong"))).isNull();
    assertThat(access.identify(basic("bob:t0ken"))).isNull();
    assertThat(access.identify("Bearer secret")).isNull();
    assertThat(access.identify("Basic ???")).isNull();
    assertThat(access.identify(null)).isEqualTo(new Access.Identity("anonymous", Role.NONE));
  }

  @Test
  void theAdvertisedUrlFollowsFromHostAndPort() {
    assertThat(CoordinatorConfig.of(VALID).advertisedUrl()).isEqualTo("http://127.0.0.1:8261");
    Map<String, String> stated = new TreeMap<>(VALID);
    stated.put("rest.advertised.url", "https://dm.example:8443/");
    assertThat(CoordinatorConfig.of(stated).advertisedUrl()).isEqualTo("https://dm.example:8443");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void whoListensOnEveryAddressStatesWhereItIsReached(String host) {
    Map<String, String> everywhere = new TreeMap<>(VALID);
    everywhere.put("rest.host", host);
    assertThat(CoordinatorConfig.validate(everywhere))
        .singleElement()
        .satisfies(problem -> assertThat(problem.key()).isEqualTo("rest.advertised.url"));

    everywhere.put("rest.advertised.url", "http://dm.example:8261");
    assertThat(CoordinatorConfig.validate(everywhere)).isEmpty();
  }

  @Test
  void anAddressOfVersion6IsAdvertisedInBrackets() {
    Map<String, String> props = new TreeMap<>(VALID);
    props.put("rest.host", "::1");

    assertThat(CoordinatorConfig.of(props).advertisedUrl()).isEqualTo("http://[::1]:8261");
  }

  private static List<String> problems(String key, String value) {
    Map<String, String> props = new TreeMap<>(VALID);
    props.put(key, value);
    return CoordinatorConfig.validate(props).stream().map(ConfigProblem::key).toList();
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }
}
