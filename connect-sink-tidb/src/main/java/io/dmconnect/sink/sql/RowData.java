package io.dmconnect.sink.sql;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The rows of a LOAD DATA, as text. Immutable. */
public final class RowData {
  private final byte[] bytes;

  /** Takes the bytes over; they are not copied. */
  RowData(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A stream over them. */
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
