package io.dmconnect.local.container;

import java.time.Duration;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;

/** Waits for nothing: whether a container serves is asked by its server, in its own protocol. */
final class NoWait implements WaitStrategy {
  @Override
  public void waitUntilReady(WaitStrategyTarget target) {}

  @Override
  public WaitStrategy withStartupTimeout(Duration timeout) {
    return this;
  }
}
