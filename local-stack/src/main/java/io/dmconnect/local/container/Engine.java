package io.dmconnect.local.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.List;
import org.testcontainers.DockerClientFactory;

/**
 * The Docker engine that Testcontainers finds: {@code DOCKER_HOST}, the user's settings of
 * Testcontainers, or the usual socket. Images are taken as they are there, nothing is ever pulled.
 * So Testcontainers' reaper, which would be, must be off; {@code ./dm} and the build see to that,
 * and {@link ContainerGuard} does its work. Thread-safe.
 */
public final class Engine {
  private static final String REAPER_OFF = "TESTCONTAINERS_RYUK_DISABLED";
  private static final String LOOPBACK = "127.0.0.1";
  private static final String NO_ENGINE =
      "No Docker engine answers. Start one, or name it in DOCKER_HOST, and set "
          + REAPER_OFF
          + "=true as ./dm does; or unset DM_SERVERS to run servers as child processes.";

  private Engine() {}

  /** Whether an engine answers and holds the image. The first call takes about a second. */
  public static boolean has(String image) {
    return answers() && holds(image);
  }

  /**
   * Makes sure that an engine answers and holds the image.
   *
   * @throws IllegalStateException that names the image and says what to do
   */
  public static void require(String image) {
    if (!answers()) {
      throw new IllegalStateException(NO_ENGINE);
    }
    if (!holds(image)) {
      throw new IllegalStateException(
          "The Docker engine does not hold the image "
              + image
              + ", and nothing is pulled unasked. Run `docker pull "
              + image
              + "`, or unset DM_SERVERS to run servers as child processes.");
    }
  }

  /**
   * The address at which this machine reaches published ports; 127.0.0.1 for a local engine.
   *
   * @throws IllegalStateException saying what to do when no engine answers
   */
  public static String address() {
    if (!answers()) {
      throw new IllegalStateException(NO_ENGINE);
    }
    String host = DockerClientFactory.instance().dockerHostIpAddress();
    return host.equals("localhost") ? LOOPBACK : host;
  }

  /** Where containers are to publish their ports: on the loopback, unless the engine is remote. */
  static String publishAddress() {
    return address().equals(LOOPBACK) ? LOOPBACK : "0.0.0.0";
  }

  /** The ids of the containers of this name, running or not. */
  public static List<String> containers(String name) {
    return client()
        .listContainersCmd()
        .withShowAll(true)
        .withNameFilter(List.of("^/" + name + "$"))
        .exec()
        .stream()
        .map(container -> container.getId())
        .toList();
  }

  static DockerClient client() {
    return DockerClientFactory.instance().client();
  }

  /** Removes a container, running or not, with its volumes; one that is not there is no error. */
  static void remove(String nameOrId) {
    try {
      client().removeContainerCmd(nameOrId).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException e) {
      return;
    }
  }

  private static boolean answers() {
    return reaperIsOff() && DockerClientFactory.instance().isDockerAvailable();
  }

  // Testcontainers reads nothing but the environment for this.
  private static boolean reaperIsOff() {
    return Boolean.parseBoolean(System.getenv(REAPER_OFF));
  }

  private static boolean holds(String image) {
    try {
      client().inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }
}
