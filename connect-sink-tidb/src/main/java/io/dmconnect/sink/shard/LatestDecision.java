package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.sink.ddl.Background;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Has decisions acted on one after the other in the background. One that came before the last could
 * be acted on is passed over. Safe for several threads; takes no lock.
 */
final class LatestDecision {
  private final Background background;
  private final Function<Decision, CompletableFuture<Void>> action;
  private final AtomicReference<Decision> latest = new AtomicReference<>();
  private final AtomicBoolean acting = new AtomicBoolean();

  /**
   * Decisions of one member.
   *
   * @param action begins to act on one; what it returns completes when that has ended, and never
   *     with an error
   */
  LatestDecision(Background background, Function<Decision, CompletableFuture<Void>> action) {
    this.background = background;
    this.action = action;
  }

  /** Has a decision acted on. */
  void take(Decision decision) {
    latest.set(decision);
    actSoon();
  }

  /** Has a decision acted on again, unless another one came. */
  void takeAgain(Decision decision) {
    latest.compareAndSet(null, decision);
    actSoon();
  }

  private void actSoon() {
    if (acting.compareAndSet(false, true)) {
      try {
        background.execute(this::act);
      } catch (Throwable e) {
        acting.set(false);
        throw e;
      }
    }
  }

  /** Acts on what was decided last; goes on when that has ended. */
  private void act() {
    do {
      Decision decision = latest.getAndSet(null);
      while (decision != null) {
        CompletableFuture<Void> acted = action.apply(decision);
        if (!acted.isDone()) {
          CompletableFuture<Void> unused =
              acted.whenCompleteAsync((done, error) -> act(), background);
          return;
        }

        decision = latest.getAndSet(null);
      }

      acting.set(false);
    } while (latest.get() != null && acting.compareAndSet(false, true));
  }
}
