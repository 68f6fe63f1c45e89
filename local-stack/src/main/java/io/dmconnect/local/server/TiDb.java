package io.dmconnect.local.server;

import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Workspace;
import java.nio.file.Path;
import java.util.List;

/** A TiDB server on its embedded single-node storage, which survives kills and restarts. */
final class TiDb extends DatabaseServer {
  private final Path program;
  private final int statusPort;

  TiDb(Workspace workspace, String name, Path program) {
    super(workspace, name, workspace.ports().free());
    this.program = program;
    this.statusPort = workspace.ports().free();
  }

  @Override
  public void prepare() {
    workspace().folder(name() + "/data");
  }

  @Override
  protected Command command() {
    Path folder = folder();
    return Command.of(
        name(),
        List.of(
            program.toString(),
            "-store=unistore",
            "-path=" + folder.resolve("data"),
            "-temp-dir=" + folder.resolve("tmp"),
            "-socket=" + folder.resolve("s.sock"),
            "-host=127.0.0.1",
            "-P=" + port(),
            "-status=" + statusPort,
            "-status-host=127.0.0.1",
            "-L=warn"));
  }
}
