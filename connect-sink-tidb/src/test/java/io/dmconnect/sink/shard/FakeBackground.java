package io.dmconnect.sink.shard;

import io.dmconnect.sink.ddl.Background;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Runs steps at once in the caller's thread, and those after a pause when the test says so. */
final class FakeBackground implements Background {
  private final List<Runnable> later = new ArrayList<>();

  @Override
  public void execute(Runnable step) {
    step.run();
  }

  @Override
  public void later(Runnable step, long millis) {
    later.add(step);
  }

  @Override
  public Executor statements() {
    return this;
  }

  /** Lets the pauses end that are under way. */
  void passTime() {
    List<Runnable> due = List.copyOf(later);
    later.clear();
    due.forEach(Runnable::run);
  }

  /** How many steps wait for the end of a pause. */
  int waiting() {
    return later.size();
  }
}
