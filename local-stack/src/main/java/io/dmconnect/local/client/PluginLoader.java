package io.dmconnect.local.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Loads a plugin's classes as a worker does: its own jars first, but for what is the worker's. */
public final class PluginLoader extends URLClassLoader {
  private static final List<String> OF_THE_WORKER =
      List.of("java.", "javax.", "jdk.", "org.apache.kafka.", "org.slf4j.");

  /** A loader of the jars in a folder. */
  public PluginLoader(Path folder) {
    super(jars(folder), PluginLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null && OF_THE_WORKER.stream().noneMatch(name::startsWith)) {
        try {
          loaded = findClass(name);
        } catch (ClassNotFoundException e) {
          return super.loadClass(name, resolve);
        }
      }
      return loaded == null ? super.loadClass(name, resolve) : loaded;
    }
  }

  private static URL[] jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(PluginLoader::url).toArray(URL[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException("The jars in " + folder + " cannot be listed", e);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
