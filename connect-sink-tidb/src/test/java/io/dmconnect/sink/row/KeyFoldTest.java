package io.dmconnect.sink.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.testing.TestTable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFoldTest {

  // Pairs that TiDB holds equal under at least one of its collations.
  @ParameterizedTest
  @CsvSource({
    "a,A",
    "á,a",
    "ß,s",
    "ß,ss",
    "æ,AE",
    "ø,o",
    "x1,X１",
    "x1,x¹",
    "①,1",
    "❿,10",
    "½,1⁄2",
    "a1,'a1 '",
    "٣,3",
    "Ⅷ,VIII",
    "か,カ",
    "i,ı"
  })
  void textsThatACollationHoldsEqualShareAHash(String one, String other) {
    assertThat(KeyFold.DIGITS.hash(one)).isEqualTo(KeyFold.DIGITS.hash(other));
  }

  @Test
  void numberedTextsAreSpread() {
    long hashes =
        IntStream.range(0, 1000).map(i -> KeyFold.DIGITS.hash("user-" + i)).distinct().count();

    assertThat(hashes).isGreaterThan(900);
  }

  @Test
  void onlyTrailingSpacesAreIgnoredUnderABinaryCollation() {
    assertThat(KeyFold.PADDED.hash("a  ")).isEqualTo(KeyFold.PADDED.hash("a"));
    assertThat(KeyFold.PADDED.hash(" a")).isNotEqualTo(KeyFold.PADDED.hash("a"));
    assertThat(KeyFold.PADDED.hash("A")).isNotEqualTo(KeyFold.PADDED.hash("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "varchar, varchar, utf8mb4_0900_ai_ci, DIGITS",
    "varchar, varchar, utf8mb4_bin, PADDED",
    "varchar, varchar, utf8mb4_0900_bin, PADDED",
    "varchar, int, , NOTHING",
    "varchar, varbinary, , NOTHING",
    "enum, enum, utf8mb4_general_ci, DIGITS",
    "blob, varchar, utf8mb4_general_ci, NOTHING",
    "int, int, , EXACT",
    "timestamp, timestamp, , EXACT",
    "blob, varbinary, , EXACT"
  })
  void theWayToHashDependsOnBothEnds(
      String source, String target, String collation, KeyFold expected) {
    Schema schema =
        RowSchemas.of(
                "t",
                TableSchema.of(
                    List.of(ColumnSchema.of("c", ColumnType.of(source), false)), List.of()))
            .rowField(0)
            .schema();

    assertThat(KeyFold.of(schema, TestTable.target("c", TestTable.text(target, collation), false)))
        .isEqualTo(expected);
  }
}
