package io.dmconnect.sink.ddl;

import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.progress.KnownTable;

/** What became of the rows that a table had when a schema change was carried out. */
enum FormerRows {
  /** They are as they were. */
  STAY,
  /** A snapshot began anew, and they were removed. */
  REMOVED,
  /** The change was carried out by a record before, or by another partition. */
  PASSED;

  /**
   * What is known of the table of the work's topic behind the change. Pure.
   *
   * @param known what was known before
   * @param empty whether it had no rows then
   */
  KnownTable after(DdlWork work, KnownTable known, boolean empty) {
    if (work.event().kind() == DdlKind.DESELECT_TABLE) {
      return known.perhapsWithRows(known.schema());
    }

    TableSchema schema = Renames.ownTableAfter(work);
    if (this == PASSED && known.since() >= work.offset()) {
      // Read once more: rows before it that were removed here may have been written anew.
      return known.perhapsWithRows(schema);
    }

    if (schema == null) {
      return KnownTable.goneAt(work.offset());
    }

    DdlEvent event = work.event();
    boolean begins = event.snapshot() && event.kind() == DdlKind.CREATE_TABLE;
    boolean beginsEmpty =
        switch (this) {
          case STAY -> begins && empty;
          case REMOVED -> begins;
          // Sent again it is no other beginning, and who removed rows may not have been this one.
          case PASSED -> begins && empty && known.schema() == null;
        };
    return beginsEmpty
        ? KnownTable.emptyAt(schema, work.offset())
        : known.changedAt(schema, work.offset());
  }
}
