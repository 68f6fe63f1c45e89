package io.dmconnect.local.artifact;

import io.dmconnect.local.process.Programs;
import io.dmconnect.local.process.Programs.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the shared libraries that a server binary needs and the system lacks, and fetches them from
 * the distribution's packages into the cache, without installing anything.
 */
public final class NativeLibraries {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  // Debian 13 and Ubuntu 24.04 renamed the packages of libraries with a 64-bit time_t.
  private static final Map<String, List<String>> PACKAGES =
      Map.of(
          "libaio.so.1", List.of("libaio1", "libaio1t64"),
          "libnuma.so.1", List.of("libnuma1"));

  private final ArtifactStore store;
  private final String aptGet;

  /** Fetched libraries go to {@code store}. */
  public NativeLibraries(ArtifactStore store) {
    this(store, "apt-get");
  }

  /** Fetches with another program than {@code apt-get}. */
  NativeLibraries(ArtifactStore store, String aptGet) {
    this.store = store;
    this.aptGet = aptGet;
  }

  /**
   * The environment in which a server binary finds its libraries: empty when the system has them.
   *
   * @throws IllegalStateException naming the command to run when a library cannot be had
   */
  public Map<String, String> environmentFor(Path program) {
    List<String> missing = missing(program, Map.of());
    if (missing.isEmpty()) {
      return Map.of();
    }
    String key = "native-libraries-" + String.join("-", missing);
    Path folder =
        store.once(key, "Fetching " + String.join(", ", missing), target -> fetch(missing, target));
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", folder.toString());
    List<String> still = missing(program, environment);
    if (!still.isEmpty()) {
      throw new IllegalStateException(advice(program.toString(), still));
    }
    return environment;
  }

  private static List<String> missing(Path program, Map<String, String> environment) {
    List<String> line = List.of("ldd", program.toString());
    return parseMissing(Programs.run(line, Path.of("."), environment, LIMIT).output());
  }

  /** The names that ldd(1) reports as "not found". */
  static List<String> parseMissing(String lddOutput) {
    return lddOutput
        .lines()
        .filter(line -> line.contains("=> not found"))
        .map(line -> line.strip().replaceFirst("\\s.*", ""))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Unpacks the libraries' packages.
   *
   * @throws IllegalStateException naming the command to run when a library cannot be had
   */
  void fetch(List<String> libraries, Path folder) throws IOException {
    if (Programs.find(aptGet).isEmpty() || Programs.find("dpkg").isEmpty()) {
      throw new IllegalStateException(advice("The server", libraries));
    }
    Programs.run(List.of(aptGet, "update", "-qq"), LIMIT);
    for (String library : libraries) {
      List<String> names = PACKAGES.getOrDefault(library, List.of());
      boolean found = names.stream().anyMatch(name -> unpack(name, folder));
      if (!found) {
        throw new IllegalStateException(advice("The server", List.of(library)));
      }
    }
    linkInto(folder, libraries);
  }

  private boolean unpack(String name, Path folder) {
    Result download =
        Programs.run(List.of(aptGet, "download", "-qq", name), folder, Map.of(), LIMIT);
    return download.ok()
        && Programs.run(
                List.of("sh", "-c", "dpkg -x " + name + "_*.deb ."), folder, Map.of(), LIMIT)
            .ok();
  }

  private static void linkInto(Path folder, List<String> libraries) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> files = tree.filter(Files::isRegularFile).toList();
      for (String library : libraries) {
        for (Path file : files) {
          if (file.getFileName().toString().startsWith(library)) {
            Files.deleteIfExists(folder.resolve(library));
            Files.createSymbolicLink(folder.resolve(library), folder.relativize(file));
          }
        }
      }
    }
  }

  private static String advice(String program, List<String> libraries) {
    return program
        + " needs the shared libraries "
        + String.join(", ", libraries)
        + ". Install them: Debian 12: apt-get install libaio1 libnuma1, Debian 13 and Ubuntu 24.04:"
        + " apt-get install libaio1t64 libnuma1 && ln -s libaio.so.1t64"
        + " /usr/lib/x86_64-linux-gnu/libaio.so.1, Fedora: dnf install libaio numactl-libs";
  }
}
