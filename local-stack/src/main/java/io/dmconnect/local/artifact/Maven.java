package io.dmconnect.local.artifact;

import io.dmconnect.local.process.Folders;
import io.dmconnect.local.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets Maven resolve artifacts, with the repositories and mirrors the user has configured for it.
 */
final class Maven {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private Maven() {}

  /** Copies the artifacts of a set into a folder, by the default goal of its pom. */
  static void fetch(ArtifactSet set, Path folder) throws IOException {
    Path project = Files.createTempDirectory("dm-connect-maven-");
    try {
      Path pom = Files.writeString(project.resolve("pom.xml"), set.pom());
      List<String> line =
          new ArrayList<>(List.of(program(), "-B", "-ntp", "-q", "-Dstyle.color=never"));
      String localRepository = System.getProperty("maven.repo.local");
      if (localRepository != null) {
        line.add("-Dmaven.repo.local=" + localRepository);
      }
      line.addAll(List.of("-f", pom.toString(), "-DoutputDirectory=" + folder));
      Programs.require(line, project, Map.of("MAVEN_BASEDIR", project.toString()), LIMIT);
    } finally {
      Folders.delete(project);
    }
  }

  /** The project's own {@code mvnw} when this runs inside a checkout, else {@code mvn}. */
  private static String program() {
    Path start = Path.of(System.getProperty("dm.home", "")).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path wrapper = folder.resolve("mvnw");
      if (Files.isExecutable(wrapper)) {
        return wrapper.toString();
      }
    }
    return Programs.find("mvn")
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Maven is missing. Debian and Ubuntu: apt-get install maven"))
        .toString();
  }
}
