package io.dmconnect.local.artifact;

import io.dmconnect.local.process.Folders;
import io.dmconnect.local.process.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks archives. */
public final class Archives {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Archives() {}

  /** Unpacks a {@code .tar.gz} file into a folder. */
  public static void untar(Path archive, Path folder) {
    List<String> line = List.of("tar", "xzf", archive.toString(), "-C", folder.toString());
    Programs.require(line, folder, Map.of(), LIMIT);
  }

  /** Unpacks the {@code .tar.gz} file that lies in a jar. */
  public static void untarEntry(Path jar, String entry, Path folder) throws IOException {
    Path archive = Files.createTempFile(folder, "archive", ".tar.gz");
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      copy(zip, require(zip, entry, jar), archive);
      untar(archive, folder);
    } finally {
      Folders.delete(archive);
    }
  }

  /**
   * Unpacks the entries of a zip or jar below {@code prefix}.
   *
   * @param prefix an entry's beginning that is left out of the file names, or empty for everything
   * @throws IOException also when an entry would leave the folder
   */
  public static void unzip(Path archive, String prefix, Path folder) throws IOException {
    Path base = folder.toAbsolutePath().normalize();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.isDirectory() || !entry.getName().startsWith(prefix)) {
          continue;
        }
        Path target = base.resolve(entry.getName().substring(prefix.length())).normalize();
        if (!target.startsWith(base)) {
          throw new IOException("The entry " + entry.getName() + " of " + archive + " leaves it");
        }
        Files.createDirectories(target.getParent());
        copy(zip, entry, target);
      }
    }
  }

  /** The only file of a folder whose name begins with {@code prefix}. */
  public static Path file(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow(() -> new IOException("No " + prefix + "* in " + folder));
    }
  }

  private static ZipEntry require(ZipFile zip, String name, Path jar) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("No " + name + " in " + jar);
    }
    return entry;
  }

  private static void copy(ZipFile zip, ZipEntry entry, Path target) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
