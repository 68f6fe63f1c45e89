package io.dmconnect.local;

import io.dmconnect.local.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Starts servers side by side, each on a thread of its own, some of them after others. */
final class StackStarter implements AutoCloseable {
  private final StackProgress progress;
  private final ExecutorService threads = Executors.newCachedThreadPool(StackStarter::thread);
  private final Map<Server, CompletableFuture<Server>> known = new HashMap<>();
  private final List<CompletableFuture<Server>> starts = new ArrayList<>();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();

  StackStarter(StackProgress progress) {
    this.progress = progress;
  }

  /** Starts a server on another thread. */
  void start(Server server) {
    known.put(server, add(CompletableFuture.completedFuture(null), () -> server));
  }

  /** Starts what {@code choice} returns; both happen on another thread. */
  void start(Supplier<? extends Server> choice) {
    starts.add(add(CompletableFuture.completedFuture(null), choice));
  }

  /** Starts what {@code choice} returns as soon as {@code first} serves. */
  void startAfter(Server first, Supplier<? extends Server> choice) {
    starts.add(add(known.get(first), choice));
  }

  private CompletableFuture<Server> add(
      CompletableFuture<Server> after, Supplier<? extends Server> choice) {
    CompletableFuture<Server> start =
        after.thenApplyAsync(ignored -> bringUp(choice.get()), threads);
    return start.whenComplete(
        (server, e) -> {
          if (e != null) {
            failure.completeExceptionally(e);
          }
        });
  }

  /** Waits until all serve; throws the first failure at once. */
  void await() {
    try {
      starts.addAll(known.values());
      CompletableFuture<Void> all =
          CompletableFuture.allOf(starts.toArray(CompletableFuture<?>[]::new));
      CompletableFuture.anyOf(all, failure).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private Server bringUp(Server server) {
    progress.starting(server);
    long begin = System.nanoTime();
    server.start();
    progress.ready(server, Duration.ofNanos(System.nanoTime() - begin));
    return server;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "stack-start");
    thread.setDaemon(true);
    return thread;
  }
}
