package io.dmconnect.sink.literal;

/** Writes the values of one column as SQL literals. Stateless; safe for several threads. */
@FunctionalInterface
public interface CellWriter {

  /**
   * Writes one value.
   *
   * @param value the value as the column's Connect schema states it; not null
   * @throws BadValueException when the target column cannot hold the value exactly
   */
  void write(Object value, SqlBuffer out);
}
