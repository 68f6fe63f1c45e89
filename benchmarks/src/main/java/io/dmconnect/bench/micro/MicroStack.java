package io.dmconnect.bench.micro;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.PluginZips;
import io.dmconnect.local.server.AvroConverterPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * The servers behind the benchmarks: a MySQL that is recorded, and the Avro converter's registry.
 */
final class MicroStack implements AutoCloseable {
  private final LocalStack stack;
  private final Path inputs;

  private MicroStack(LocalStack stack, Path inputs) {
    this.stack = stack;
    this.inputs = inputs;
  }

  /** Starts the servers, records, and stops what the benchmarks do not need. */
  static MicroStack start(Path home, ArtifactStore store) throws IOException, SQLException {
    LocalStack stack =
        LocalStack.builder().store(store).mysql(Recorder.BIG_EVENTS).avroRegistry().start();
    try {
      Path folder = stack.workspace().folder("inputs");
      Inputs inputs = new Inputs(folder);
      inputs.write(Recorder.record(stack.mysql()));
      Path plugin = stack.workspace().root().resolve("avro-converter");
      AvroConverterPlugin.link(
          store, List.of(PluginZips.builtJar(home, "connect-avro-converter")), plugin);
      inputs.write(Converters.AVRO, plugin, stack.avroRegistry().converterSettings());
      inputs.write(Converters.APICURIO, plugin, stack.avroRegistry().apicurioSettings());
      stack.mysql().stop();
      return new MicroStack(stack, folder);
    } catch (IOException | SQLException | RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /** The folder for {@link Inputs}. */
  Path inputs() {
    return inputs;
  }

  @Override
  public void close() {
    stack.close();
  }
}
