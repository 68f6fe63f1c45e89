package io.dmconnect.bench.micro;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchemaJson;
import io.dmconnect.source.binlog.RawEvent;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a MySQL server wrote and sent, kept so that the benchmarks' JVMs need no server.
 *
 * @param tables the tables by name
 * @param sections the binlog's events by the name of the work that made them
 */
record Recording(Map<String, RecordedTable> tables, Map<String, List<RawEvent>> sections) {
  /** The row changes of every section. */
  static final int CHANGES = 1_000;

  /** Inserts of {@value #CHANGES} orders in one transaction. */
  static final String INSERT = "insert";

  /** Updates of two columns of {@value #CHANGES} orders in one transaction. */
  static final String UPDATE = "update";

  /**
   * One transaction of 600 updates, a third of them of the same rows again, 200 deletes and
   * inserts.
   */
  static final String MIXED = "mixed";

  /** Transactions of four changes: two updates, a delete and an insert of the same key. */
  static final String SMALL = "small";

  /** As {@link #INSERT}, into a table whose key is a CHAR. */
  static final String CHAR_KEY = "char";

  /** As {@link #INSERT}, into a table whose key is a BINARY. */
  static final String BINARY_KEY = "binary";

  /** Inserts of {@value #CHANGES} rows with a column of each type. */
  static final String TYPES = "types";

  RecordedTable table(String name) {
    return tables.get(name);
  }

  List<RawEvent> section(String name) {
    return sections.get(name);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(tables.size());
    for (RecordedTable table : tables.values()) {
      out.writeUTF(table.id().schema());
      out.writeUTF(table.id().table());
      out.writeUTF(TableSchemaJson.write(table.schema()));
      out.writeInt(table.cells().size());
      for (byte[][] row : table.cells()) {
        out.writeInt(row.length);
        for (byte[] cell : row) {
          writeBytes(out, cell);
        }
      }
    }
    out.writeInt(sections.size());
    for (Map.Entry<String, List<RawEvent>> section : sections.entrySet()) {
      out.writeUTF(section.getKey());
      out.writeInt(section.getValue().size());
      for (RawEvent event : section.getValue()) {
        out.writeInt(event.type());
        out.writeLong(event.timestampSeconds());
        out.writeLong(event.serverId());
        out.writeLong(event.start());
        out.writeLong(event.end());
        writeBytes(out, event.body());
      }
    }
  }

  static Recording read(DataInputStream in) throws IOException {
    Map<String, RecordedTable> tables = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      TableId id = new TableId(in.readUTF(), in.readUTF());
      String schema = in.readUTF();
      List<byte[][]> cells = new ArrayList<>();
      for (int rows = in.readInt(); rows > 0; rows--) {
        byte[][] row = new byte[in.readInt()][];
        for (int i = 0; i < row.length; i++) {
          row[i] = readBytes(in);
        }
        cells.add(row);
      }
      tables.put(id.table(), new RecordedTable(id, TableSchemaJson.read(schema), cells));
    }
    Map<String, List<RawEvent>> sections = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      List<RawEvent> events = new ArrayList<>();
      for (int count = in.readInt(); count > 0; count--) {
        events.add(
            new RawEvent(
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                0,
                readBytes(in)));
      }
      sections.put(name, events);
    }
    return new Recording(tables, sections);
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }
}
