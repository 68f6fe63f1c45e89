package io.dmconnect.source.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.IndexSchema.Part;
import io.dmconnect.model.schema.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysetTest {
  private static final ColumnType TEXT =
      new ColumnType("varchar", 10, -1, false, false, List.of(), "latin1", "latin1_german1_ci");

  @Test
  void walksASingleColumn() {
    Keyset keyset = Keyset.of(table("a"));

    assertThat(keyset.order()).isEqualTo("`a`");
    assertThat(keyset.behind("5")).isEqualTo("`a` > 5");
  }

  @Test
  void walksSeveralColumnsByARangeOfTheFirst() {
    Keyset keyset = Keyset.of(table("a", "b", "c"));

    assertThat(keyset.order()).isEqualTo("`a`, `b`, `c`");
    assertThat(keyset.behind("1, 2, 3"))
        .isEqualTo("`a` >= 1 AND (`a` > 1 OR (`a` = 1 AND (`b` > 2 OR (`b` = 2 AND `c` > 3))))");
  }

  @Test
  void takesTheKeyInTheOrderOfTheIndexNotOfTheTable() {
    Keyset keyset = Keyset.of(table("c", "a"));

    assertThat(keyset.key(cells("1", "2", "3"))).isEqualTo("3, 1");
  }

  @Test
  void aTableWithoutPrimaryKeyCannotBeWalked() {
    assertThat(Keyset.of(TableSchema.of(table("a").columns(), List.of()))).isNull();
  }

  @Test
  void literalsAreExactlyTheBytesRead() {
    assertThat(Keyset.literal(TEXT, new byte[] {(byte) 0xe4, ',', '\''}))
        .isEqualTo("_latin1 0xe42c27");
    assertThat(Keyset.literal(TEXT, new byte[0])).isEqualTo("_latin1 ''");
    assertThat(Keyset.literal(ColumnType.of("varbinary", 4, -1), new byte[] {0, 1}))
        .isEqualTo("_binary 0x0001");
    assertThat(Keyset.literal(ColumnType.of("bit", 64, -1), new byte[] {(byte) 0xff, 1}))
        .isEqualTo("65281");
    assertThat(Keyset.literal(ColumnType.of("datetime", 3, -1), bytes("2020-01-01 00:00:00.001")))
        .isEqualTo("'2020-01-01 00:00:00.001'");
    assertThat(Keyset.literal(ColumnType.of("decimal", 10, 2), bytes("-1.50"))).isEqualTo("-1.50");
  }

  private static TableSchema table(String... key) {
    ColumnType number = ColumnType.of("int");
    return TableSchema.of(
        List.of(
            ColumnSchema.of("a", number, false),
            ColumnSchema.of("b", number, false),
            ColumnSchema.of("c", number, false)),
        List.of(
            new IndexSchema(
                IndexSchema.PRIMARY_NAME,
                IndexSchema.Kind.PRIMARY,
                List.of(key).stream().map(Part::of).toList(),
                false,
                null)));
  }

  private static byte[][] cells(String... texts) {
    byte[][] cells = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      cells[i] = bytes(texts[i]);
    }
    return cells;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
