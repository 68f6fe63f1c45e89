package io.dmconnect.local.container;

import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.utility.DockerImageName;

/**
 * Takes images as they are there. Testcontainers applies it to images of its own as well, by {@code
 * testcontainers.properties}, and makes it by its constructor.
 */
public final class NeverPull implements ImagePullPolicy {
  @Override
  public boolean shouldPull(DockerImageName image) {
    return false;
  }
}
