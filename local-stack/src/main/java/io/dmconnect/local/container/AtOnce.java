package io.dmconnect.local.container;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;

/** Takes every container as started: whether it lives and serves is asked by its server. */
final class AtOnce extends StartupCheckStrategy {
  @Override
  public StartupStatus checkStartupState(DockerClient client, String containerId) {
    return StartupStatus.SUCCESSFUL;
  }
}
