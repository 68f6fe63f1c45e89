package io.dmconnect.source.testing;

import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Looks at records. */
public final class Records {
  private Records() {}

  /** Whether the record ends the table's snapshot. */
  public static boolean done(SourceRecord record, String table) {
    return table.equals(record.sourcePartition().get("snapshot"))
        && Boolean.TRUE.equals(record.sourceOffset().get("done"));
  }

  /** Fits a record of that kind with that id in the row after. */
  public static Predicate<SourceRecord> isRow(String op, int id) {
    return r ->
        r.value() instanceof Struct value
            && value.schema().field("op") != null
            && value.getString("op").equals(op)
            && value.getStruct("after") != null
            && value.getStruct("after").schema().field("id") != null
            && Integer.valueOf(id).equals(value.getStruct("after").get("id"));
  }

  /** Whether the record carries a schema change. */
  public static boolean isDdlRecord(SourceRecord record) {
    return record.headers().lastWithName("dm.kind") != null;
  }

  /** Fits a schema change of that kind. */
  public static Predicate<SourceRecord> isDdl(String kind) {
    return r -> isDdlRecord(r) && ddl(r).getString("kind").equals(kind);
  }

  /** The record's schema change. */
  public static Struct ddl(SourceRecord record) {
    return ((Struct) record.value()).getStruct("ddl");
  }

  /** Topic, kind and names of a schema change. */
  public static String ddlText(SourceRecord record) {
    Struct ddl = ddl(record);
    String renamed = ddl.getString("new_table");
    return record.topic()
        + ' '
        + ddl.getString("kind")
        + ' '
        + ddl.getString("table")
        + (renamed == null ? "" : ' ' + renamed);
  }

  /** The record's kind. */
  public static String op(SourceRecord record) {
    return ((Struct) record.value()).getString("op");
  }
}
