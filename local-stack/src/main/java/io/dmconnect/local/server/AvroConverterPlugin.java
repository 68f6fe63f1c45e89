package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Apicurio's Avro converter as a Connect plugin folder.
 *
 * <p>Jars that a worker must bring itself are left out, and the service manifest that the published
 * jar lacks is added, so that workers with {@code plugin.discovery=service_load} find it.
 */
public final class AvroConverterPlugin {
  private static final List<String> WORKER_JARS =
      List.of("kafka-clients", "connect-", "slf4j-", "lz4-", "snappy-", "zstd-", "javax.ws.rs");

  private AvroConverterPlugin() {}

  /** The plugin's folder: to be put into a folder of the {@code plugin.path}. */
  public static Path folder(ArtifactStore store) {
    ArtifactSet set = ArtifactSet.of("avro-converter");
    return store.unpacked(set, AvroConverterPlugin::fill);
  }

  private static void fill(Path jars, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(jars)) {
      for (Path jar : files.toList()) {
        String name = jar.getFileName().toString();
        if (WORKER_JARS.stream().noneMatch(name::startsWith)) {
          Files.copy(jar, folder.resolve(name));
        }
      }
    }
    Path manifest = folder.resolve("service-manifest.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(manifest))) {
      out.putNextEntry(
          new ZipEntry("META-INF/services/org.apache.kafka.connect.storage.Converter"));
      out.write(AvroRegistry.CONVERTER.getBytes(StandardCharsets.UTF_8));
    }
  }
}
