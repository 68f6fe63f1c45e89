package io.dmconnect.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerFactoryTest {
  @TempDir Path cache;

  private final Workspace workspace = Workspace.create();

  @AfterEach
  void close() {
    workspace.close();
  }

  @Test
  void makesChildProcessesUnlessAskedOtherwise() {
    assertThat(factory(Map.of()).mariaDb("db", 1, List.of())).isInstanceOf(MariaDb.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "process"})
  void makesChildProcessesWhenAsked(String choice) {
    ServerFactory factory = factory(Map.of("DM_SERVERS", choice));

    assertThat(factory.mariaDb("db", 1, List.of())).isInstanceOf(MariaDb.class);
  }

  @Test
  void makesContainersWhenAsked() {
    ServerFactory factory = factory(Map.of("DM_SERVERS", "docker"));

    assertThat(factory.mariaDb("db", 1, List.of())).isInstanceOf(MariaDbContainer.class);
    assertThat(factory.tiDb("tidb", null)).isInstanceOf(TiDbContainer.class);
  }

  @Test
  void prefersATiDbThatIsNamedToAContainer() {
    ServerFactory factory =
        factory(Map.of("DM_SERVERS", "docker", "TIDB_URL", "mysql://root@db.example:4001"));

    assertThat(factory.tiDb("tidb", null).host()).isEqualTo("db.example");
  }

  @Test
  void namesTheChoicesWhenAskedForSomethingElse() {
    assertThatThrownBy(() -> factory(Map.of("DM_SERVERS", "podman")))
        .isInstanceOf(ServerException.class)
        .hasMessage("DM_SERVERS is podman; it is process (the default) or docker");
  }

  private ServerFactory factory(Map<String, String> environment) {
    return ServerFactory.of(workspace, new ArtifactStore(cache, work -> {}), environment);
  }
}
