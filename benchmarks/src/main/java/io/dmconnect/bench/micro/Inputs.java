package io.dmconnect.bench.micro;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The folder through which the command hands the benchmarks' JVMs what they work on. */
final class Inputs {
  /** The system property that names the folder. */
  static final String FOLDER = "dm.bench.inputs";

  private static final String RECORDING = "recording.bin";
  private static final String PLUGIN = "plugin.folder";

  private final Path folder;

  Inputs(Path folder) {
    this.folder = folder;
  }

  /** The folder of this JVM. */
  static Inputs ofThisJvm() {
    String name = System.getProperty(FOLDER);
    if (name == null) {
      throw new IllegalStateException("Run the benchmarks by ./dm microbench");
    }
    return new Inputs(Path.of(name));
  }

  void write(Recording recording) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(folder.resolve(RECORDING))))) {
      recording.write(out);
    }
  }

  Recording recording() {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(folder.resolve(RECORDING))))) {
      return Recording.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("The recording in " + folder + " cannot be read", e);
    }
  }

  /** Keeps where a converter's jars are and a worker's settings of it. */
  void write(String converter, Path plugin, Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.setProperty(PLUGIN, plugin.toString());
    try (Writer out = Files.newBufferedWriter(folder.resolve(converter + ".properties"))) {
      properties.store(out, null);
    }
  }

  /** The folder of a converter's jars. */
  Path plugin(String converter) {
    return Path.of(properties(converter).getProperty(PLUGIN));
  }

  /** A worker's settings of a converter. */
  Map<String, String> settings(String converter) {
    Properties properties = properties(converter);
    return properties.stringPropertyNames().stream()
        .filter(name -> !name.equals(PLUGIN))
        .collect(
            Collectors.toMap(name -> name, properties::getProperty, (a, b) -> a, TreeMap::new));
  }

  private Properties properties(String converter) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve(converter + ".properties"))) {
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException("The converter's settings in " + folder + " are missing", e);
    }
  }
}
