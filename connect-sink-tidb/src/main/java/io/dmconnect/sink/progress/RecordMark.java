package io.dmconnect.sink.progress;

/**
 * What is kept of a record that is durable.
 *
 * @param fingerprint tells the record from any other; null when unknown
 * @param sourcePosition how far the source's changes were taken when it was handled, as text; null
 *     when unknown
 */
public record RecordMark(String fingerprint, String sourcePosition) {

  /** Nothing is known. */
  public static final RecordMark UNKNOWN = new RecordMark(null, null);
}
