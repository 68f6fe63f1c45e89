package io.dmconnect.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dmconnect.local.process.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Kafka Connect's REST API. Requests go to the first worker that answers; one that is refused
 * because the workers are rebalancing (status 409) is repeated. Thread-safe.
 */
public final class ConnectRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REBALANCE_LIMIT = Duration.ofSeconds(60);

  private final Supplier<List<String>> workers;

  /**
   * A client of one Connect cluster.
   *
   * @param workers the base URLs of the workers that are up at the moment
   */
  public ConnectRest(Supplier<List<String>> workers) {
    this.workers = workers;
  }

  /** The class names of the connectors that the workers have found. */
  public List<String> connectorPlugins() {
    List<String> classes = new ArrayList<>();
    call("GET", "/connector-plugins", null)
        .forEach(plugin -> classes.add(plugin.path("class").asText()));
    return classes;
  }

  /** The names of all connectors. */
  public List<String> connectors() {
    List<String> names = new ArrayList<>();
    call("GET", "/connectors", null).forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Creates a connector, or gives an existing one a new configuration. */
  public void create(String name, Map<String, String> config) {
    call("PUT", "/connectors/" + name + "/config", JSON.valueToTree(config));
  }

  /**
   * Validates a configuration as Connect does before it creates a connector.
   *
   * @param config must hold {@code connector.class}
   * @return the error messages of each key that has some, by key
   */
  public Map<String, List<String>> validate(Map<String, String> config) {
    String path = "/connector-plugins/" + config.get("connector.class") + "/config/validate";
    Map<String, List<String>> errors = new TreeMap<>();
    for (JsonNode entry : call("PUT", path, JSON.valueToTree(config)).path("configs")) {
      JsonNode value = entry.path("value");
      List<String> messages = new ArrayList<>();
      value.path("errors").forEach(message -> messages.add(message.asText()));
      if (!messages.isEmpty()) {
        errors.put(value.path("name").asText(), messages);
      }
    }
    return errors;
  }

  /** The states of a connector and its tasks, as Connect reports them. */
  public ConnectorStatus status(String name) {
    return ConnectorStatus.of(call("GET", "/connectors/" + name + "/status", null));
  }

  /**
   * Waits until the connector and at least {@code tasks} tasks run.
   *
   * @throws Await.AwaitException with the stack trace of a task that has failed
   */
  public void awaitRunning(String name, int tasks, Duration limit) {
    Await.until(
        "connector " + name + " with " + tasks + " running tasks",
        limit,
        () -> status(name).running(tasks),
        () -> failure(name));
  }

  /** Waits until the connector or one of its tasks has failed, and returns the stack trace. */
  public String awaitFailure(String name, Duration limit) {
    return Await.value("connector " + name + " to fail", limit, () -> status(name).failure());
  }

  /** The stack trace of a failed connector or task, or null when none has failed. */
  public String failure(String name) {
    try {
      return status(name).failure();
    } catch (RestException e) {
      return null;
    }
  }

  /** Restarts a connector and all its tasks. */
  public void restart(String name) {
    call("POST", "/connectors/" + name + "/restart?includeTasks=true", null);
  }

  /** Restarts what has failed of a connector and its tasks. */
  public void restartFailed(String name) {
    call("POST", "/connectors/" + name + "/restart?includeTasks=true&onlyFailed=true", null);
  }

  /** Pauses a connector: its tasks stay but do nothing. */
  public void pause(String name) {
    call("PUT", "/connectors/" + name + "/pause", null);
  }

  /** Lets a paused or stopped connector go on. */
  public void resume(String name) {
    call("PUT", "/connectors/" + name + "/resume", null);
  }

  /** Stops a connector: its tasks end, its configuration and offsets stay. */
  public void stop(String name) {
    call("PUT", "/connectors/" + name + "/stop", null);
  }

  /** Deletes a connector; offsets and consumer group stay in Kafka. */
  public void delete(String name) {
    call("DELETE", "/connectors/" + name, null);
  }

  /** The configuration of a connector. */
  public Map<String, String> config(String name) {
    Map<String, String> config = new LinkedHashMap<>();
    call("GET", "/connectors/" + name + "/config", null)
        .properties()
        .forEach(field -> config.put(field.getKey(), field.getValue().asText()));
    return config;
  }

  /** The committed offsets: {@code {"offsets": [{"partition": .., "offset": ..}]}}. */
  public JsonNode offsets(String name) {
    return call("GET", "/connectors/" + name + "/offsets", null);
  }

  /** Replaces offsets of a stopped connector; same form as {@link #offsets}. */
  public void alterOffsets(String name, JsonNode offsets) {
    call("PATCH", "/connectors/" + name + "/offsets", offsets);
  }

  /** Deletes all offsets of a stopped connector. */
  public void resetOffsets(String name) {
    call("DELETE", "/connectors/" + name + "/offsets", null);
  }

  private JsonNode call(String method, String path, JsonNode body) {
    Http.Answer answer =
        Await.value(
            method + " " + path,
            REBALANCE_LIMIT,
            () -> {
              Http.Answer current = send(method, path, body == null ? null : body.toString());
              return isTransient(current) ? null : current;
            });
    if (!answer.ok()) {
      throw new RestException(method + " " + path, answer);
    }
    return parse(answer.body());
  }

  // The texts are those of Connect's RestClient and HerderRequestHandler.
  private static boolean isTransient(Http.Answer answer) {
    return switch (answer.status()) {
      case 409 -> true;
      case 500 ->
          answer.body().contains("trying to forward REST request")
              || answer.body().contains("Request timed out");
      default -> false;
    };
  }

  private Http.Answer send(String method, String path, String body) throws IOException {
    IOException last = new IOException("No Connect worker is running");
    for (String worker : workers.get()) {
      try {
        return Http.send(method, worker + path, body);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  static JsonNode parse(String json) {
    try {
      return json.isEmpty() ? JSON.nullNode() : JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Not JSON: " + json, e);
    }
  }

  /** A request that the worker refused. */
  public static final class RestException extends RuntimeException {
    private final int status;

    RestException(String request, Http.Answer answer) {
      super(request + " answered " + answer.status() + ": " + answer.body());
      this.status = answer.status();
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }
}
