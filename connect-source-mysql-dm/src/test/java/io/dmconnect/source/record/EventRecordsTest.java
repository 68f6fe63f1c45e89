package io.dmconnect.source.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.FastStruct;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class EventRecordsTest {
  private static final TableSchema TABLE =
      TableSchema.of(
          List.of(
              ColumnSchema.of("v", ColumnType.of("varchar", 10, -1), true),
              ColumnSchema.of("id", ColumnType.of("bigint"), false)),
          List.of(
              new IndexSchema(
                  "PRIMARY", IndexSchema.Kind.PRIMARY, List.of(part("id")), false, null)));
  private static final RowSchemas SCHEMAS = RowSchemas.of("p.d.t", TABLE);
  private static final long MADE = 1_700_000_000_123_456_789L;

  private final List<Made> made = new ArrayList<>();

  private record Made(Struct key, Struct value, boolean last) {}

  private static IndexSchema.Part part(String column) {
    return IndexSchema.Part.of(column);
  }

  @Test
  void insertHasTheRowAfter() {
    records(false).insert(row("a", 1, null), 4, this::collect);

    Struct value = only().value();
    assertThat(value.getString("op")).isEqualTo("c");
    assertThat(value.get("before")).isNull();
    assertThat(value.getStruct("after").getString("v")).isEqualTo("a");
    assertThat(value.get("exact")).isNull();
    assertThat(value.get("ddl")).isNull();
    assertThat(value.get("transaction")).isNull();
    assertThat(value.getInt64("ts_ms")).isEqualTo(MADE / 1_000_000);
    assertThat(value.getInt64("ts_us")).isEqualTo(MADE / 1_000);
    assertThat(value.getInt64("ts_ns")).isEqualTo(MADE);
    value.validate();
  }

  @Test
  void sourceTellsWhereTheChangeCameFrom() {
    records(true).insert(row("a", 1, null), 4, this::collect);

    Struct source = only().value().getStruct("source");
    assertThat(source.getString("version")).isEqualTo("1.2");
    assertThat(source.getString("connector")).isEqualTo("mysql");
    assertThat(source.getString("name")).isEqualTo("p");
    assertThat(source.getInt64("ts_ms")).isEqualTo(1_600_000_000_000L);
    assertThat(source.getInt64("ts_us")).isEqualTo(1_600_000_000_000_001L);
    assertThat(source.getInt64("ts_ns")).isEqualTo(1_600_000_000_000_001_000L);
    assertThat(source.getString("snapshot")).isEqualTo("false");
    assertThat(source.getString("db")).isEqualTo("d");
    assertThat(source.getString("table")).isEqualTo("t");
    assertThat(source.getInt64("server_id")).isEqualTo(7);
    assertThat(source.getString("gtid")).isEqualTo("uuid:5");
    assertThat(source.getString("file")).isEqualTo("binlog.000003");
    assertThat(source.getInt64("pos")).isEqualTo(99);
    assertThat(source.getInt32("row")).isEqualTo(4);
    assertThat(source.getInt64("thread")).isEqualTo(11);
    assertThat(source.getString("query")).isEqualTo("INSERT");
    assertThat(source.getBoolean("safe_mode")).isTrue();
    source.validate();
  }

  @Test
  void rowsOutsideTheSnapshotHaveNoSafeMode() {
    records(false).insert(row("a", 1, null), 0, this::collect);

    assertThat(only().value().getStruct("source").get("safe_mode")).isNull();
  }

  @Test
  void rowsOfOneEventHaveSourcesOfTheirOwn() {
    EventRecords records = records(false);
    records.insert(row("a", 1, null), 0, this::collect);
    records.insert(row("b", 2, null), 1, this::collect);

    assertThat(made)
        .extracting(m -> m.value().getStruct("source").getInt32("row"))
        .containsExactly(0, 1);
  }

  @Test
  void deleteHasTheRowBefore() {
    records(false).delete(row("a", 1, null), 0, this::collect);

    assertThat(only().value().getString("op")).isEqualTo("d");
    assertThat(only().value().getStruct("before").getInt64("id")).isEqualTo(1);
    assertThat(only().value().get("after")).isNull();
    assertThat(only().key().getInt64("id")).isEqualTo(1);
  }

  @Test
  void snapshotRowIsRead() {
    records(false).read(row("a", 1, null), 0, this::collect);

    assertThat(only().value().getString("op")).isEqualTo("r");
    assertThat(only().last()).isTrue();
  }

  @Test
  void updateOfOtherColumnsIsOneRecord() {
    records(false).update(row("a", 1, null), row("b", 1, null), 0, this::collect);

    assertThat(only().value().getString("op")).isEqualTo("u");
    assertThat(only().value().getStruct("before").getString("v")).isEqualTo("a");
    assertThat(only().value().getStruct("after").getString("v")).isEqualTo("b");
    assertThat(only().last()).isTrue();
  }

  @Test
  void updateOfTheKeyIsADeleteAndACreateOfWhichOnlyTheSecondIsLast() {
    records(false).update(row("a", 1, null), row("b", 2, null), 0, this::collect);

    assertThat(made).extracting(m -> m.value().getString("op")).containsExactly("d", "c");
    assertThat(made).extracting(m -> m.key().getInt64("id")).containsExactly(1L, 2L);
    assertThat(made).extracting(Made::last).containsExactly(false, true);
    assertThat(made.get(0).value().get("after")).isNull();
    assertThat(made.get(1).value().get("before")).isNull();
  }

  @Test
  void keysThatDifferOnlyInTheirExactValueAreDifferent() {
    records(false)
        .update(
            row("a", 1, Map.of("id", "_gbk 0x81")),
            row("a", 1, Map.of("id", "_gbk 0x82")),
            0,
            this::collect);

    assertThat(made).extracting(m -> m.value().getString("op")).containsExactly("d", "c");
  }

  @Test
  void exactCellsGoWithTheirImage() {
    records(false)
        .update(row("a", 1, null), row("b", 1, Map.of("v", "_gbk 0x81")), 0, this::collect);

    Struct exact = only().value().getStruct("exact");
    assertThat(exact.getMap("before")).isNull();
    assertThat(exact.<String, String>getMap("after")).containsExactly(Map.entry("v", "_gbk 0x81"));
  }

  @Test
  void tableWithoutPrimaryKeyHasNoKey() {
    RowSchemas schemas = RowSchemas.of("p.d.t", TableSchema.of(TABLE.columns(), List.of()));
    RowRecords.of(schemas)
        .event(info(false), MADE)
        .update(row("a", 1, null), row("a", 2, null), 0, this::collect);

    assertThat(only().key()).isNull();
    assertThat(only().value().getString("op")).isEqualTo("u");
  }

  private Made only() {
    assertThat(made).hasSize(1);
    return made.get(0);
  }

  private void collect(Struct key, FastStruct value, boolean last) {
    made.add(new Made(key, value, last));
  }

  private static EventRecords records(boolean safeMode) {
    return RowRecords.of(SCHEMAS).event(info(safeMode), MADE);
  }

  private static SourceInfo info(boolean safeMode) {
    return new SourceInfo(
        "1.2",
        "p",
        1_600_000_000_000_001L,
        false,
        new TableId("d", "t"),
        7,
        "uuid:5",
        "binlog.000003",
        99,
        11L,
        "INSERT",
        safeMode);
  }

  private static RowStruct row(String v, long id, Map<String, String> exact) {
    return new RowStruct(SCHEMAS.row(), new Object[] {v, id}, exact);
  }
}
