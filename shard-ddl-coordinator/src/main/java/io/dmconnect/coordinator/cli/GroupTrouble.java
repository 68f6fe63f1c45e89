package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What keeps a group from going on although no member says so, with the ways out. */
final class GroupTrouble {
  private static final int SHOWN = 8;

  /** Whether there is something that no wait tells of: a problem, or an execution. */
  static boolean isIn(JsonNode group) {
    return group.hasNonNull("problem")
        || group.hasNonNull("held_error")
        || group.path("execution").isObject();
  }

  /** Prints all of it, each line behind an indent; nothing when there is none. */
  static void print(JsonNode group, String indent, PrintWriter out) {
    if (group.hasNonNull("problem")) {
      out.println(indent + "not coordinated: " + group.path("problem").asText());
      out.println(indent + "  way out: put right what it names; it is tried again by itself");
    }

    if (group.hasNonNull("held_error")) {
      out.println(
          indent
              + "the merged table could not be brought to the join: "
              + group.path("held_error").asText());
      out.println(
          indent
              + "  ways out, without a member: exec to try again, skip to leave it, replace by"
              + " other statements");
    }

    JsonNode execution = group.path("execution");
    if (execution.isObject()) {
      out.println(
          indent
              + "executing at "
              + execution.path("executor").asText()
              + ": "
              + execution.path("reason").asText());
      execution.path("statements").forEach(sql -> out.println(indent + "  " + sql.asText()));
      out.println(indent + "  way out, should its sink not end it: RELEASE");
    }

    if (!group.path("unknown").isEmpty()) {
      out.println(indent + "expected and not there: " + some(group.path("unknown")));
      out.println(
          indent
              + "  ways out: start its source, DROP_MEMBER for a table, forget-source for a"
              + " source");
    }

    if (!group.path("sources_away").isEmpty()) {
      out.println(indent + "sources that are not connected: " + some(group.path("sources_away")));
      out.println(indent + "  way out, should a connector have been deleted: forget-source");
    }
  }

  /** The first texts, and how many there are more. */
  static String some(JsonNode texts) {
    List<String> shown = new ArrayList<>();
    texts.forEach(text -> shown.add(text.asText()));
    return shown.size() <= SHOWN
        ? String.join(", ", shown)
        : String.join(", ", shown.subList(0, SHOWN)) + " and " + (shown.size() - SHOWN) + " more";
  }

  private GroupTrouble() {}
}
