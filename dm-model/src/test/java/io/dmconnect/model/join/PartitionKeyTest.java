package io.dmconnect.model.join;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As written by people, by MySQL 8.0's SHOW CREATE TABLE and by TiDB's. */
class PartitionKeyTest {
  private static final String WRITTEN =
      "PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10),"
          + " PARTITION P1 VALUES LESS THAN MAXVALUE)";
  private static final String MYSQL =
      "PARTITION BY RANGE (`id`)\n(PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB,\n"
          + " PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB)";
  private static final String TIDB =
      "PARTITION BY RANGE (`id`)\n(PARTITION `p0` VALUES LESS THAN (10),\n"
          + " PARTITION `p1` VALUES LESS THAN (MAXVALUE))";

  @Test
  void isOneForAClauseHoweverItIsWritten() {
    assertThat(PartitionKey.of(MYSQL)).isEqualTo(PartitionKey.of(WRITTEN));
    assertThat(PartitionKey.of(TIDB)).isEqualTo(PartitionKey.of(WRITTEN));
    assertThat(Partitioning.parse(MYSQL)).isEqualTo(Partitioning.parse(TIDB));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "partition by hash(year(d)) partitions 4 | PARTITION BY HASH (YEAR(`d`)) PARTITIONS 4",
        "PARTITION BY LIST COLUMNS(a) (PARTITION p VALUES IN ('x','It''s')) "
            + "| PARTITION BY LIST COLUMNS(`a`) (PARTITION `p` VALUES IN ('x', 'It''s'))",
        "PARTITION BY KEY (engine, a) ENGINE=InnoDB | PARTITION BY KEY /*!50611 */ (`Engine`, `A`)",
        "PARTITION p VALUES IN ('a') | PARTITION p /* x */ VALUES IN ('a')",
        "PARTITION BY HASH (EXTRACT(YEAR FROM d)) | PARTITION BY HASH (extract(year from `d`))"
      })
  void doesNotDependOnCaseQuotesAndBlanks(String one, String other) {
    assertThat(PartitionKey.of(one)).isEqualTo(PartitionKey.of(other));
  }

  @Test
  void takesLongAndUnclosedStringsAsTheyAre() {
    String comment = "x".repeat(10_000);
    assertThat(PartitionKey.of("PARTITION p COMMENT '" + comment + "'")).contains(comment);
    assertThat(PartitionKey.of("PARTITION p COMMENT \"C:\\\"")).startsWith("PARTITION `p` COMMENT");
    assertThat(
            Partitioning.parse(
                    "PARTITION BY RANGE (id)"
                        + " (PARTITION p VALUES LESS THAN (1) COMMENT \"rows of 2023, kept\")")
                .names())
        .containsExactly("p");
  }

  @Test
  void takesStringsInEitherQuotesForOne() {
    assertThat(PartitionKey.of("PARTITION p VALUES IN (\"it's\")"))
        .isEqualTo(PartitionKey.of("PARTITION p VALUES IN ('it''s')"))
        .isNotEqualTo(PartitionKey.of("PARTITION p VALUES IN (\"It's\")"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "PARTITION p VALUES IN ('x') | PARTITION p VALUES IN ('X')",
        "PARTITION BY KEY (engine, a) | PARTITION BY KEY (a)",
        "PARTITION p VALUES LESS THAN (10) | PARTITION p VALUES LESS THAN (11)",
        "PARTITION BY HASH (a) PARTITIONS 4 | PARTITION BY KEY (a) PARTITIONS 4"
      })
  void tellsOtherOnesApart(String one, String other) {
    assertThat(PartitionKey.of(one)).isNotEqualTo(PartitionKey.of(other));
  }
}
