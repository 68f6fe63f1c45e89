package io.dmconnect.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What Connect reports about one connector.
 *
 * @param state the connector's own state, such as {@code RUNNING}
 * @param worker the address of the worker that runs the connector
 * @param trace its stack trace when it has failed, else empty
 * @param tasks its tasks, by number
 */
public record ConnectorStatus(String state, String worker, String trace, List<Task> tasks) {
  private static final String RUNNING = "RUNNING";
  private static final String FAILED = "FAILED";

  /** Copies the list. */
  public ConnectorStatus {
    tasks = List.copyOf(tasks);
  }

  /**
   * One task.
   *
   * @param id its number
   * @param state such as {@code RUNNING} or {@code FAILED}
   * @param worker the address of the worker that runs it
   * @param trace its stack trace when it has failed, else empty
   */
  public record Task(int id, String state, String worker, String trace) {}

  static ConnectorStatus of(JsonNode json) {
    List<Task> tasks = new ArrayList<>();
    for (JsonNode task : json.path("tasks")) {
      tasks.add(
          new Task(
              task.path("id").asInt(),
              task.path("state").asText(),
              task.path("worker_id").asText(),
              task.path("trace").asText("")));
    }
    JsonNode connector = json.path("connector");
    return new ConnectorStatus(
        connector.path("state").asText(),
        connector.path("worker_id").asText(),
        connector.path("trace").asText(""),
        tasks);
  }

  /**
   * Whether the connector and at least {@code atLeast} tasks run and no task does anything else.
   */
  public boolean running(int atLeast) {
    return state.equals(RUNNING)
        && tasks.size() >= atLeast
        && tasks.stream().allMatch(task -> task.state().equals(RUNNING));
  }

  /** The stack trace of the connector or of the first task that has failed, or null. */
  public String failure() {
    if (state.equals(FAILED)) {
      return trace;
    }
    return tasks.stream()
        .filter(task -> task.state().equals(FAILED))
        .map(Task::trace)
        .findFirst()
        .orElse(null);
  }
}
