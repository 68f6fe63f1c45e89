package io.dmconnect.bench.e2e;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.PluginZips;
import io.dmconnect.local.demo.ExampleConfigs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** This project's connectors with the settings of the shipped examples. */
final class DmConnect implements Contender {
  private final Path home;

  DmConnect(Path home) {
    this.home = home;
  }

  @Override
  public String title() {
    return "DM Connect";
  }

  @Override
  public List<Path> plugins(ArtifactStore store) {
    return List.of(
        PluginZips.built(home, "connect-source-mysql-dm"),
        PluginZips.built(home, "connect-sink-tidb"));
  }

  @Override
  public Map<String, String> source(LocalStack stack, String name, List<String> tables) {
    Map<String, String> config =
        new ExampleConfigs(home).source(name, stack.mysql(), serverId(name));
    config.remove("do-dbs");
    config.put("database.ssl.mode", "disabled");
    config.put("do-tables", String.join(",", Tables.qualified(tables)));
    config.putAll(stack.avroRegistry().converterSettings());
    return config;
  }

  @Override
  public Map<String, String> sink(
      LocalStack stack, String source, List<String> tables, boolean mixed) {
    Map<String, String> config = new ExampleConfigs(home).sink(stack.tidb());
    config.keySet().removeIf(key -> key.startsWith("routes"));
    config.put("tasks.max", "1");
    config.put("topics.regex", source + "\\..*");
    stack.avroRegistry().addConverters(config);
    return config;
  }

  static int serverId(String name) {
    return 20_000 + Math.floorMod(name.hashCode(), 10_000);
  }
}
