package io.dmconnect.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Workspace;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiDbSourceTest {
  @TempDir Path cache;

  private final Workspace workspace = Workspace.create();

  @AfterEach
  void close() {
    workspace.close();
  }

  @Test
  void takesTheServerThatTheEnvironmentNames() {
    DatabaseServer server = server("mysql://dm:secret@db.example:4001");

    assertThat(server.host()).isEqualTo("db.example");
    assertThat(server.port()).isEqualTo(4001);
    assertThat(server.user()).isEqualTo("dm");
    assertThat(server.password()).isEqualTo("secret");
  }

  @Test
  void assumesTidbsPortAndRootWithoutAPassword() {
    DatabaseServer server = server("jdbc:mysql://db.example");

    assertThat(server.port()).isEqualTo(4000);
    assertThat(server.user()).isEqualTo("root");
    assertThat(server.password()).isEmpty();
  }

  @Test
  void refusesAUrlWithoutAHost() {
    assertThatThrownBy(() -> server("db.example"))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("mysql://user:password@host:port");
  }

  private DatabaseServer server(String url) {
    ArtifactStore store = new ArtifactStore(cache, work -> {});
    return new TiDbSource(store, Map.of(TiDbSource.URL_VARIABLE, url)).server(workspace, "tidb");
  }
}
