package io.dmconnect.it.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the steps of a scenario's file. */
final class StepReader {
  private final Set<String> shards;

  StepReader(Collection<String> shards) {
    this.shards = new LinkedHashSet<>(shards);
  }

  List<Step> steps(String where, Object node) {
    if (!(node instanceof Collection<?> list)) {
      throw new IllegalArgumentException(where + " has no list of steps");
    }

    List<Step> steps = new ArrayList<>();
    int number = 0;
    for (Object one : list) {
      number++;
      String here = where + ", step " + number;
      Map<String, Object> keys = new Yaml(here, one).rest();
      keys.forEach((key, value) -> steps.addAll(step(here, key, value)));
    }

    return steps;
  }

  private List<Step> step(String where, String key, Object value) {
    return switch (key) {
      case "expect" -> List.of(expect(new Yaml(where, value)));
      case "exit" -> List.of(operate(new Yaml(where, value)));
      case "restart", "stop", "start", "forget" ->
          List.of(new Step.Handle(key, String.valueOf(value)));
      case "config" -> configure(where, value);
      case "target" -> List.of(new Step.OnTarget(Yaml.texts(value)));
      case "sql" -> onShards(where, value, "");
      case "insert" ->
          Yaml.texts(value).stream().<Step>map(s -> new Step.Insert(known(where, s))).toList();
      case "drop" -> removal(where, value, true);
      case "truncate" -> removal(where, value, false);
      case "create" -> entries(where, value, Step.Create::new);
      case "rename" -> List.of(rename(where, value));
      case "repeat" -> List.of(repeat(new Yaml(where, value)));
      case "optimistic", "pessimistic", "strict" ->
          List.of(new Step.Only(Mode.of(key), steps(where + " " + key, value)));
      default -> onShards(where, Map.of(key, value), "ALTER TABLE {table} ");
    };
  }

  private interface Maker {
    Step make(String shard, String text);
  }

  private List<Step> entries(String where, Object value, Maker maker) {
    List<Step> steps = new ArrayList<>();
    Yaml.textMap(where, value)
        .forEach((shard, text) -> steps.add(maker.make(known(where, shard), text)));
    return steps;
  }

  private static List<Step> configure(String where, Object value) {
    List<Step> steps = new ArrayList<>();
    new Yaml(where, value)
        .rest()
        .forEach((part, keys) -> steps.add(new Step.Configure(part, Yaml.textMap(where, keys))));
    return steps;
  }

  private Step rename(String where, Object value) {
    Map<String, String> names = Yaml.textMap(where, value);
    names.keySet().forEach(shard -> known(where, shard));
    return new Step.Rename(names);
  }

  private Step repeat(Yaml yaml) {
    int times = Integer.parseInt(yaml.required("times"));
    String shard = known(yaml.where(), yaml.required("shard"));
    List<String> statements = yaml.texts("sql");
    yaml.end();
    return new Step.Repeat(shard, times, statements);
  }

  private List<Step> removal(String where, Object value, boolean whole) {
    return Yaml.texts(value).stream()
        .<Step>map(shard -> new Step.Remove(known(where, shard), whole))
        .toList();
  }

  /** {@code A B: statements} runs them on A, then on B. */
  private List<Step> onShards(String where, Object value, String before) {
    List<Step> steps = new ArrayList<>();
    new Yaml(where, value)
        .rest()
        .forEach(
            (names, statements) -> {
              List<String> texts = Yaml.texts(statements).stream().map(before::concat).toList();
              for (String shard : names.split(" ")) {
                steps.add(new Step.Run(known(where, shard), texts));
              }
            });
    return steps;
  }

  private Step operate(Yaml yaml) {
    String exit = yaml.required("do");
    String shard = yaml.text("shard", null);
    boolean own = yaml.flag("own", false);
    List<String> statements = yaml.texts("sql");
    yaml.end();
    return new Step.Operate(
        exit, shard == null ? null : known(yaml.where(), shard), own, statements);
  }

  private Step expect(Yaml yaml) {
    Map<String, Set<String>> waits = new LinkedHashMap<>();
    Object waiting = yaml.take("waits");
    if (waiting != null) {
      new Yaml(yaml.where(), waiting)
          .rest()
          .forEach(
              (shard, others) ->
                  waits.put(known(yaml.where(), shard), new LinkedHashSet<>(Yaml.texts(others))));
    }

    Map<String, Step.Conflict> conflicts = new LinkedHashMap<>();
    Object conflict = yaml.take("conflict");
    if (conflict != null) {
      new Yaml(yaml.where(), conflict)
          .rest()
          .forEach((shard, texts) -> conflicts.put(known(yaml.where(), shard), conflict(texts)));
    }

    Set<String> idle = yaml.names("idle");
    List<String> table = yaml.texts("table");
    List<String> columns = yaml.texts("columns");
    String rows = yaml.text("rows", null);
    boolean converged = yaml.flag("converged", false);
    Map<String, List<String>> queries = new LinkedHashMap<>();
    Object asked = yaml.take("query");
    if (asked != null) {
      new Yaml(yaml.where(), asked)
          .rest()
          .forEach((sql, result) -> queries.put(sql, Yaml.texts(result)));
    }

    String failure = yaml.text("failure", null);
    yaml.end();
    return new Step.Expect(
        waits,
        conflicts,
        idle.contains("all") ? shards : idle,
        table.isEmpty() ? null : table,
        columns.isEmpty() ? null : columns,
        rows == null ? null : Integer.valueOf(rows),
        converged,
        queries,
        failure);
  }

  private static Step.Conflict conflict(Object node) {
    if (node instanceof Map<?, ?>) {
      Yaml yaml = new Yaml("conflict", node);
      Step.Conflict conflict = new Step.Conflict(yaml.texts("texts"), yaml.names("exits"));
      yaml.end();
      return conflict;
    }

    return new Step.Conflict(Yaml.texts(node), Set.of());
  }

  private String known(String where, String shard) {
    if (!shards.contains(shard)) {
      throw new IllegalArgumentException(where + ": there is no shard " + shard);
    }

    return shard;
  }
}
