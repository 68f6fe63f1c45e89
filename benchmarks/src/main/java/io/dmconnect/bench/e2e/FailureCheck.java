package io.dmconnect.bench.e2e;

import io.dmconnect.local.client.ConnectRest;
import java.util.function.Supplier;

/**
 * Tells why a connector has failed, if one has. Asks the worker once in a while only, because
 * answering costs the CPU that is measured.
 */
final class FailureCheck implements Supplier<String> {
  private static final long NANOS_BETWEEN = 5_000_000_000L;

  private final ConnectRest rest;
  private long askedAt = System.nanoTime();

  FailureCheck(ConnectRest rest) {
    this.rest = rest;
  }

  /** The failure; null when there is none or it is too early to ask again. */
  @Override
  public String get() {
    if (System.nanoTime() - askedAt < NANOS_BETWEEN) {
      return null;
    }
    askedAt = System.nanoTime();
    for (String connector : rest.connectors()) {
      String failure = rest.failure(connector);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }
}
