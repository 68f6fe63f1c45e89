package io.dmconnect.source.stream;

import io.dmconnect.source.rows.TableMap;
import io.dmconnect.source.value.BinlogType;

/**
 * Tells MariaDB's sequences: they have rows in the binlog like tables, whose columns are always the
 * same (MariaDB manual, "SEQUENCE Storage Engine").
 */
final class Sequences {
  private static final String SEQUENCE = "SEQUENCE";
  private static final int COLUMNS = 8;
  private static final int CYCLE = 6;

  private Sequences() {}

  /** Whether the columns are those of a sequence. */
  static boolean looksLike(TableMap map) {
    if (map.columns() != COLUMNS) {
      return false;
    }
    for (int i = 0; i < COLUMNS; i++) {
      int type = i == CYCLE ? BinlogType.TINY : BinlogType.LONGLONG;
      if (map.type(i) != type || map.isNullable(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether what the name is now allows that it was a sequence: it is one, or was dropped. */
  static boolean mayBe(String tableType) {
    return tableType == null || tableType.equals(SEQUENCE);
  }
}
