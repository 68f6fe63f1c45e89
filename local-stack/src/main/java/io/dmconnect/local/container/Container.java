package io.dmconnect.local.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.process.Child;
import io.dmconnect.local.process.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A container of a workspace. It keeps its port and data from one start to the next, and is removed
 * when the workspace is closed or the JVM has died.
 */
public final class Container implements Child {
  private static final Duration END_LIMIT = Duration.ofSeconds(20);
  private static final int READABLE_BY_EVERYONE = 0644;

  private final Workspace workspace;
  private final ContainerSpec spec;
  private final GenericContainer<?> container;
  private ContainerLog log;

  /** A container that has not been created; the image is there. */
  public Container(Workspace workspace, ContainerSpec spec) {
    this.workspace = workspace;
    this.spec = spec;
    this.container =
        new GenericContainer<>(DockerImageName.parse(spec.image()))
            .withImagePullPolicy(new NeverPull())
            .withCommand(spec.arguments().toArray(String[]::new))
            .withEnv(spec.environment())
            .withStartupCheckStrategy(new AtOnce())
            .waitingFor(new NoWait())
            .withCreateContainerCmdModifier(this::nameAndPublish);
    for (Path file : spec.files()) {
      MountableFile readable = MountableFile.forHostPath(file, READABLE_BY_EVERYONE);
      container.withCopyFileToContainer(readable, file.toString());
    }
  }

  /**
   * Creates and starts it, or starts it again; does not wait until the program serves.
   *
   * @throws RuntimeException when the engine refuses
   */
  public void start() {
    if (container.getContainerId() == null) {
      workspace.start(ContainerGuard.of(spec.name(), spec.containerName()));
      workspace.atClose(() -> Engine.remove(spec.containerName()));
      container.start();
    } else {
      log.awaitEnd();
      Engine.client().startContainerCmd(container.getContainerId()).exec();
    }
    log = ContainerLog.follow(container.getContainerId(), workspace.log(spec.name()));
  }

  private void nameAndPublish(CreateContainerCmd create) {
    ExposedPort inside = ExposedPort.tcp(spec.containerPort());
    Ports.Binding outside = Ports.Binding.bindIpAndPort(Engine.publishAddress(), spec.port());
    create.withName(spec.containerName());
    create.withExposedPorts(inside);
    create.getHostConfig().withPortBindings(new PortBinding(outside, inside));
  }

  @Override
  public boolean alive() {
    try {
      return Boolean.TRUE.equals(state().getRunning());
    } catch (NotFoundException e) {
      return false;
    }
  }

  @Override
  public int exitStatus() {
    return state().getExitCodeLong().intValue();
  }

  @Override
  public long pid() {
    return state().getPidLong();
  }

  @Override
  public String logTail(int lines) {
    return ContainerLog.tail(container.getContainerId(), lines);
  }

  @Override
  public void stop(Duration limit) {
    int seconds = (int) Await.scaled(limit).toSeconds();
    try {
      Engine.client().stopContainerCmd(container.getContainerId()).withTimeout(seconds).exec();
    } catch (NotModifiedException e) {
      return; // it had ended already
    }
  }

  @Override
  public void kill9() {
    try {
      Engine.client().killContainerCmd(container.getContainerId()).exec();
    } catch (ConflictException e) {
      return; // it had ended already
    }
    Await.until("the end of " + spec.containerName(), END_LIMIT, () -> !alive());
  }

  @Override
  public void freeze() {
    Engine.client().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void thaw() {
    Engine.client().unpauseContainerCmd(container.getContainerId()).exec();
  }

  private ContainerState state() {
    return Engine.client().inspectContainerCmd(container.getContainerId()).exec().getState();
  }
}
