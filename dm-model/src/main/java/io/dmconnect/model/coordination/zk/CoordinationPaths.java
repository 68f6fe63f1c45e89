package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.TableId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The nodes of one DM task in the coordination tree.
 *
 * @param task the task's name: letters, digits, {@code .}, {@code _} and {@code -}
 */
public record CoordinationPaths(String task) {
  /** The tree's root; its record states the {@link #LAYOUT}. */
  public static final String ROOT = "/dm";

  /** The coordinators' leader latch. */
  public static final String LEADER = ROOT + "/leader";

  /** The version of the tree's layout. */
  public static final int LAYOUT = 1;

  private static final Pattern TASK = Pattern.compile("[A-Za-z0-9._-]+");

  /**
   * Checks the task's name.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public CoordinationPaths {
    checkTask(task);
  }

  /**
   * Checks a task's name.
   *
   * @throws IllegalArgumentException when it is not one; the message goes on after "It"
   */
  public static void checkTask(String name) {
    boolean dots = name.equals(".") || name.equals("..");
    if (!TASK.matcher(name).matches() || dots || (ROOT + "/" + name).equals(LEADER)) {
      throw new IllegalArgumentException(
          "must consist of letters, digits, dots, _ and -, and not be 'leader': '" + name + "'");
    }
  }

  /** The task's own node. */
  public String root() {
    return ROOT + "/" + task;
  }

  /** What the task's sink states about all groups. */
  public String settings() {
    return root() + "/settings";
  }

  /** The parent of {@link #source}. */
  public String sources() {
    return root() + "/sources";
  }

  /** The tables of a source. */
  public String source(String source) {
    return sources() + "/" + encode(source);
  }

  /** The source of its node's name. */
  public static String sourceOf(String nodeName) {
    return decode(nodeName);
  }

  /** The parent of {@link #fact}. */
  public String facts() {
    return root() + "/facts";
  }

  /** What a source found its tables to be. */
  public String fact(String source) {
    return facts() + "/" + encode(source);
  }

  /** A node whose version is the number of the last asked check. */
  public String check() {
    return root() + "/check";
  }

  /** The parent of {@link #status}. */
  public String statuses() {
    return root() + "/status";
  }

  /** The ephemeral status of a participant. */
  public String status(String participant) {
    return statuses() + "/" + encode(participant);
  }

  /** The operators' actions that were carried out. */
  public String audit() {
    return root() + "/audit";
  }

  /** The parent of all groups. */
  public String groups() {
    return root() + "/groups";
  }

  /** The nodes of a group. */
  public GroupPaths group(TableId target) {
    return new GroupPaths(
        groups() + "/" + encode(target.schema()) + ":" + encode(target.table()), target);
  }

  /**
   * The target of a group's node name.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static TableId target(String nodeName) {
    String[] parts = nodeName.split(":", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("Not a group's node name: " + nodeName);
    }

    return new TableId(decode(parts[0]), decode(parts[1]));
  }

  static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
  }

  static String decode(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }
}
