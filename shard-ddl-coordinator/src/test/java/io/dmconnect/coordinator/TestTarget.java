package io.dmconnect.coordinator;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The merged table as a sink's ledger guards it: an execution runs once, however often told. */
final class TestTarget {
  static final TableId TABLE = new TableId("shop", "orders");

  private final Set<String> ledger = new HashSet<>();
  private final List<String> executed = new ArrayList<>();

  synchronized void run(Decision.Execute execute) {
    if (ledger.add(execute.begunAs())) {
      executed.addAll(execute.statements());
      notifyAll();
    }
  }

  /** Waits until so many statements have run, without a pause between looks. */
  synchronized void awaitExecuted(int statements, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (executed.size() < statements) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("Only " + executed.size() + " statements have run");
      }

      wait(left);
    }
  }

  /** What ran, in order. */
  synchronized List<String> executed() {
    return List.copyOf(executed);
  }
}
