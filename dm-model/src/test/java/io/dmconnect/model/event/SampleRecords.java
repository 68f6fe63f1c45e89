package io.dmconnect.model.event;

import static io.dmconnect.model.event.SampleTable.members;
import static io.dmconnect.model.event.SampleTable.table;
import static io.dmconnect.model.event.SampleTable.type;
import static io.dmconnect.model.event.SampleTable.unsigned;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.TableSchema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** One example record of each kind, with a column of each kind of type. */
final class SampleRecords {
  static final String TOPIC = "mysql-01.shop.orders";
  static final TableSchema TABLE =
      table()
          .required("id", unsigned("bigint"))
          .required("region", type("varchar", 10))
          .column("small", type("tinyint", 1))
          .column("medium", unsigned("smallint"))
          .column("amount", type("decimal", 10, 2))
          .column("ratio", type("float"))
          .column("score", type("double"))
          .column("flag", type("bit", 1))
          .column("bits", type("bit", 12))
          .column("day", type("date"))
          .column("at", type("datetime", 3))
          .column("at_micros", type("datetime", 6))
          .column("stamp", type("timestamp", 6))
          .column("span", type("time", 6))
          .column("year", type("year", 4))
          .column("note", type("text"))
          .column("raw", type("binary", 2))
          .column("state", members("enum", "new", "paid,late"))
          .column("tags", members("set", "a", "b"))
          .column("doc", type("json"))
          .column("area", type("polygon"))
          .column("place", type("point"))
          .column("embedding", type("vector", 2))
          .generated("twice", type("bigint"), Generated.STORED)
          .primaryKey("region", "id")
          .build();
  static final RowSchemas SCHEMAS = RowSchemas.of(TOPIC, TABLE);

  static Struct key() {
    return new Struct(SCHEMAS.key()).put("region", "eu").put("id", 1L);
  }

  static Struct read() {
    return envelope("r", "true").put("after", row("0.50"));
  }

  static Struct create() {
    return envelope("c", null).put("after", row("0.50"));
  }

  static Struct update() {
    Struct value = envelope("u", null).put("before", row("0.50")).put("after", row("12.00"));
    value.getStruct("source").put("safe_mode", true);
    value.getStruct("after").put("day", null);
    return value.put("exact", Exact.of(null, Map.of("day", "'0000-00-00'")));
  }

  static Struct delete() {
    return envelope("d", null).put("before", row("12.00"));
  }

  static Struct ddl() {
    DdlEvent event =
        new DdlEvent(
            "mysql-01:3e11fa47-71ca-11e1-9e33-c80aa9429562:23:0",
            DdlKind.ALTER_TABLE,
            new TableId("shop", "orders"),
            null,
            List.of("ALTER TABLE orders ADD COLUMN name VARCHAR(10) DEFAULT 'x'"),
            "shop",
            "STRICT_TRANS_TABLES",
            "+00:00",
            "utf8mb4",
            "utf8mb4_0900_ai_ci",
            1_700_000_000_123_456L,
            DdlEvents.ONE_COLUMN,
            DdlEvents.TWO_COLUMNS,
            List.of(TOPIC + "-0"),
            false);
    RowSchemas after = RowSchemas.of(TOPIC, DdlEvents.TWO_COLUMNS);
    return head(new Struct(after.envelope()), "ddl", null).put("ddl", DdlEventCodec.encode(event));
  }

  private static Struct envelope(String op, String snapshot) {
    return head(new Struct(SCHEMAS.envelope()), op, snapshot);
  }

  private static Struct head(Struct value, String op, String snapshot) {
    Struct source =
        new Struct(SourceSchema.SCHEMA)
            .put("version", "0.1.0")
            .put("connector", SourceSchema.CONNECTOR_MYSQL)
            .put("name", "mysql-01")
            .put("ts_ms", 1_700_000_000_123L)
            .put("snapshot", snapshot)
            .put("db", "shop")
            .put("ts_us", 1_700_000_000_123_456L)
            .put("ts_ns", 1_700_000_000_123_456_000L)
            .put("table", "orders")
            .put("server_id", 1L)
            .put("gtid", "3e11fa47-71ca-11e1-9e33-c80aa9429562:23")
            .put("file", "mysql-bin.000003")
            .put("pos", 1234L)
            .put("row", 0);
    return value
        .put("op", op)
        .put("source", source)
        .put("ts_ms", 1_700_000_000_200L)
        .put("ts_us", 1_700_000_000_200_000L)
        .put("ts_ns", 1_700_000_000_200_000_000L);
  }

  static Struct row(String amount) {
    Struct row =
        new Struct(SCHEMAS.row())
            .put("id", 1L)
            .put("region", "eu")
            .put("small", (short) 1)
            .put("medium", 65_535)
            .put("amount", new BigDecimal(amount))
            .put("ratio", 1.5f)
            .put("score", -2.25)
            .put("flag", true)
            .put("bits", new byte[] {(byte) 0xff, 0x0f})
            .put("day", 19_675)
            .put("at", 1_700_000_000_123L)
            .put("at_micros", 1_700_000_000_123_456L)
            .put("stamp", "2023-11-14T22:13:20.123456Z")
            .put("span", -3_600_000_001L)
            .put("year", 2023)
            .put("note", "größer")
            .put("raw", new byte[] {1, 0})
            .put("state", "paid,late")
            .put("tags", "a,b")
            .put("doc", "{\"a\": 1}")
            .put("embedding", List.of(0.5f, 1.0f))
            .put("twice", 2L);
    Field area = SCHEMAS.row().field("area");
    Field place = SCHEMAS.row().field("place");
    row.put(area, new Struct(area.schema()).put("wkb", new byte[] {1, 3}).put("srid", 4326));
    return row.put(place, new Struct(place.schema()).put("x", 1.0).put("y", 2.0));
  }

  private SampleRecords() {}
}
