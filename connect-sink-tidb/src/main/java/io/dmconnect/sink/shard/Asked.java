package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.error.SinkError;
import java.util.concurrent.CompletableFuture;

/**
 * A question about a member's schema change that waits for its answer.
 *
 * @param request the question
 * @param event the change
 * @param answer completes with a note when the member goes past it
 */
record Asked(DdlRequest request, DdlEvent event, CompletableFuture<String> answer) {

  boolean isAbout(String requestId) {
    return request.id().equals(requestId);
  }

  /** Has the task stop. */
  void stop(Decision.Conflict conflict) {
    answer.completeExceptionally(
        new DmException(
            SinkError.SHARD_CONFLICT,
            "Schema change "
                + conflict.requestId()
                + " of "
                + request.member()
                + ": "
                + DecisionText.of(conflict)));
  }

  /**
   * For people.
   *
   * @param latest what was decided last; null for nothing
   */
  String standing(Decision latest) {
    boolean answered = latest != null && isAbout(latest.requestId());
    return request.id()
        + " "
        + request.statements()
        + ": "
        + (answered ? DecisionText.of(latest) : "not decided yet");
  }
}
