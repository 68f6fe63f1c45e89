package io.dmconnect.sink.engine;

import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.row.RowChange;

/** What a record means to the sink. */
sealed interface Decoded {

  /** The record asks for nothing. */
  record Nothing() implements Decoded {
    static final Nothing INSTANCE = new Nothing();
  }

  /**
   * A row to write.
   *
   * @param change the change
   * @param layout how the target table's rows are spread over slots
   * @param keyHash equal for all changes of one key
   * @param bytes about how much memory the change holds
   * @param source where in the binlog it comes from; null for rows of the snapshot
   */
  record Row(RowChange change, SlotLayout layout, int keyHash, int bytes, SourcePosition source)
      implements Decoded {}

  /**
   * A schema change.
   *
   * @param event the change
   * @param source the id of the source it comes from
   */
  record Ddl(DdlEvent event, String source) implements Decoded {}
}
