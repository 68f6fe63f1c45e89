package io.dmconnect.source.offset;

import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import java.util.Map;

/** A binlog position as members of an offset, with a prefix to their names. */
final class PositionFields {
  static final String FILE = "file";
  static final String POS = "pos";
  static final String GTIDS = "gtids";

  private PositionFields() {}

  static void write(Map<String, Object> into, String prefix, BinlogPosition position) {
    into.put(prefix + FILE, position.file());
    into.put(prefix + POS, position.offset());
    if (position.gtids() != null) {
      into.put(prefix + GTIDS, position.gtids().toString());
    }
  }

  /** The position; null when the offset has none under that prefix. */
  static BinlogPosition read(Map<String, ?> from, String prefix) {
    Object file = from.get(prefix + FILE);
    if (file == null) {
      return null;
    }
    Object gtids = from.get(prefix + GTIDS);
    return new BinlogPosition(
        file.toString(),
        number(from, prefix + POS),
        gtids == null ? null : GtidSet.parse(gtids.toString()));
  }

  /** A number of an offset, which comes back as Integer or Long; 0 when absent. */
  static long number(Map<String, ?> from, String name) {
    return from.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /** A text of an offset; null when absent. */
  static String text(Map<String, ?> from, String name) {
    Object value = from.get(name);
    return value == null ? null : value.toString();
  }
}
