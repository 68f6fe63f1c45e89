package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Child;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A server that is a Java program of Maven artifacts, with a settings file in its folder. */
abstract class JavaServer extends Server {
  private final ArtifactStore store;
  private final ArtifactSet artifacts;

  JavaServer(Workspace workspace, ArtifactStore store, String name, ArtifactSet artifacts) {
    super(workspace, name);
    this.store = store;
    this.artifacts = artifacts;
  }

  /** The program to start. */
  protected abstract Command command();

  @Override
  protected Child run() {
    return workspace().start(command());
  }

  final ArtifactStore store() {
    return store;
  }

  /** The class path with the server's jars, in the wildcard form of the {@code java} command. */
  final String classPath() {
    return store.jars(artifacts) + "/*";
  }

  /** A command that runs {@code main} on the server's class path and logs to standard output. */
  final Command java(List<String> options, List<String> mainAndArguments) {
    List<String> all = new ArrayList<>(options);
    all.add("-Dlog4j2.configurationFile=" + loggingSettings());
    all.add("-cp");
    all.add(classPath());
    return Command.java(name(), all, mainAndArguments);
  }

  /** Writes settings in the form of a properties file into the server's folder. */
  final Path writeSettings(String file, Map<String, String> settings) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(settings)
        .forEach(
            (key, value) ->
                text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
    try {
      return Files.writeString(
          folder().resolve(file), text.toString(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the settings of " + name(), e);
    }
  }

  private Path loggingSettings() {
    Path target = folder().resolve("log4j2.xml");
    try (InputStream in = JavaServer.class.getResourceAsStream("server-log4j2.xml")) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the logging settings of " + name(), e);
    }
  }
}
