package io.dmconnect.source.stream;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;

/** Asks the server what the binlog does not tell. */
public interface ServerSchemas {

  /** A table's definition as it is now; null when it does not exist. */
  TableSchema table(TableId table);

  /** A schema's default collation as it is now; null when the schema does not exist. */
  String defaultCollation(String schema);

  /**
   * What {@code information_schema} says a name is now: {@code BASE TABLE}, {@code SEQUENCE}, …;
   * null when it is nothing.
   */
  String tableType(TableId table);

  /**
   * How far the local time of the server's system is ahead of UTC at a moment, in seconds; negative
   * when it is behind.
   *
   * @param epochSeconds the moment, seconds since the epoch
   */
  int systemOffset(long epochSeconds);
}
