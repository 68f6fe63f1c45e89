package io.dmconnect.it.scenario;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A scenario's tables in the two MySQL servers, and what became of them. */
final class Tables {
  private final Scenario scenario;
  private final Names names;
  private final Map<String, Shard> live = new LinkedHashMap<>();
  private final List<Ends.Rows> departed = new ArrayList<>();
  private int number;

  Tables(Scenario scenario, Names names) {
    this.scenario = scenario;
    this.names = names;
  }

  /** Makes the databases, the tables that are there from the start, and a row in each. */
  void create(Servers servers) {
    Set<String> made = new LinkedHashSet<>();
    List<Shard> all = new ArrayList<>(scenario.shards().values());
    all.addAll(scenario.later().values());
    for (Shard shard : all) {
      if (made.add(shard.source() + shard.database())) {
        servers
            .source(shard.source())
            .run("CREATE DATABASE `" + names.database(shard) + "` CHARACTER SET utf8mb4");
      }
    }

    scenario.tables().forEach((name, definition) -> create(servers, shard(name), definition));
    if (scenario.target() != null) {
      servers
          .tidb()
          .run(
              "CREATE DATABASE IF NOT EXISTS `" + names.target().schema() + "`",
              "CREATE TABLE " + names.target().quoted() + definition(scenario.target()));
    }

    rows(servers);
  }

  private static String definition(String text) {
    return text.startsWith("(") ? " " + text : " (" + text + ")";
  }

  void create(Servers servers, Shard shard, String definition) {
    servers
        .source(shard.source())
        .run("CREATE TABLE " + names.table(shard).quoted() + definition(definition));
    live.put(shard.name(), shard);
  }

  /** A statement with the real names in place of {@code {target}} and of shards, {@code {A}}. */
  String filled(String statement) {
    String text =
        statement
            .replace("{target}", names.target().quoted())
            .replace("{schema}", names.target().schema());
    Map<String, Shard> all = new LinkedHashMap<>(scenario.later());
    all.putAll(live);
    for (Shard shard : all.values()) {
      text = text.replace("{" + shard.name() + "}", names.table(shard).quoted());
    }

    return text;
  }

  /** The shard of that name as it is, or as the scenario states it when it is not there. */
  Shard shard(String name) {
    Shard stated = scenario.shards().getOrDefault(name, scenario.later().get(name));
    return live.getOrDefault(name, stated);
  }

  boolean isLive(String name) {
    return live.containsKey(name);
  }

  Collection<Shard> live() {
    return List.copyOf(live.values());
  }

  /** Renames tables of one source by one statement. */
  void rename(Servers servers, Map<Shard, Shard> renames) {
    List<String> parts = new ArrayList<>();
    renames.forEach(
        (old, renamed) ->
            parts.add(names.table(old).quoted() + " TO " + names.table(renamed).quoted()));
    String source = renames.keySet().iterator().next().source();
    servers.source(source).run("RENAME TABLE " + String.join(", ", parts));
    renames.forEach((old, renamed) -> live.put(old.name(), renamed));
  }

  /** Keeps a table's rows: the merged table has them for good. */
  void depart(Servers servers, Shard shard, boolean whole) throws SQLException {
    departed.add(new Ends(Set.of()).read(servers.source(shard.source()), names.table(shard)));
    if (whole) {
      live.remove(shard.name());
    }
  }

  /** The rows that the merged table should have. */
  List<Ends.Rows> expected(Servers servers, Ends ends) throws SQLException {
    List<Ends.Rows> rows = new ArrayList<>(departed);
    for (Shard shard : live.values()) {
      rows.add(ends.read(servers.source(shard.source()), names.table(shard)));
    }

    return rows;
  }

  /** A row into every table. */
  void rows(Servers servers) {
    if (scenario.rowsEach()) {
      live.values().forEach(shard -> row(servers, shard));
    }
  }

  void row(Servers servers, Shard shard) {
    number++;
    var mysql = servers.source(shard.source());
    mysql.run(RowMaker.insert(mysql, names.database(shard), shard.table(), number));
  }
}
