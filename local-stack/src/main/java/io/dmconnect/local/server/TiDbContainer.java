package io.dmconnect.local.server;

import io.dmconnect.local.container.ContainerSpec;
import io.dmconnect.local.process.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A TiDB server on its embedded storage, in a container. */
final class TiDbContainer extends DatabaseContainer {
  static final String IMAGE = "pingcap/tidb:v8.5.0";

  private static final int PORT = 4000;

  private final Certificates certificates;

  /** A server; with certificates it offers TLS. They may be null. */
  TiDbContainer(Workspace workspace, String name, Certificates certificates) {
    super(workspace, name, IMAGE);
    this.certificates = certificates;
  }

  @Override
  ContainerSpec spec(String image) {
    List<String> arguments =
        new ArrayList<>(List.of("--store=unistore", "--path=/tmp/tidb", "--host=0.0.0.0"));
    if (certificates != null) {
      arguments.add("--config=" + TiDb.tlsSettings(folder(), certificates));
    }
    return new ContainerSpec(
        name(),
        image,
        port(),
        PORT,
        arguments,
        Map.of(),
        certificates == null ? List.of() : TiDb.tlsFiles(folder(), certificates));
  }
}
