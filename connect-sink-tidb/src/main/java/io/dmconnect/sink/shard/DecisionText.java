package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.MemberId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decisions for people. */
final class DecisionText {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionText.class);

  /** Tells the log of a member that has to wait. */
  static void log(MemberId member, Decision decision) {
    if (decision instanceof Decision.Conflict conflict) {
      LOG.warn("{} waits at {}: {}", member, conflict.requestId(), of(conflict));
    } else if (decision instanceof Decision.Wait wait) {
      LOG.info("{} waits at {}: {}", member, wait.requestId(), of(wait));
    }
  }

  /** What is decided, why, and what ends it. */
  static String of(Decision decision) {
    if (decision instanceof Decision.Conflict conflict) {
      return "CONFLICT "
          + conflict.reason()
          + "; this table's: "
          + conflict.mine()
          + (conflict.theirs() == null ? "" : "; the other's: " + conflict.theirs())
          + "; exits: "
          + conflict.exits();
    }

    return decision instanceof Decision.Wait wait
        ? "WAIT " + wait.reason() + "; for: " + wait.waitsFor() + "; exits: " + wait.exits()
        : decision.reason();
  }

  private DecisionText() {}
}
