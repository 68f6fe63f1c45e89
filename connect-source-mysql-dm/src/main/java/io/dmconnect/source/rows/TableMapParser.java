package io.dmconnect.source.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.value.BinlogBytes;
import io.dmconnect.source.value.BinlogType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads the body of a TABLE_MAP event. */
final class TableMapParser {
  private static final int SIGNEDNESS = 1;
  private static final int COLUMN_NAMES = 4;

  private final BinlogBytes in;
  private int[] types;
  private int[] metas;

  private TableMapParser(BinlogBytes in) {
    this.in = in;
  }

  static TableMap parse(byte[] buf, int off, int end) {
    try {
      return new TableMapParser(new BinlogBytes(buf, off, end)).parse();
    } catch (IndexOutOfBoundsException e) {
      throw new DmException(SourceError.MALFORMED_EVENT, "A TABLE_MAP event is cut short", e);
    }
  }

  private TableMap parse() {
    long tableId = in.uint48();
    in.uint16();
    String schema = text(in.uint8());
    in.advance(1);
    String table = text(in.uint8());
    in.advance(1);
    TableId name = new TableId(schema, table);
    int columns = (int) in.lengthEncoded();
    types = new int[columns];
    metas = new int[columns];
    for (int i = 0; i < columns; i++) {
      types[i] = in.uint8();
    }
    int metaLength = (int) in.lengthEncoded();
    int metaEnd = in.position() + metaLength;
    for (int i = 0; i < columns; i++) {
      metas[i] = meta(i, name);
    }
    if (in.position() != metaEnd) {
      throw new DmException(
          SourceError.MALFORMED_EVENT, "The column metadata of " + name + " has unknown parts");
    }
    BitSet nullable = BitSet.valueOf(in.bytes((columns + 7) / 8));
    BitSet unsigned = null;
    List<String> names = null;
    while (in.hasRemaining()) {
      int field = in.uint8();
      int length = (int) in.lengthEncoded();
      int fieldEnd = in.position() + length;
      switch (field) {
        case SIGNEDNESS -> unsigned = unsigned(length);
        case COLUMN_NAMES -> names = names(columns);
        default -> in.advance(length);
      }
      in.advance(fieldEnd - in.position());
    }
    in.checkEnd();
    return new TableMap(tableId, name, types, metas, nullable, unsigned, names);
  }

  private String text(int length) {
    return new String(in.bytes(length), UTF_8);
  }

  private int meta(int column, TableId table) {
    return switch (types[column]) {
      case BinlogType.TINY,
          BinlogType.SHORT,
          BinlogType.INT24,
          BinlogType.LONG,
          BinlogType.LONGLONG,
          BinlogType.DATE,
          BinlogType.TIME,
          BinlogType.DATETIME,
          BinlogType.TIMESTAMP,
          BinlogType.YEAR ->
          0;
      case BinlogType.FLOAT,
          BinlogType.DOUBLE,
          BinlogType.BLOB,
          BinlogType.BLOB_COMPRESSED,
          BinlogType.JSON,
          BinlogType.GEOMETRY,
          BinlogType.VECTOR,
          BinlogType.TIME2,
          BinlogType.DATETIME2,
          BinlogType.TIMESTAMP2 ->
          in.uint8();
      case BinlogType.VARCHAR, BinlogType.VARCHAR_COMPRESSED, BinlogType.VAR_STRING -> in.uint16();
      case BinlogType.NEWDECIMAL -> in.uint8() << 8 | in.uint8();
      case BinlogType.BIT -> in.uint8() + in.uint8() * 8;
      case BinlogType.STRING, BinlogType.ENUM, BinlogType.SET -> stringMeta(column);
      default ->
          throw new DmException(
              SourceError.UNSUPPORTED_TYPE,
              "Column "
                  + (column + 1)
                  + " of "
                  + table
                  + " has the unknown binlog type "
                  + types[column]);
    };
  }

  /** The real type is in the first byte, along with two inverted bits of a CHAR's length. */
  private int stringMeta(int column) {
    int first = in.uint8();
    int second = in.uint8();
    if ((first & 0x30) != 0x30) {
      types[column] = first | 0x30;
      return second | ((first & 0x30) ^ 0x30) << 4;
    }
    types[column] = first;
    return second;
  }

  /**
   * One bit per numeric column, the first in the highest bit. YEAR has one, always set, that says
   * nothing; BIT has none.
   */
  private BitSet unsigned(int length) {
    BitSet unsigned = new BitSet(types.length);
    int start = in.advance(length);
    int bit = 0;
    for (int i = 0; i < types.length; i++) {
      if (isNumber(types[i])) {
        boolean set = (in.array()[start + (bit >> 3)] << (bit & 7) & 0x80) != 0;
        unsigned.set(i, set && types[i] != BinlogType.YEAR);
        bit++;
      }
    }
    return unsigned;
  }

  private static boolean isNumber(int type) {
    return switch (type) {
      case BinlogType.TINY,
          BinlogType.SHORT,
          BinlogType.INT24,
          BinlogType.LONG,
          BinlogType.LONGLONG,
          BinlogType.NEWDECIMAL,
          BinlogType.FLOAT,
          BinlogType.DOUBLE,
          BinlogType.YEAR ->
          true;
      default -> false;
    };
  }

  private List<String> names(int columns) {
    List<String> names = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      names.add(text((int) in.lengthEncoded()));
    }
    return names;
  }
}
