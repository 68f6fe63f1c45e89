package io.dmconnect.sink.target;

import java.util.Map;

/**
 * How the target is reached.
 *
 * @param url {@code jdbc:mysql://host:port/}, with options of Connector/J if wanted
 * @param username the account
 * @param password its password; may be empty
 * @param driverProperties options of Connector/J that follow from {@code connection.ssl.*}
 * @param loads whether LOAD DATA LOCAL may be used
 * @param connections how many connections are held at most
 * @param connectMillis how long opening a connection may take
 */
public record TargetSettings(
    String url,
    String username,
    String password,
    Map<String, String> driverProperties,
    boolean loads,
    int connections,
    long connectMillis) {

  /** Copies the options. */
  public TargetSettings {
    driverProperties = Map.copyOf(driverProperties);
  }

  /** The settings without the password. */
  @Override
  public String toString() {
    return username + "@" + url;
  }
}
