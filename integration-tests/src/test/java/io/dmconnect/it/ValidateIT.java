package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.it.harness.Configs;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A wrong configuration is reported before anything starts, on the key that is wrong. */
@ExtendWith(TestStack.class)
class ValidateIT {
  private final LocalStack stack;

  ValidateIT(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void configurationsThatWorkHaveNoErrors() {
    assertThat(errors(source())).isEmpty();
    assertThat(errors(sink())).isEmpty();
  }

  @Test
  void anUnknownKeyOfTheSourceIsNamed() {
    Map<String, String> config = source();
    config.put("snapshot.chunk.row", "5");
    assertThat(errors(config)).containsOnlyKeys("snapshot.chunk.row");
  }

  @Test
  void anUnknownKeyOfTheSinkIsNamed() {
    Map<String, String> config = sink();
    config.put("batch.sizes", "5");
    assertThat(errors(config)).containsOnlyKeys("batch.sizes");
  }

  @Test
  void aWrongUpstreamPassword() {
    Map<String, String> config = source();
    config.put("database.user", "nobody_here");
    config.put("database.password", "wrong");
    assertThat(errors(config)).containsOnlyKeys("database.password");
  }

  @Test
  void aWrongTargetPassword() {
    Map<String, String> config = sink();
    config.put("connection.username", "nobody_here");
    config.put("connection.password", "wrong");
    assertThat(errors(config)).containsOnlyKeys("connection.username", "connection.password");
  }

  @Test
  void anUnreachableUpstream() {
    Map<String, String> config = source();
    config.put("database.port", Integer.toString(unusedPort()));
    assertThat(errors(config)).containsOnlyKeys("database.hostname");
  }

  @Test
  void anUnreachableTarget() {
    Map<String, String> config = sink();
    config.put("connection.url", "jdbc:mysql://127.0.0.1:" + unusedPort() + "/");
    assertThat(errors(config)).containsOnlyKeys("connection.url");
  }

  @Test
  void missingUpstreamPrivilegesAreNamed() {
    try (Sql mysql = stack.mysql().sql()) {
      mysql.run(
          "CREATE USER IF NOT EXISTS 'poor'@'%' IDENTIFIED WITH mysql_native_password BY 'poor'");
    }
    Map<String, String> config = source();
    config.put("database.user", "poor");
    config.put("database.password", "poor");
    assertThat(errors(config))
        .containsOnlyKeys("database.user")
        .allSatisfy((key, messages) -> assertThat(messages.toString()).contains("REPLICATION"));
  }

  @Test
  void anUpstreamAccountThatMayOnlyReplicateIsToldOfSelect() {
    Map<String, String> config = source("replica", "REPLICATION SLAVE, REPLICATION CLIENT ON *.*");
    assertThat(errors(config))
        .containsOnlyKeys("database.user")
        .allSatisfy((key, messages) -> assertThat(messages.toString()).contains("GRANT SELECT"));
  }

  @Test
  void aGrantOnADatabaseThatIsNotThereYetIsEnough() {
    Map<String, String> config =
        source("early", "REPLICATION SLAVE, REPLICATION CLIENT ON *.*", "SELECT ON `valid%`.*");
    assertThat(errors(config)).isEmpty();
  }

  @Test
  void missingTargetPrivilegesAreNamed() {
    Map<String, List<String>> errors = errors(sink("poor"));
    assertThat(errors).containsOnlyKeys("meta.schema", "connection.username");
    assertThat(errors.get("meta.schema").toString()).contains("GRANT CREATE");
    assertThat(errors.get("connection.username").toString()).contains("GRANT ALTER, CREATE");
  }

  @Test
  void aTargetAccountThatMayOnlyKeepItsBooksIsToldOfRows() {
    assertThat(errors(sink("bookkeeper", "ALL PRIVILEGES ON dm_meta.*")))
        .containsOnlyKeys("connection.username");
  }

  @Test
  void aTargetAccountOfTheRoutesSchemaIsEnough() {
    String[] grants = {"ALL PRIVILEGES ON dm_meta.*", "ALL PRIVILEGES ON merged.*"};
    Map<String, String> config = sink("merger", grants);
    config.put("routes", "merge");
    config.put("routes.merge.schema-pattern", "a_*");
    config.put("routes.merge.target-schema", "merged");
    assertThat(errors(config)).isEmpty();
    config.put("routes.merge.target-schema", "another");
    assertThat(errors(config)).containsOnlyKeys("connection.username");
  }

  @Test
  void anIncompleteRouteIsReportedOnItsKey() {
    Map<String, String> config = sink();
    config.put("routes", "merge");
    config.put("routes.merge.schema-pattern", "a_*");
    assertThat(errors(config)).containsOnlyKeys("routes.merge.target-schema");
  }

  private Map<String, List<String>> errors(Map<String, String> config) {
    return stack.rest().validate(config);
  }

  private Map<String, String> source() {
    Map<String, String> config = Configs.source(stack, "validated");
    config.put("name", "validated");
    return config;
  }

  private Map<String, String> source(String account, String... grants) {
    try (Sql mysql = stack.mysql().sql()) {
      mysql.run(
          "DROP USER IF EXISTS '" + account + "'@'%'",
          "CREATE USER '" + account + "'@'%' IDENTIFIED WITH mysql_native_password BY 'secret'");
      for (String grant : grants) {
        mysql.run("GRANT " + grant + " TO '" + account + "'@'%'");
      }
    }
    Map<String, String> config = source();
    config.put("database.user", account);
    config.put("database.password", "secret");
    return config;
  }

  private Map<String, String> sink() {
    Map<String, String> config = Configs.sink(stack, "validated");
    config.put("name", "validated");
    return config;
  }

  private Map<String, String> sink(String account, String... grants) {
    try (Sql tidb = stack.tidb().sql()) {
      tidb.run(
          "DROP USER IF EXISTS '" + account + "'@'%'",
          "CREATE USER '" + account + "'@'%' IDENTIFIED BY 'secret'");
      for (String grant : grants) {
        tidb.run("GRANT " + grant + " TO '" + account + "'@'%'");
      }
    }
    Map<String, String> config = sink();
    config.put("connection.username", account);
    config.put("connection.password", "secret");
    return config;
  }

  private int unusedPort() {
    return stack.workspace().ports().free();
  }
}
