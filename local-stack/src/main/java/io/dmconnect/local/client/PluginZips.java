package io.dmconnect.local.client;

import io.dmconnect.local.artifact.Archives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
