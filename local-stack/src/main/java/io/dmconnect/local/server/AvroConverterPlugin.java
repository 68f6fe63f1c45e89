package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Apicurio's Avro converter as a Connect plugin folder.
 *
 * <p>Jars that a worker must bring itself are left out, and the service manifest that the published
 * jar lacks is added, so that workers with {@code plugin.discovery=service_load} find it. So is a
 * resolver that keeps what it found, {@code io.dmconnect.local.avro.CachingSchemaResolver}.
 */
public final class AvroConverterPlugin {
  private static final List<String> WORKER_JARS =
      List.of("kafka-clients", "connect-", "slf4j-", "lz4-", "snappy-", "zstd-", "javax.ws.rs");

  /** The class of the resolver; only the plugin can load it. */
  static final String RESOLVER = "io.dmconnect.local.avro.CachingSchemaResolver";

  private static final String RESOLVER_FILE = RESOLVER.replace('.', '/') + ".class";

  private AvroConverterPlugin() {}

  /** The plugin's folder: to be put into a folder of the {@code plugin.path}. */
  public static Path folder(ArtifactStore store) {
    ArtifactSet set = ArtifactSet.of("avro-converter");
    byte[] resolver = resolver();
    String key = set.key() + "-plugin-" + Digest.shortHash(HexFormat.of().formatHex(resolver));
    Path jars = store.unpacked(set, AvroConverterPlugin::copy);
    return store.once(key, "Completing " + set.title(), folder -> fill(jars, resolver, folder));
  }

  /**
   * Fills a folder of the {@code plugin.path} with the plugin and more jars for it.
   *
   * @param folder a folder that does not exist; it gets links
   */
  public static void link(ArtifactStore store, List<Path> moreJars, Path folder)
      throws IOException {
    List<Path> jars = new ArrayList<>(moreJars);
    try (Stream<Path> files = Files.list(folder(store))) {
      files.forEach(jars::add);
    }
    Files.createDirectories(folder);
    for (Path jar : jars) {
      Files.createSymbolicLink(folder.resolve(jar.getFileName()), jar.toAbsolutePath());
    }
  }

  private static byte[] resolver() {
    try (InputStream in = AvroConverterPlugin.class.getResourceAsStream('/' + RESOLVER_FILE)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOLVER, e);
    }
  }

  private static void copy(Path jars, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(jars)) {
      for (Path jar : files.toList()) {
        String name = jar.getFileName().toString();
        if (WORKER_JARS.stream().noneMatch(name::startsWith)) {
          Files.copy(jar, folder.resolve(name));
        }
      }
    }
  }

  private static void fill(Path jars, byte[] resolver, Path folder) throws IOException {
    copy(jars, folder);
    Path jar = folder.resolve("local-stack-avro.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(
          new ZipEntry("META-INF/services/org.apache.kafka.connect.storage.Converter"));
      out.write(AvroRegistry.CONVERTER.getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry(RESOLVER_FILE));
      out.write(resolver);
    }
  }
}
