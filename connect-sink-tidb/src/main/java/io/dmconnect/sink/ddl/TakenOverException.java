package io.dmconnect.sink.ddl;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import java.util.List;

/** A schema change that this task began is not this task's any more. */
final class TakenOverException extends DmException {
  private final boolean givenUp;
  private final transient List<String> left;

  /**
   * Nothing is known of its statements.
   *
   * @param id the change's id in the ledger
   * @param givenUp whether nobody carries it out, since others run on its table
   */
  TakenOverException(String id, boolean givenUp) {
    super(SinkError.FENCED, "Another task carries schema change " + id + " out");
    this.givenUp = givenUp;
    this.left = List.of();
  }

  private TakenOverException(TakenOverException cause, List<String> left) {
    super(SinkError.FENCED, cause.problem(), cause);
    this.givenUp = cause.givenUp;
    this.left = List.copyOf(left);
  }

  /** The same where all statements but some have run. */
  TakenOverException with(List<String> statementsLeft) {
    return new TakenOverException(this, statementsLeft);
  }

  boolean isGivenUp() {
    return givenUp;
  }

  /** The statements that this task did not see run. */
  List<String> left() {
    return left;
  }
}
