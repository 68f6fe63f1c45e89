package io.dmconnect.local;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Workspace;
import io.dmconnect.local.server.AvroRegistry;
import io.dmconnect.local.server.Certificates;
import io.dmconnect.local.server.ConnectCluster;
import io.dmconnect.local.server.Coordinator;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.local.server.KafkaBroker;
import io.dmconnect.local.server.ZooKeeper;
import java.util.List;
import java.util.Map;

/** What a started stack consists of; a server that was not chosen is null. */
record StackParts(
    Workspace workspace,
    ArtifactStore store,
    Map<String, DatabaseServer> databases,
    KafkaBroker kafka,
    ConnectCluster connect,
    ZooKeeper zooKeeper,
    List<Coordinator> coordinators,
    AvroRegistry avroRegistry,
    Certificates certificates) {

  StackParts {
    databases = Map.copyOf(databases);
    coordinators = List.copyOf(coordinators);
  }
}
