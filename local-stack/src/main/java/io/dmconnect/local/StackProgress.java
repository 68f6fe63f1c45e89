package io.dmconnect.local;

import io.dmconnect.local.server.Server;
import java.time.Duration;

/** Told how the start of a stack gets on. Called from several threads. */
public interface StackProgress {
  /** Something is being fetched, built or initialised, once for all later runs. */
  void preparing(String work);

  /** A server begins to start. */
  void starting(Server server);

  /** A server serves, {@code took} after it began to start. */
  void ready(Server server, Duration took);

  /** A progress that nobody looks at. */
  static StackProgress silent() {
    return new StackProgress() {
      @Override
      public void preparing(String work) {}

      @Override
      public void starting(Server server) {}

      @Override
      public void ready(Server server, Duration took) {}
    };
  }
}
