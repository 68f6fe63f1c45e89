package io.dmconnect.coordinator;

import io.dmconnect.coordinator.api.ApiServer;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.model.config.ConfigProblem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The coordinator as a program: a configuration file in, until it is told to end. */
public final class CoordinatorMain {
  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorMain.class);
  private static final String OWN_THREADS = "dm-coordinator";

  /**
   * Runs a coordinator.
   *
   * @param arguments the path of the configuration file
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("Usage: coordinator CONFIG_FILE");
      System.exit(2);
    }

    System.exit(run(Path.of(arguments[0]), System.out));
  }

  /**
   * Runs a coordinator until the process is told to end.
   *
   * @return the exit status: 0 after an orderly end, 2 for a wrong configuration
   */
  public static int run(Path file, PrintStream out) throws Exception {
    Map<String, String> props = read(file);
    List<ConfigProblem> problems = CoordinatorConfig.validate(props);
    if (!problems.isEmpty()) {
      problems.forEach(problem -> out.println(problem.key() + ": " + problem.message()));
      return 2;
    }

    CoordinatorConfig config = CoordinatorConfig.of(props);
    Thread.setDefaultUncaughtExceptionHandler(CoordinatorMain::die);
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(told, ended), "dm-shutdown"));
    try (Coordinator coordinator =
            Coordinator.start(config.zooKeeper(), config.advertisedUrl(), Clock.systemUTC());
        ApiServer api = ApiServer.start(coordinator, config.api(), config.access())) {
      out.println("The coordinator listens on port " + api.port());
      told.await();
    } finally {
      ended.countDown();
    }

    return 0;
  }

  /** A leader without its thread would lead on without deciding; a standby takes over instead. */
  private static void die(Thread thread, Throwable error) {
    LOG.error("The thread {} died", thread.getName(), error);
    if (thread.getName().startsWith(OWN_THREADS)) {
      Runtime.getRuntime().halt(1);
    }
  }

  private static void end(CountDownLatch told, CountDownLatch ended) {
    told.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new IOException("There is no configuration file " + file, e);
    }

    return properties.stringPropertyNames().stream()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> properties.getProperty(name).trim(),
                (a, b) -> b,
                TreeMap::new));
  }

  private CoordinatorMain() {}
}
