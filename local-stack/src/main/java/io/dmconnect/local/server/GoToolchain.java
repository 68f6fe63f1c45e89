package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Go that builds TiDB. From 1.21 on Go gets the version that a module needs itself (<a
 * href="https://go.dev/doc/toolchain">Go Toolchains</a>). An older one, such as Debian 12 has, can
 * only download that toolchain, as it would any module; the rest is done here.
 */
final class GoToolchain {
  /** The version that TiDB's go.mod names. */
  static final String VERSION = "1.23.4";

  private static final String MODULE = "golang.org/toolchain";
  private static final int GETS_TOOLCHAINS = 21;
  // the first whose `go mod download` needs no go.mod around it
  private static final int GETS_MODULES = 16;
  private static final Pattern MINOR = Pattern.compile("go version go1\\.(\\d+)");
  private static final Duration ASK_LIMIT = Duration.ofSeconds(30);
  private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(20);
  private static final String[] FOLDERS = {
    "/usr/local/go/bin",
    "/usr/lib/go/bin",
    "/usr/lib/go-1.24/bin",
    "/usr/lib/go-1.23/bin",
    "/usr/lib/go-1.22/bin",
    "/usr/lib/go-1.21/bin"
  };

  private GoToolchain() {}

  /**
   * A {@code go} that can build TiDB; the first call may download it.
   *
   * @return empty when this machine has no Go that is of use
   */
  static Optional<Path> program(ArtifactStore store) {
    List<Path> found = Programs.all("go", FOLDERS);
    Optional<Path> recent = found.stream().filter(go -> minor(go) >= GETS_TOOLCHAINS).findFirst();
    return recent.isPresent()
        ? recent
        : found.stream()
            .filter(go -> minor(go) >= GETS_MODULES)
            .findFirst()
            .map(go -> downloaded(go, store));
  }

  private static Path downloaded(Path go, ArtifactStore store) {
    String platform = ask(go, "env", "GOOS").strip() + '-' + ask(go, "env", "GOARCH").strip();
    String module = MODULE + "@v0.0.1-go" + VERSION + '.' + platform;
    return store
        .once(
            "go-" + VERSION + '-' + platform,
            "Fetching Go " + VERSION,
            folder -> download(go, module, folder))
        .resolve(module)
        .resolve("bin")
        .resolve("go");
  }

  private static void download(Path go, String module, Path folder) throws IOException {
    Programs.require(
        List.of(go.toString(), "mod", "download", "-modcacherw", module),
        folder,
        Map.of("GOMODCACHE", folder.toString(), "GOFLAGS", ""),
        DOWNLOAD_LIMIT);
    // a module's files are not executable
    for (String programs : List.of("bin", "pkg/tool")) {
      try (Stream<Path> files = Files.walk(folder.resolve(module).resolve(programs))) {
        files.filter(Files::isRegularFile).forEach(GoToolchain::makeExecutable);
      }
    }
  }

  private static void makeExecutable(Path file) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make " + file + " executable", e);
    }
  }

  private static int minor(Path go) {
    return minor(ask(go, "version"));
  }

  /** The number after "1." in what {@code go version} prints; 0 when it is no version. */
  static int minor(String version) {
    Matcher matcher = MINOR.matcher(version);
    return matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static String ask(Path go, String... words) {
    List<String> line = Stream.concat(Stream.of(go.toString()), Stream.of(words)).toList();
    return Programs.run(line, ASK_LIMIT).output();
  }
}
