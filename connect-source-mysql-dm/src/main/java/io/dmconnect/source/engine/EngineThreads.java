package io.dmconnect.source.engine;

import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;

/**
 * Makes the engine's threads: named, daemons, with the logging context and the class loader of the
 * thread that made this factory, which is Connect's task thread.
 */
public final class EngineThreads implements ThreadFactory {
  private final String name;
  private final Map<String, String> context = MDC.getCopyOfContextMap();
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final AtomicInteger count = new AtomicInteger();

  /** Threads of that name. */
  public static ThreadFactory of(String name) {
    return new EngineThreads(name);
  }

  EngineThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              if (context != null) {
                MDC.setContextMap(context);
              }
              task.run();
            },
            name + '-' + count.getAndIncrement());
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    return thread;
  }
}
