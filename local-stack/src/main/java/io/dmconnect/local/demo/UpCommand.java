package io.dmconnect.local.demo;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.PrintedProgress;
import io.dmconnect.local.StackBuilder;
import io.dmconnect.local.cli.StackAddresses;
import io.dmconnect.local.cli.Subcommand;
import io.dmconnect.local.client.PluginZips;
import io.dmconnect.local.server.AvroRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dm up}: Kafka, Connect and ZooKeeper here, between databases of the user's own. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Start Kafka, Connect with both plugins, ZooKeeper and an Avro registry, and replicate"
            + " between databases that run already, until Ctrl-C.")
public final class UpCommand implements Subcommand {
  private static final String TASK = "up";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Option(
      names = "--source",
      paramLabel = "URL",
      required = true,
      description = "An upstream, mysql://user:password@host:port; may be repeated.")
  private List<String> sources;

  @Option(
      names = "--target",
      paramLabel = "URL",
      required = true,
      description = "The TiDB, mysql://user:password@host:port.")
  private String target;

  @Option(
      names = "--databases",
      paramLabel = "NAME",
      required = true,
      split = ",",
      description = "The databases to replicate.")
  private List<String> databases;

  @Option(
      names = "--set-source",
      paramLabel = "KEY=VALUE",
      description = "A key of all source connectors, key=value; may be repeated.")
  private Map<String, String> sourceSettings = new LinkedHashMap<>();

  @Option(
      names = "--set-sink",
      paramLabel = "KEY=VALUE",
      description = "A key of the sink connector, key=value (routes, …); may be repeated.")
  private Map<String, String> sinkSettings = new LinkedHashMap<>();

  @Option(
      names = "--shard-mode",
      paramLabel = "MODE",
      description =
          "Coordinate the schema changes of tables that routes merge into one: pessimistic or"
              + " optimistic. Starts a coordinator; its web page is at the address printed.")
  private ShardMode shardMode;

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("dm.home", "."));
    PrintStream out = System.out;
    StackBuilder builder =
        LocalStack.builder()
            .progress(new PrintedProgress(out))
            .externalTidb(target)
            .kafka()
            .zooKeeper()
            .avroRegistry()
            .connect(1)
            .plugins(
                PluginZips.built(home, "connect-source-mysql-dm"),
                PluginZips.built(home, "connect-sink-tidb"))
            .converterJars(PluginZips.builtJar(home, "connect-avro-converter"));
    if (shardMode != null) {
      builder.coordinators(home, 1);
    }
    for (int i = 0; i < sources.size(); i++) {
      builder.externalMysql(name(i), sources.get(i));
    }
    try (LocalStack stack = builder.start()) {
      createConnectors(stack, new ExampleConfigs(home), out);
      StackAddresses.print(stack, out);
      StackAddresses.printCommands(stack, out, name(0) + "." + databases.get(0) + ".TABLE");
      StackAddresses.awaitInterrupt(out);
    }
    return 0;
  }

  private void createConnectors(LocalStack stack, ExampleConfigs examples, PrintStream out) {
    List<String> names = new ArrayList<>();
    ShardSettings shards =
        shardMode == null
            ? null
            : new ShardSettings(stack.zooKeeper().connectString(), TASK, shardMode);
    for (int i = 0; i < sources.size(); i++) {
      Map<String, String> config = examples.source(name(i), stack.database(name(i)), 5701 + i);
      config.put("do-dbs", String.join(",", databases));
      config.putAll(stack.avroRegistry().converterSettings());
      if (shards != null) {
        shards.addTo(config);
      }
      config.putAll(sourceSettings);
      stack.rest().create(name(i), config);
      names.add(name(i));
    }
    Map<String, String> sink = examples.sink(stack.tidb());
    sink.keySet().removeIf(key -> key.startsWith("routes"));
    sink.put("topics.regex", "mysql-\\d+\\..*");
    AvroRegistry.addConverters(sink, stack.avroRegistry().converterSettings());
    if (shards != null) {
      shards.addTo(sink, names);
    }
    sink.putAll(sinkSettings);
    stack.rest().create("tidb", sink);
    names.add("tidb");
    for (String name : names) {
      stack.rest().awaitRunning(name, 1, LIMIT);
      out.println(name + " runs");
    }
  }

  private static String name(int index) {
    return "mysql-" + (index + 1);
  }
}
