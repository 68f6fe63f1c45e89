package io.dmconnect.it.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads scenario files. */
final class ScenarioReader {
  private static final Path FOLDER = Path.of("src/test/resources/shard-scenarios");
  private static final List<String> DM_SHARDS =
      List.of("A: s1.d1.t1", "B: s2.d1.t1", "C: s2.d1.t2");

  private static final String OWN = "own/";

  /** All scenarios, in the order of their files. */
  static List<Scenario> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      List<Path> sorted = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      List<Scenario> scenarios = new ArrayList<>();
      for (Path file : sorted) {
        String id = FOLDER.relativize(file).toString().replaceFirst("\\.yaml$", "");
        scenarios.add(read(id, scenarios.size() + 1, Files.readString(file)));
      }

      return scenarios;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the scenarios in " + FOLDER, e);
    }
  }

  /** One scenario; its file's text must say what DM does and what we do. */
  static Scenario read(String id, int number, String text) {
    org.yaml.snakeyaml.Yaml parser =
        new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()));
    Yaml yaml = new Yaml(id, parser.load(text));
    String title = yaml.required("title");
    List<String> cases = new ArrayList<>(yaml.texts("cases"));
    if (cases.isEmpty() && !id.startsWith(OWN)) {
      cases.add(id.substring(id.indexOf('/') + 1));
    }

    String dm = yaml.required("dm");
    String ours = yaml.required("ours");
    String open = yaml.text("open", null);
    List<Mode> modes = yaml.texts("modes").stream().map(Mode::of).toList();
    String oneMode = oneMode(id, yaml.text("one-mode", null), modes);
    Map<String, Shard> shards = shards(id, yaml.take("shards"), true);
    Map<String, Shard> later = shards(id, yaml.take("later"), false);
    Map<String, String> tables = tables(id, yaml.take("tables"), shards);
    String target = yaml.text("target", null);
    Object route = yaml.take("route");
    boolean routed = !"none".equals(route);
    Map<String, String> routeKeys = routed ? Yaml.textMap(id + " route", route) : null;
    boolean rowsEach = yaml.text("rows", "each").equals("each");
    List<String> names = new ArrayList<>(shards.keySet());
    names.addAll(later.keySet());
    List<Step> steps = new StepReader(names).steps(id, yaml.take("steps"));
    Map<Mode, Scenario.Compare> compare = compare(id, yaml.take("compare"));
    String pipeline = yaml.text("pipeline", "main");
    yaml.end();
    return new Scenario(
        id, number, title, cases, dm, ours, open, modes, oneMode, pipeline, shards, later, tables,
        target, routeKeys, rowsEach, steps, compare);
  }

  /** Why the other mode is left out: stated when one is, and only then. */
  private static String oneMode(String id, String reason, List<Mode> modes) {
    boolean one = modes.contains(Mode.OPTIMISTIC) != modes.contains(Mode.PESSIMISTIC);
    if (one && reason == null) {
      throw new IllegalArgumentException(
          id + " leaves out the optimistic or the pessimistic mode, and no one-mode says why");
    }

    if (!one && reason != null) {
      throw new IllegalArgumentException(
          id + " has a one-mode, but leaves out neither or both of the modes it is about");
    }

    return reason;
  }

  private static Map<String, Shard> shards(String id, Object node, boolean standard) {
    Map<String, Shard> shards = new LinkedHashMap<>();
    if (node == null && standard) {
      DM_SHARDS.forEach(one -> put(shards, one.substring(0, 1), one.substring(3)));
    }

    Yaml.textMap(id + " shards", node).forEach((name, path) -> put(shards, name, path));
    return shards;
  }

  private static void put(Map<String, Shard> shards, String name, String path) {
    shards.put(name, Shard.of(name, path));
  }

  private static Map<String, String> tables(String id, Object node, Map<String, Shard> shards) {
    Map<String, String> tables = new LinkedHashMap<>();
    if (node instanceof Map<?, ?>) {
      Yaml.textMap(id + " tables", node)
          .forEach((names, text) -> List.of(names.split(" ")).forEach(n -> tables.put(n, text)));
    } else {
      String text = node == null ? "id INT PRIMARY KEY" : String.valueOf(node);
      shards.keySet().forEach(name -> tables.put(name, text));
    }

    if (!tables.keySet().equals(shards.keySet())) {
      throw new IllegalArgumentException(
          id + " defines tables " + tables.keySet() + " for the shards " + shards.keySet());
    }

    return tables;
  }

  private static Map<Mode, Scenario.Compare> compare(String id, Object node) {
    Map<Mode, Scenario.Compare> compare = new EnumMap<>(Mode.class);
    if (node == null) {
      return compare;
    }

    Yaml yaml = new Yaml(id + " compare", node);
    for (Mode mode : Mode.values()) {
      Object own = yaml.take(mode.word());
      if (own != null) {
        compare.put(mode, one(new Yaml(id + " compare", own)));
      }
    }

    if (compare.isEmpty()) {
      Scenario.Compare one = one(yaml);
      List.of(Mode.values()).forEach(mode -> compare.put(mode, one));
    }

    yaml.end();
    return compare;
  }

  private static Scenario.Compare one(Yaml yaml) {
    Scenario.Compare compare =
        new Scenario.Compare(
            yaml.names("except"), yaml.flag("rows", true), yaml.flag("schema", true));
    yaml.end();
    return compare;
  }

  private ScenarioReader() {}
}
