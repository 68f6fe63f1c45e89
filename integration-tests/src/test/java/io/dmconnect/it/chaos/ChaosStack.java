package io.dmconnect.it.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Http;
import io.dmconnect.local.server.Coordinator;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.local.server.MysqlRelease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Two MySQL servers, three Connect workers, two coordinators, ZooKeeper and TiDB. */
final class ChaosStack implements AutoCloseable {
  private static final int WORKERS = 3;
  private static final int COORDINATORS = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalStack stack =
      LocalStack.builder()
          .mysql("source0", MysqlRelease.MYSQL_8_0)
          .mysql("source1", MysqlRelease.MYSQL_8_0)
          .tidb()
          .coordinators(Path.of(".."), COORDINATORS)
          .connect(WORKERS)
          .workerJvmOptions("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
          .plugins(TestStack.zip("connect-source-mysql-dm"), TestStack.zip("connect-sink-tidb"))
          .start();

  LocalStack servers() {
    return stack;
  }

  /** The MySQL servers. */
  List<DatabaseServer> sources() {
    return List.of(stack.database("source0"), stack.database("source1"));
  }

  /** The coordinator that leads; null when none does or none can tell. */
  Coordinator leader() throws IOException {
    for (Coordinator coordinator : stack.coordinators()) {
      if (coordinator.running() && health(coordinator).path("leader").asBoolean()) {
        return coordinator;
      }
    }

    return null;
  }

  private static JsonNode health(Coordinator coordinator) throws IOException {
    return JSON.readTree(Http.get(coordinator.url() + "/api/v1/health").body());
  }

  /** The groups of a DM task as the leading coordinator shows them. */
  JsonNode groups(String task) throws IOException {
    Coordinator leader = leader();
    if (leader == null) {
      throw new IOException("No coordinator leads");
    }

    Http.Answer answer = Http.get(leader.url() + "/api/v1/tasks/" + task + "/groups");
    if (!answer.ok()) {
      throw new IOException("The coordinator answers " + answer);
    }

    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    stack.close();
  }
}
