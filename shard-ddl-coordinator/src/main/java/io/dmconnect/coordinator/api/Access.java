package io.dmconnect.coordinator.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/** Who may do what. Thread-safe. */
public final class Access {
  private static final String BASIC = "basic ";
  private static final String BEARER = "bearer ";

  private final List<User> users;
  private final Role anonymous;

  /**
   * Who somebody is.
   *
   * @param name the user's name, or {@code anonymous}
   * @param role what may be done
   */
  public record Identity(String name, Role role) {}

  /**
   * The users and what everybody else may do.
   *
   * @param anonymous the role of who does not log in
   */
  public Access(List<User> users, Role anonymous) {
    this.users = List.copyOf(users);
    this.anonymous = anonymous;
  }

  /**
   * Who sent a request.
   *
   * @param authorization the header of that name; null when there is none
   * @return null when the header's login is wrong
   */
  public Identity identify(String authorization) {
    if (authorization == null) {
      return new Identity("anonymous", anonymous);
    }

    User found = null;
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      found = basic(authorization.substring(BASIC.length()).trim());
    } else if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      found = bearer(authorization.substring(BEARER.length()).trim());
    }

    return found == null ? null : new Identity(found.name(), found.role());
  }

  private User basic(String encoded) {
    String login;
    try {
      login = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }

    User found = null;
    for (User user : users) {
      if (user.password() != null && same(user.name() + ":" + user.password(), login)) {
        found = user;
      }
    }

    return found;
  }

  private User bearer(String token) {
    User found = null;
    for (User user : users) {
      if (user.token() != null && same(user.token(), token)) {
        found = user;
      }
    }

    return found;
  }

  /** Takes as long wherever the texts differ. */
  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
