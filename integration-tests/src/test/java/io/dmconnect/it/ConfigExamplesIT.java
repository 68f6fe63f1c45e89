package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped examples are right but for the servers they name. */
@ExtendWith(TestStack.class)
class ConfigExamplesIT {
  private static final Path EXAMPLES = Path.of("..", "config-examples");

  @ParameterizedTest
  @ValueSource(strings = {"distributed/mysql-source.json", "tls/mysql-source-tls.json"})
  void aSourceExampleIsRefusedOnlyForItsUnreachableServer(String file, LocalStack stack)
      throws IOException {
    Map<String, String> config = read(file);
    config.remove("database.ssl.truststore");
    config.put("database.hostname", "127.0.0.1");
    config.put("database.port", Integer.toString(stack.workspace().ports().free()));
    assertThat(stack.rest().validate(config)).containsOnlyKeys("database.hostname");
  }

  @ParameterizedTest
  @ValueSource(strings = {"distributed/tidb-sink.json", "tls/tidb-sink-tls.json"})
  void aSinkExampleIsRefusedOnlyForItsUnreachableServer(String file, LocalStack stack)
      throws IOException {
    Map<String, String> config = read(file);
    config.remove("connection.ssl.truststore");
    config.put(
        "connection.url", "jdbc:mysql://127.0.0.1:" + stack.workspace().ports().free() + "/");
    assertThat(stack.rest().validate(config)).containsOnlyKeys("connection.url");
  }

  @Test
  void theShardMergeExamplesAreRefusedOnlyForTheirUnreachableDatabases(LocalStack stack)
      throws IOException {
    String nowhere = "127.0.0.1:" + stack.workspace().ports().free();
    Map<String, String> source = coordinated("shard-merge/mysql-source.json", stack);
    source.put("database.hostname", "127.0.0.1");
    source.put("database.port", nowhere.substring(nowhere.indexOf(':') + 1));
    Map<String, String> sink = coordinated("shard-merge/tidb-sink.json", stack);
    sink.put("connection.url", "jdbc:mysql://" + nowhere + "/");

    assertThat(stack.rest().validate(source)).containsOnlyKeys("database.hostname");
    assertThat(stack.rest().validate(sink)).containsOnlyKeys("connection.url");
  }

  private static Map<String, String> coordinated(String file, LocalStack stack) throws IOException {
    Map<String, String> config = read(file);
    config.put("coordinator.zookeeper.connect", stack.zooKeeper().connectString() + "/examples");
    return config;
  }

  private static Map<String, String> read(String file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode example = json.readTree(EXAMPLES.resolve(file).toFile());
    Map<String, String> config =
        json.convertValue(example.get("config"), new TypeReference<Map<String, String>>() {});
    config.put("name", example.get("name").textValue());
    return config;
  }
}
