package io.dmconnect.coordinator.api;

/**
 * Somebody who may log in.
 *
 * @param name who
 * @param role what for
 * @param password for basic authentication; null for none
 * @param token for bearer authentication; null for none
 */
public record User(String name, Role role, String password, String token) {

  /** Without the secrets. */
  @Override
  public String toString() {
    return name + " (" + role + ")";
  }
}
