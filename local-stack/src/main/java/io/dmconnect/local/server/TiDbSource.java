package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.artifact.Digest;
import io.dmconnect.local.container.Engine;
import io.dmconnect.local.process.Programs;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gets a TiDB from wherever this machine offers one: {@code TIDB_URL}, a server built earlier, a
 * Docker image, or a build from TiDB's Go module, which takes minutes and is cached.
 */
public final class TiDbSource {
  /** The environment variable that names a running TiDB. */
  public static final String URL_VARIABLE = "TIDB_URL";

  private static final List<String> MODULE_FILES = List.of("go.mod", "go.sum", "tools.go");
  private static final String PROGRAM = "tidb-server";
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(45);

  private final ArtifactStore store;
  private final Map<String, String> environment;

  /**
   * A source that keeps what it builds in {@code store}.
   *
   * @param environment the environment variables to obey
   */
  public TiDbSource(ArtifactStore store, Map<String, String> environment) {
    this.store = store;
    this.environment = Map.copyOf(environment);
  }

  /** A TiDB that has not been started, without TLS. */
  public DatabaseServer server(Workspace workspace, String name) {
    return server(workspace, name, null);
  }

  /**
   * A TiDB that has not been started.
   *
   * @param certificates what a server that is started here offers TLS with; null for no TLS
   * @throws ServerException naming the ways to get one when there is none
   */
  public DatabaseServer server(Workspace workspace, String name, Certificates certificates) {
    String url = environment.getOrDefault(URL_VARIABLE, "");
    if (!url.isBlank()) {
      return new ExternalDatabase(workspace, name, url, ExternalDatabase.TIDB_PORT);
    }
    if (!Files.isDirectory(store.directory().resolve(key())) && Engine.has(TiDbContainer.IMAGE)) {
      return new TiDbContainer(workspace, name, certificates);
    }
    return new TiDb(workspace, name, program(), certificates);
  }

  /** The server program, built first when it is not in the cache. */
  public Path program() {
    return store
        .once(key(), "Building TiDB from its Go module (about 5 minutes, once)", this::build)
        .resolve(PROGRAM);
  }

  private static String key() {
    return PROGRAM
        + "-"
        + Digest.shortHash(MODULE_FILES.stream().map(TiDbSource::text).toArray(String[]::new));
  }

  private void build(Path folder) throws IOException {
    Optional<Path> go = GoToolchain.program(store);
    if (go.isEmpty()) {
      throw new ServerException(
          "No TiDB on this machine. Give it one of these: "
              + (URL_VARIABLE + "=mysql://root@host:4000 for a TiDB that runs already; ")
              + ("a Docker engine and `docker pull " + TiDbContainer.IMAGE + "`; ")
              + "Go on the PATH to build it, any version from 1.16 on"
              + " (Debian, Ubuntu: sudo apt-get install golang-go).");
    }
    Path module = Files.createDirectory(folder.resolve("module"));
    for (String file : MODULE_FILES) {
      Files.writeString(module.resolve(file), text(file));
    }
    List<String> line =
        List.of(
            go.get().toString(),
            "build",
            "-o",
            folder.resolve(PROGRAM).toString(),
            "github.com/pingcap/tidb/cmd/tidb-server");
    Programs.require(line, module, Map.of("CGO_ENABLED", "0"), BUILD_LIMIT);
  }

  private static String text(String file) {
    try (InputStream in = TiDbSource.class.getResourceAsStream("tidb-server/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + file, e);
    }
  }
}
