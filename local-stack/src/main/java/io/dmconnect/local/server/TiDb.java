package io.dmconnect.local.server;

import io.dmconnect.local.process.Child;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A TiDB server on its embedded single-node storage, which survives kills and restarts. */
final class TiDb extends DatabaseServer {
  private static final String TLS = "tls.toml";

  private final Path program;
  private final int statusPort;
  private final Certificates certificates;

  /** A server; with certificates it offers TLS. They may be null. */
  TiDb(Workspace workspace, String name, Path program, Certificates certificates) {
    super(workspace, name, workspace.ports().free());
    this.program = program;
    this.certificates = certificates;
    this.statusPort = workspace.ports().free();
  }

  @Override
  public void prepare() {
    workspace().folder(name() + "/data");
    if (certificates != null) {
      tlsSettings(folder(), certificates);
    }
  }

  /** Writes a configuration file that makes a TiDB offer TLS into {@code folder}. */
  static Path tlsSettings(Path folder, Certificates certificates) {
    String text =
        String.format(
            "[security]%nssl-ca = \"%s\"%nssl-cert = \"%s\"%nssl-key = \"%s\"%n",
            certificates.authority(), certificates.serverCertificate(), certificates.serverKey());
    try {
      return Files.writeString(folder.resolve(TLS), text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the configuration of a TiDB", e);
    }
  }

  /** The files that TLS takes, that of {@link #tlsSettings} among them. */
  static List<Path> tlsFiles(Path folder, Certificates certificates) {
    return Stream.concat(Stream.of(folder.resolve(TLS)), certificates.serverFiles().stream())
        .toList();
  }

  @Override
  protected Child run() {
    return workspace().start(command());
  }

  private Command command() {
    Path folder = folder();
    List<String> line = new ArrayList<>();
    line.add(program.toString());
    if (certificates != null) {
      line.add("-config=" + folder.resolve(TLS));
    }
    line.add("-store=unistore");
    line.add("-path=" + folder.resolve("data"));
    line.add("-temp-dir=" + folder.resolve("tmp"));
    line.add("-socket=" + folder.resolve("s.sock"));
    line.add("-host=127.0.0.1");
    line.add("-P=" + port());
    line.add("-status=" + statusPort);
    line.add("-status-host=127.0.0.1");
    line.add("-L=warn");
    return Command.of(name(), line);
  }
}
