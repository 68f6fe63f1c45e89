package io.dmconnect.sink.ddl;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;

/** Another task carries a schema change out that this one began with. */
final class TakenOverException extends DmException {

  /** The change's id in the ledger. */
  TakenOverException(String id) {
    super(SinkError.FENCED, "Another task carries schema change " + id + " out");
  }
}
