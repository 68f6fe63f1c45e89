package io.dmconnect.bench.e2e;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.PluginZips;
import io.dmconnect.local.demo.ExampleConfigs;
import io.dmconnect.local.server.AvroRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** This project's connectors with the settings of the shipped examples. */
final class DmConnect implements Contender {
  private final Path home;
  private final boolean apicurio;

  /**
   * The contender.
   *
   * @param home the checkout
   * @param apicurio whether it takes Apicurio's Avro converter instead of its own
   */
  DmConnect(Path home, boolean apicurio) {
    this.home = home;
    this.apicurio = apicurio;
  }

  @Override
  public String title() {
    return apicurio ? "DM Connect, Apicurio" : "DM Connect";
  }

  @Override
  public List<Path> plugins(ArtifactStore store) {
    return List.of(
        PluginZips.built(home, "connect-source-mysql-dm"),
        PluginZips.built(home, "connect-sink-tidb"));
  }

  @Override
  public List<Path> converterJars() {
    return List.of(PluginZips.builtJar(home, "connect-avro-converter"));
  }

  private Map<String, String> converters(LocalStack stack) {
    return apicurio
        ? stack.avroRegistry().apicurioSettings()
        : stack.avroRegistry().converterSettings();
  }

  @Override
  public Map<String, String> source(LocalStack stack, String name, List<String> tables) {
    Map<String, String> config =
        new ExampleConfigs(home).source(name, stack.mysql(), serverId(name));
    config.remove("do-dbs");
    config.put("database.ssl.mode", "disabled");
    config.put("do-tables", String.join(",", Tables.qualified(tables)));
    config.putAll(converters(stack));
    return config;
  }

  @Override
  public List<Integer> hotTasks(int tables) {
    return List.of(1);
  }

  @Override
  public Map<String, String> sink(LocalStack stack, String source, boolean mixed, int tasks) {
    Map<String, String> config = new ExampleConfigs(home).sink(stack.tidb());
    config.keySet().removeIf(key -> key.startsWith("routes"));
    config.put("tasks.max", Integer.toString(tasks));
    config.put("topics.regex", source + "\\..*");
    AvroRegistry.addConverters(config, converters(stack));
    return config;
  }

  static int serverId(String name) {
    return 20_000 + Math.floorMod(name.hashCode(), 10_000);
  }
}
