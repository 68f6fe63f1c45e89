package io.dmconnect.model.coordination.zk;

import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** Access control lists as text. */
final class AccessControl {
  static final String SYNTAX =
      "'open' (everybody may do everything), 'creator' (only who is logged in as the creator), or"
          + " entries 'scheme:id:permissions' separated by commas, permissions being letters of"
          + " 'crwda'";

  /**
   * The list of a text.
   *
   * @throws IllegalArgumentException when it is none; the message goes on after "It"
   */
  static List<ACL> parse(String text) {
    if (text.equals("open")) {
      return ZooDefs.Ids.OPEN_ACL_UNSAFE;
    }

    if (text.equals("creator")) {
      return ZooDefs.Ids.CREATOR_ALL_ACL;
    }

    List<ACL> result = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      int first = entry.indexOf(':');
      int last = entry.lastIndexOf(':');
      if (first <= 0 || last <= first) {
        throw new IllegalArgumentException("must be " + SYNTAX);
      }

      Id id = new Id(entry.substring(0, first).trim(), entry.substring(first + 1, last));
      result.add(new ACL(permissions(entry.substring(last + 1).trim()), id));
    }

    return result;
  }

  private static int permissions(String letters) {
    int permissions = 0;
    for (int i = 0; i < letters.length(); i++) {
      permissions |=
          switch (letters.charAt(i)) {
            case 'c' -> ZooDefs.Perms.CREATE;
            case 'r' -> ZooDefs.Perms.READ;
            case 'w' -> ZooDefs.Perms.WRITE;
            case 'd' -> ZooDefs.Perms.DELETE;
            case 'a' -> ZooDefs.Perms.ADMIN;
            default ->
                throw new IllegalArgumentException(
                    "has an unknown permission '"
                        + letters.charAt(i)
                        + "'; they are c, r, w, d and a");
          };
    }

    if (permissions == 0) {
      throw new IllegalArgumentException("has an entry without permissions");
    }

    return permissions;
  }

  private AccessControl() {}
}
