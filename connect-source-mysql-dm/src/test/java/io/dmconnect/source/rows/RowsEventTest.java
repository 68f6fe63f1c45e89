package io.dmconnect.source.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.error.SourceError;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsEventTest {
  private static final TableId ID = new TableId("d", "t");
  // table id 9, flags 1, schema d, table t, INT and TINYINT, no metadata, second column nullable
  private static final String TABLE_MAP =
      "090000000000" + "0100" + "016400" + "017400" + "02" + "0301" + "00" + "02";
  private static final String HEAD = "090000000000" + "0100";
  private static final String ROW_1 = "00" + "01000000" + "05";
  private static final String ROW_2 = "02" + "02000000";

  @Test
  void versionOneHasNoExtraData() {
    assertThat(rows(23, HEAD + "02" + "03" + ROW_1 + ROW_2))
        .containsExactly("null -> 1,5", "null -> 2,null");
  }

  @Test
  void versionTwoSkipsItsExtraData() {
    assertThat(rows(30, HEAD + "0200" + "02" + "ff" + ROW_1)).containsExactly("null -> 1,5");
    assertThat(rows(30, HEAD + "0500" + "aabbcc" + "02" + "ff" + ROW_1))
        .containsExactly("null -> 1,5");
  }

  @Test
  void updatesHaveTwoBitmapsAndTwoImages() {
    assertThat(rows(31, HEAD + "0200" + "02" + "ffff" + ROW_1 + ROW_2))
        .containsExactly("1,5 -> 2,null");
    assertThat(rows(24, HEAD + "02" + "ffff" + ROW_1 + ROW_2)).containsExactly("1,5 -> 2,null");
  }

  @Test
  void deletesHaveTheRowBefore() {
    assertThat(rows(32, HEAD + "0200" + "02" + "ff" + ROW_1)).containsExactly("1,5 -> null");
    assertThat(rows(25, HEAD + "02" + "ff" + ROW_1)).containsExactly("1,5 -> null");
  }

  @Test
  void missingColumnsInEitherImageAreRefused() {
    assertRefused(SourceError.ROW_IMAGE_NOT_FULL, 30, HEAD + "0200" + "02" + "01" + ROW_1);
    assertRefused(SourceError.ROW_IMAGE_NOT_FULL, 31, HEAD + "0200" + "02" + "ff01" + ROW_1);
    assertRefused(SourceError.ROW_IMAGE_NOT_FULL, 31, HEAD + "0200" + "02" + "01ff" + ROW_1);
  }

  @Test
  void jsonDifferencesAreRefused() {
    assertRefused(SourceError.PARTIAL_JSON, 39, HEAD + "0200" + "02" + "ffff" + ROW_1);
  }

  @Test
  void eventsCutShortAreRefused() {
    assertRefused(SourceError.MALFORMED_EVENT, 30, HEAD);
    assertRefused(SourceError.MALFORMED_EVENT, 30, HEAD + "0200" + "02" + "ff" + "000100");
    assertThatThrownBy(() -> TableMap.parse(bytes(TABLE_MAP), 0, 12))
        .isInstanceOf(DmException.class);
  }

  @Test
  void aRowDoesNotReachPastTheEndOfItsEvent() {
    byte[] body = bytes(HEAD + "0200" + "02" + "ff" + ROW_1 + "0000");
    RowsEvent event = RowsEvent.parse(30, body, 0, body.length - 3);

    assertThatThrownBy(() -> binding().reader(event, "binlog.1:4").next())
        .hasMessageContaining("Cannot decode column 'v tinyint' of d.t at binlog.1:4");
  }

  @Test
  void anUnchangedTableMapIsParsedOnce() {
    List<TableMap> parsed = new ArrayList<>();
    TableMapCache<TableMap> cache = cache(parsed);
    byte[] body = bytes(TABLE_MAP);
    byte[] shifted = bytes("00" + TABLE_MAP);

    TableMap first = cache.put(body, 0, body.length);

    assertThat(cache.put(shifted, 1, shifted.length)).isSameAs(first);
    assertThat(cache.get(9)).isSameAs(first);
    assertThat(parsed).hasSize(1);
  }

  @Test
  void anotherTableMapOfTheSameIdTakesItsPlace() {
    TableMapCache<TableMap> cache = cache(new ArrayList<>());
    byte[] body = bytes(TABLE_MAP);
    byte[] other = bytes(TABLE_MAP.replace("017400", "017500"));
    cache.put(body, 0, body.length);

    cache.put(other, 0, other.length);

    assertThat(cache.get(9).table()).isEqualTo(new TableId("d", "u"));
  }

  @Test
  void rowsWithoutTableMapAreRefusedUnlessTheyOnlyEndAStatement() {
    TableMapCache<TableMap> cache = cache(new ArrayList<>());

    assertThat(cache.get(0xffffffL)).isNull();
    assertThatThrownBy(() -> cache.get(9)).hasMessageContaining("table id 9 without a table map");
  }

  private static TableMapCache<TableMap> cache(List<TableMap> parsed) {
    return new TableMapCache<>(
        map -> {
          parsed.add(map);
          return map;
        });
  }

  private static void assertRefused(SourceError error, int type, String body) {
    assertThatThrownBy(() -> rows(type, body))
        .isInstanceOfSatisfying(DmException.class, e -> assertThat(e.code()).isEqualTo(error));
  }

  private static List<String> rows(int type, String hex) {
    byte[] body = bytes(hex);
    RowsEvent event = RowsEvent.parse(type, body, 0, body.length);
    assertThat(event.tableId()).isEqualTo(9);
    assertThat(event.endsStatement()).isTrue();
    RowsReader reader = binding().reader(event, "here");
    List<String> rows = new ArrayList<>();
    while (reader.next()) {
      rows.add(text(reader.before()) + " -> " + text(reader.after()));
    }
    return rows;
  }

  private static String text(io.dmconnect.source.record.RowStruct row) {
    return row == null ? null : row.slot(0) + "," + row.slot(1);
  }

  private static TableBinding binding() {
    TableSchema schema =
        TableSchema.of(
            List.of(
                ColumnSchema.of("id", ColumnType.of("int"), false),
                ColumnSchema.of("v", ColumnType.of("tinyint"), true)),
            List.of());
    byte[] map = bytes(TABLE_MAP);
    return TableCodec.of(ID, schema, RowSchemas.of("t", schema))
        .bind(TableMap.parse(map, 0, map.length));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
