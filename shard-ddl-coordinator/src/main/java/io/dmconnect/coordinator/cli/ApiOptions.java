package io.dmconnect.coordinator.cli;

import picocli.CommandLine.Option;

/** How a command reaches the coordinators. */
public final class ApiOptions {
  @Option(
      names = "--coordinator",
      paramLabel = "URL",
      defaultValue = "${env:DM_COORDINATOR:-http://127.0.0.1:8261}",
      description = "Any coordinator's URL, or DM_COORDINATOR (${DEFAULT-VALUE}).")
  private String url;

  @Option(
      names = "--user",
      paramLabel = "NAME:PASSWORD",
      defaultValue = "${env:DM_USER}",
      description = "The login, or DM_USER.")
  private String user;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:DM_TOKEN}",
      description = "The token instead of a login, or DM_TOKEN.")
  private String token;

  /** A client with these options. */
  ApiClient client() {
    return new ApiClient(url, user, token);
  }
}
