package io.dmconnect.local.client;

import io.dmconnect.local.artifact.Archives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Installs plugins the way a person does: by unpacking zips into the plugin path. */
public final class PluginZips {
  private PluginZips() {}

  /**
   * Unpacks a plugin zip into a folder of the plugin path.
   *
   * @return the plugin's own folder
   */
  public static Path install(Path zip, Path pluginPath) {
    try {
      Path folder = pluginPath.resolve(zip.getFileName().toString().replaceFirst("\\.zip$", ""));
      Archives.unzip(zip, "", Files.createDirectories(folder));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot install " + zip + " in " + pluginPath, e);
    }
  }

  /**
   * The plugin zip that the build of a module of a checkout has made.
   *
   * @param home the top folder of the checkout
   * @throws IllegalStateException when the module has not been built
   */
  public static Path built(Path home, String module) {
    return built(home, module, ".zip");
  }

  /**
   * The jar that the build of a module of a checkout has made.
   *
   * @param home the top folder of the checkout
   * @throws IllegalStateException when the module has not been built
   */
  public static Path builtJar(Path home, String module) {
    return built(home, module, ".jar");
  }

  private static Path built(Path home, String module, String ending) {
    Path target = home.resolve(module).resolve("target").toAbsolutePath().normalize();
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("No " + ending + " in " + target));
    } catch (IOException e) {
      throw new IllegalStateException(
          "Nothing is built of " + module + "; build it: ./mvnw -DskipTests package", e);
    }
  }
}
