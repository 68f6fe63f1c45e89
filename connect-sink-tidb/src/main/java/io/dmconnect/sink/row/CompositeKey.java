package io.dmconnect.sink.row;

import java.util.Arrays;

/** The values of a key of several columns. */
final class CompositeKey {
  private final Object[] parts;
  private final int hash;

  /** Takes the array over. */
  CompositeKey(Object[] parts) {
    this.parts = parts;
    this.hash = Arrays.hashCode(parts);
  }

  Object part(int position) {
    return parts[position];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CompositeKey key && key.hash == hash && Arrays.equals(key.parts, parts);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(parts);
  }
}
