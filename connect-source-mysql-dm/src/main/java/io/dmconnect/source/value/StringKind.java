package io.dmconnect.source.value;

/** How a string type is stored. */
enum StringKind {
  /** CHAR and BINARY. */
  FIXED,
  /** VARCHAR and VARBINARY. */
  VARYING,
  /** TEXT and BLOB. */
  LARGE;

  /** Whether a table map's type code is stored so. */
  boolean fits(int type) {
    return switch (this) {
      case FIXED -> type == BinlogType.STRING;
      case VARYING -> type == BinlogType.VARCHAR || type == BinlogType.VAR_STRING;
      case LARGE -> type == BinlogType.BLOB;
    };
  }
}
