package io.dmconnect.source.value;

/** Decodes the bytes of one MySQL character set. Immutable. */
interface Decoder {

  /**
   * Decodes strictly.
   *
   * @return the string; null when some bytes have no Unicode mapping
   */
  String decode(byte[] buf, int off, int len);

  /** Decodes with U+FFFD for bytes without a mapping. */
  String decodeLenient(byte[] buf, int off, int len);
}
