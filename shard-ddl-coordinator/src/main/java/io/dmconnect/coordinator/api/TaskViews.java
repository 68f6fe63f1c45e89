package io.dmconnect.coordinator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.coordinator.engine.AuditEntry;
import io.dmconnect.coordinator.engine.TaskSnapshot;
import io.dmconnect.model.check.Finding;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.TaskSettings;
import java.util.Collection;
import java.util.List;

/** What the API tells of tasks, participants and actions. */
final class TaskViews {

  static ArrayNode tasks(Collection<TaskSnapshot> tasks, long nowMillis) {
    ArrayNode array = JsonNodes.array();
    tasks.forEach(task -> array.add(task(task, nowMillis)));
    return array;
  }

  static ObjectNode task(TaskSnapshot task, long nowMillis) {
    ObjectNode node = JsonNodes.object().put("task", task.task());
    TaskSettings settings = task.settings();
    if (settings != null) {
      node.put("mode", settings.mode().name());
      JsonNodes.put(node, "expected_sources", settings.expectedSources());
    }

    ArrayNode sources = node.putArray("sources");
    task.sources()
        .forEach(
            (name, stated) -> {
              ObjectNode source = sources.addObject().put("source", name);
              JsonNodes.put(source, "tables", stated.tables());
            });
    long errors = task.findings().stream().filter(Finding::isError).count();
    node.put("check_errors", errors);
    node.put("check_warnings", task.findings().size() - errors);
    node.set("groups", groups(task, nowMillis));
    return node;
  }

  static ArrayNode groups(TaskSnapshot task, long nowMillis) {
    ArrayNode array = JsonNodes.array();
    task.groups().values().stream()
        .filter(TaskViews::isListed)
        .forEach(group -> array.add(new GroupView(group, nowMillis).summary()));
    return array;
  }

  /** A table of its own that had to ask once leaves a group without members. */
  private static boolean isListed(TaskSnapshot.Group group) {
    GroupState state = group.stored().state();
    return group.problem() != null
        || !state.members().isEmpty()
        || !state.pending().isEmpty()
        || !state.unknown().isEmpty()
        || !state.core().departed().dropped().isEmpty()
        || state.core().inFlight() != null;
  }

  static ArrayNode statuses(List<ParticipantStatus> statuses) {
    ArrayNode array = JsonNodes.array();
    for (ParticipantStatus status : statuses) {
      ObjectNode node = array.addObject();
      node.put("participant", status.participant());
      node.put("kind", status.kind().name());
      node.put("stage", status.stage());
      node.put("at_ms", status.atMillis());
      ObjectNode details = node.putObject("details");
      status.details().forEach(details::put);
      node.put("last_error", status.lastError());
    }

    return array;
  }

  static ArrayNode audit(List<AuditEntry> entries) {
    ArrayNode array = JsonNodes.array();
    entries.forEach(entry -> array.add(audit(entry)));
    return array;
  }

  static ObjectNode audit(AuditEntry entry) {
    ObjectNode node = JsonNodes.object();
    node.put("id", entry.id());
    node.put("at_ms", entry.atMillis());
    node.put("operator", entry.operator());
    node.put("action", entry.action());
    if (entry.group() != null) {
      node.set("group", JsonNodes.table(entry.group()));
    }

    node.put("subject", entry.subject());
    JsonNodes.put(node, "statements", entry.statements());
    JsonNodes.put(node, "notes", entry.notes());
    return node;
  }

  private TaskViews() {}
}
