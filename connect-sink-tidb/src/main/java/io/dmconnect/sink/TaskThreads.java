package io.dmconnect.sink;

import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;

/**
 * Makes a task's threads: named after it, daemons, with the logging context and the class loader of
 * the thread that made this factory, so that log lines name the connector and plugin classes are
 * found.
 */
final class TaskThreads implements ThreadFactory {
  private final String name;
  private final Map<String, String> loggingContext = MDC.getCopyOfContextMap();
  private final ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
  private final AtomicInteger made = new AtomicInteger();

  TaskThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              if (loggingContext != null) {
                MDC.setContextMap(loggingContext);
              }

              work.run();
            },
            name + "-" + made.getAndIncrement());
    thread.setDaemon(true);
    thread.setContextClassLoader(classLoader);
    return thread;
  }
}
