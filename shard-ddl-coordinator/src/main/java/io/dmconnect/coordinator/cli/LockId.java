package io.dmconnect.coordinator.cli;

import io.dmconnect.model.TableId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shard group by the name DM gives its lock: {@code task-`schema`.`table`}.
 *
 * @param task the DM task
 * @param group the merged table
 */
record LockId(String task, TableId group) {
  private static final Pattern QUOTED =
      Pattern.compile("(?<task>.+?)-`(?<schema>(?:[^`]|``)+)`\\.`(?<table>(?:[^`]|``)+)`");

  /**
   * The lock of a text.
   *
   * @throws IllegalArgumentException when it is none
   */
  static LockId parse(String text) {
    Matcher matcher = QUOTED.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "A lock's id has the form task-`schema`.`table`, as 'shard-ddl-lock list' prints it: "
              + text);
    }

    TableId group = new TableId(name(matcher.group("schema")), name(matcher.group("table")));
    return new LockId(matcher.group("task"), group);
  }

  private static String name(String quoted) {
    return quoted.replace("``", "`");
  }

  @Override
  public String toString() {
    return task + "-" + group.quoted();
  }
}
