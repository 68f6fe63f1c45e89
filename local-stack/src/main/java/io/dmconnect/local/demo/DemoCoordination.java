package io.dmconnect.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dmconnect.local.client.Http;
import io.dmconnect.local.server.Coordinator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The coordinator as its users meet it: connector settings, REST, and {@code ./dm} commands. */
final class DemoCoordination {
  private static final String TASK = "demo";

  private final ObjectMapper json = new ObjectMapper();
  private final Coordinator coordinator;
  private final ShardSettings settings;
  private final Path home;

  DemoCoordination(Coordinator coordinator, String zooKeeper, Path home, ShardMode mode) {
    this.coordinator = coordinator;
    this.settings = new ShardSettings(zooKeeper, TASK, mode);
    this.home = home;
  }

  ShardMode mode() {
    return settings.mode();
  }

  /** Adds what makes a source state its tables. */
  void addTo(Map<String, String> source) {
    settings.addTo(source);
  }

  /** Adds what makes a sink ask before it changes a merged table. */
  void addTo(Map<String, String> sink, List<String> sources) {
    settings.addTo(sink, sources);
  }

  /** How many members of the merged table wait; 0 while nothing is known of it. */
  int waiting() {
    return group().path("waiting").asInt();
  }

  /** How many of these wait because of a conflict. */
  int conflicts() {
    return group().path("conflicts").asInt();
  }

  private JsonNode group() {
    try {
      String path = "/api/v1/tasks/" + TASK + "/groups/" + DemoDatabase.SCHEMA + "/";
      Http.Answer answer = Http.get(coordinator.url() + path + DemoDatabase.MERGED);
      return answer.ok() ? json.readTree(answer.body()) : json.missingNode();
    } catch (IOException e) {
      throw new UncheckedIOException("The coordinator does not answer", e);
    }
  }

  /** Runs {@code ./dm shard-ddl-lock list} and returns what it prints. */
  String listLocks() {
    return dm("shard-ddl-lock", "list", TASK);
  }

  /** Runs {@code ./dm shard-ddl-lock unlock --action skip} for one shard. */
  String skip(String source, String table) {
    return dm(
        "shard-ddl-lock",
        "unlock",
        TASK + "-`" + DemoDatabase.SCHEMA + "`.`" + DemoDatabase.MERGED + "`",
        "--source",
        source,
        "--database",
        DemoDatabase.SCHEMA,
        "--table",
        table,
        "--action",
        "skip");
  }

  private String dm(String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(home.toAbsolutePath().resolve("dm").normalize().toString());
    line.addAll(List.of(arguments));
    line.addAll(List.of("--coordinator", coordinator.url()));
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return "$ ./dm " + pasteable(arguments) + "\n" + output.stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + line, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + line, e);
    }
  }

  private static String pasteable(String... arguments) {
    return Arrays.stream(arguments)
        .map(argument -> argument.contains("`") ? "'" + argument + "'" : argument)
        .collect(Collectors.joining(" "));
  }
}
