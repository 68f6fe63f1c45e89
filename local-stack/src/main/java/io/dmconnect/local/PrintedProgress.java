package io.dmconnect.local;

import io.dmconnect.local.server.Server;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints one line for each step of a stack's start. */
public final class PrintedProgress implements StackProgress {
  private final PrintStream out;

  /** Prints to {@code out}. */
  public PrintedProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void preparing(String work) {
    out.println("  " + work + " ...");
  }

  @Override
  public void starting(Server server) {
    out.println("  starting " + server.name());
  }

  @Override
  public void ready(Server server, Duration took) {
    double seconds = took.toMillis() / 1000.0;
    out.println(
        String.format(Locale.ROOT, "  %-14s %5.1f s  %s", server.name(), seconds, server.url()));
  }
}
