package io.dmconnect.source.stream;

import static java.util.Objects.requireNonNull;

/**
 * What every record says about where it comes from.
 *
 * @param version the connector's version
 * @param name {@code topic.prefix}
 * @param serverUuid the server's {@code server_uuid}
 */
public record SourceIdentity(String version, String name, String serverUuid) {

  /** Checks the parts. */
  public SourceIdentity {
    requireNonNull(version, "version is null");
    requireNonNull(name, "name is null");
    requireNonNull(serverUuid, "serverUuid is null");
  }
}
