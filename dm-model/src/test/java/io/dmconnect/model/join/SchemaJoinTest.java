package io.dmconnect.model.join;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaJoinTest {
  private static final TableId TABLE = new TableId("shop", "orders");

  @ParameterizedTest(name = "{0} joined with {1} is {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c int null                        | c bigint null                   | c bigint null
          c tinyint unsigned                | c tinyint                       | c smallint
          c int unsigned                    | c smallint unsigned             | c int unsigned
          c int(11)                         | c int                           | c int
          c tinyint(1)                      | c tinyint                       | c tinyint
          c varchar(10)                     | c varchar(20)                   | c varchar(20)
          c varbinary(10)                   | c varbinary(9)                  | c varbinary(10)
          c tinytext                        | c mediumtext                    | c mediumtext
          c decimal(10,2)                   | c decimal(8,4)                  | c decimal(12,4)
          c enum('x')                       | c enum('x','y')                 | c enum('x','y')
          c set('x','y')                    | c set('x')                      | c set('x','y')
          c datetime(3)                     | c datetime                      | c datetime(3)
          c int not null                    | c int null                      | c int null
          c int not null default 5          | c int not null                  | c int not null default 5
          c int default 5                   | c int default '5'               | c int default '5'
          c datetime default now()          | c datetime default CURRENT_TIMESTAMP | c datetime default CURRENT_TIMESTAMP
          c varchar(9) charset utf8         | c varchar(9) charset utf8mb4    | c varchar(9) charset utf8mb4
          c int comment 'x'                 | c int comment 'y'               | c int comment 'y'
          """)
  void columnsOfOneFamilyJoinUpwards(String first, String second, String joined) {
    assertThat(canonical(join(first, second))).isEqualTo(canonical(table(joined)));
  }

  @ParameterizedTest(name = "{0} and {1} contradict each other in the {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c int                             | c double                        | type
          c int                             | c varchar(10)                   | type
          c varchar(10)                     | c char(10)                      | type
          c varchar(10)                     | c text                          | type
          c binary(4)                       | c binary(8)                     | type
          c float                           | c double                        | type
          c datetime                        | c timestamp                     | type
          c bigint unsigned                 | c bigint                        | type
          c decimal(65,0)                   | c decimal(10,10)                | type
          c enum('x','y')                   | c enum('y','x')                 | type
          c int unsigned                    | c int zerofill                  | type
          c int default 0                   | c int default -1                | default
          c int as (id + 1) virtual         | c int as (id + 2) virtual       | generated expression
          c int as (id + 1) virtual         | c int as (id + 1) stored        | generation
          c int as (id + 1) virtual         | c int                           | generation
          c varchar(9) charset gbk          | c varchar(9) charset utf8mb4    | type
          c varchar(9) charset utf8mb4 collate utf8mb4_bin | c varchar(9) charset utf8mb4 collate utf8mb4_general_ci | type
          """)
  void columnsThatNeedAConversionHaveNoJoin(String first, String second, String what) {
    JoinResult result = SchemaJoin.join(List.of(table(first), table(second)));

    assertThat(result).isInstanceOf(JoinResult.NoJoin.class);
    JoinReason reason = ((JoinResult.NoJoin) result).reasons().get(0);
    assertThat(reason.what()).isEqualTo(what);
    assertThat(List.of(reason.first(), reason.second()))
        .containsExactlyInAnyOrder(
            SqlWriter.column(table(first).columns().get(0)),
            SqlWriter.column(table(second).columns().get(0)));
  }

  @ParameterizedTest(name = "{0} lacking in a member becomes {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c int null                        | c int null
          c int not null default 5          | c int not null default 5
          c int not null                    | c int not null default 0
          c varchar(5) not null             | c varchar(5) not null default ''
          c enum('x','y') not null          | c enum('x','y') not null default 'x'
          c date not null                   | c date not null default '0000-00-00'
          c text not null                   | c text null
          c int as (id + 1) virtual         | c int as (id + 1) virtual
          """)
  void columnThatAMemberLacksAcceptsRowsWithoutIt(String column, String relaxed) {
    TableSchema joined = join("id int; " + column, "id int");

    assertThat(canonical(joined)).isEqualTo(canonical(table("id int; " + relaxed)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"key k (a)", "unique k (a)", "primary key (a)"})
  void indexThatAMemberLacksIsLeftOut(String index) {
    assertThat(join("a int not null; " + index, "a int not null").indexes()).isEmpty();
  }

  @Test
  void uniqueAndPlainIndexOnTheSameColumnsJoinToThePlainOne() {
    assertThat(join("a int; unique k (a)", "a int; key k (a)"))
        .isEqualTo(table("a int; key k (a)"));
  }

  @Test
  void indexesOfOneNameOnOtherColumnsHaveNoJoin() {
    JoinResult result =
        SchemaJoin.join(
            List.of(table("a int; b int; key k (a)"), table("a int; b int; key k (b)")));

    assertThat(((JoinResult.NoJoin) result).reasons())
        .containsExactly(
            new JoinReason(
                JoinReason.Part.INDEX, "k", "definition", "KEY `k` (`a`)", "KEY `k` (`b`)"));
  }

  @Test
  void indexThatOneMemberRedefinedIsLeftOutWhileOthersHoldTheFormerDefinition() {
    TableSchema former = table("a int; b int; key k (a)");
    TableSchema redefined = table("a int; b int; key k (b)");
    JoinContext context =
        new JoinContext(former, new TreeMap<>(Map.of("k", former.indexes())), new TreeSet<>());

    assertThat(SchemaJoin.join(List.of(former, redefined), context).schemaOrNull())
        .isEqualTo(table("a int; b int"));
  }

  @Test
  void acceptedContradictionKeepsTheTargetsDefinition() {
    TableSchema target = table("id int; c varchar(9)");
    SortedMap<String, List<IndexSchema>> none = new TreeMap<>();
    JoinContext context = new JoinContext(target, none, new TreeSet<>(List.of("column c")));

    assertThat(SchemaJoin.join(List.of(table("id int; c int"), target), context).schemaOrNull())
        .isEqualTo(target);
  }

  @Test
  void rangePartitionsAreUnited() {
    String head = "id int; partition by range (id) (PARTITION p0 VALUES LESS THAN (10)";

    assertThat(join(head + ")", head + ", PARTITION p1 VALUES LESS THAN (20))").partitioning())
        .isEqualTo(
            "partition by range (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES"
                + " LESS THAN (20))");
  }

  @ParameterizedTest(name = "orders {0} give {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id a b, id a                | id a b
          id a b, id a c              | id a b c
          id a c, id a, id b a c      | id b a c
          x id a, id a b              | x id a b
          """)
  void differentColumnOrdersMergeToOne(String orders, String merged) {
    List<List<String>> lists =
        Arrays.stream(orders.split(", ")).map(list -> List.of(list.split(" "))).toList();

    assertThat(ColumnOrder.merge(lists, null)).isEqualTo(List.of(merged.split(" ")));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id int                 | id int; a int                   | ADD COLUMN `a` int NULL
          id int; b int          | id int; a int; b int            | ADD COLUMN `a` int NULL AFTER `id`
          id int                 | a int; id int                   | ADD COLUMN `a` int NULL FIRST
          id int; a int          | id int                          | DROP COLUMN `a`
          a int                  | a bigint not null default 5     | MODIFY COLUMN `a` bigint NOT NULL DEFAULT 5
          a int; b int           | b int; a int                    | MODIFY COLUMN `b` int NULL FIRST
          a int                  | a int; unique u (a)             | ADD UNIQUE KEY `u` (`a`)
          a int; key k (a)       | a int                           | DROP INDEX `k`
          a int; key k (a)       | b int; key k (b)                | DROP INDEX `k` / ADD COLUMN `b` int NULL FIRST / DROP COLUMN `a` / ADD KEY `k` (`b`)
          a int not null; primary key (a) | a int not null         | DROP PRIMARY KEY
          g int as (a + 1) virtual; a int | g int as (a + 2) virtual; a int | DROP COLUMN `g` / ADD COLUMN `g` int GENERATED ALWAYS AS (a + 2) VIRTUAL FIRST
          a int; b bigint        | a bigint; b int                 | MODIFY COLUMN `a` bigint NULL / MODIFY COLUMN `b` int NULL
          a int; comment = x     | a int; comment = it's           | COMMENT = 'it''s'
          a int                  | a int; partition by hash (a)    | partition by hash (a)
          a int; partition by hash (a) | a int                     | REMOVE PARTITIONING
          """)
  void diffIsOneChangePerStatementInAnOrderThatRuns(String from, String to, String specs) {
    List<String> expected =
        Arrays.stream(specs.split(" / "))
            .map(spec -> "ALTER TABLE `shop`.`orders` " + spec)
            .toList();

    assertThat(SchemaDiff.statements(table(from), table(to), TABLE))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void partitionInsertedBelowAnotherReorganisesTheUpperOne() {
    String low = "PARTITION p0 VALUES LESS THAN (10)";
    String top = "PARTITION pm VALUES LESS THAN MAXVALUE";
    String mid = "PARTITION p1 VALUES LESS THAN (20)";

    assertThat(
            SchemaDiff.statements(
                table("a int; partition by range (a) (" + low + ", " + top + ")"),
                table("a int; partition by range (a) (" + low + ", " + mid + ", " + top + ")"),
                TABLE))
        .containsExactly(
            "ALTER TABLE `shop`.`orders` REORGANIZE PARTITION `pm` INTO ("
                + mid
                + ", "
                + top
                + ")");
  }

  /** No row may go with a partition whose range others have now. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a (1), b (2)        | a (1), c (3)             | REORGANIZE PARTITION `b` INTO (c (3))
          a (1), b (2)        | a (1), x (0), b (2)      | REORGANIZE PARTITION `b` INTO (x (0), b (2))
          a (1), b (9), c (10)| a (1), x (5), y (9), c (10) | REORGANIZE PARTITION `b` INTO (x (5), y (9))
          a (1), b (2), c (3) | b (2), c (3), d (4)      | ADD PARTITION (d (4)) / DROP PARTITION `a`
          a (1), b (8), c (10)| a (1), x (5), c (10)     | partition by range (id) (a (1), x (5), c (10))
          """)
  void partitionsThatReplaceOthersTakeTheirRows(String from, String to, String specs) {
    List<String> expected =
        Arrays.stream(specs.split(" / "))
            .map(spec -> "ALTER TABLE `shop`.`orders` " + defined(spec))
            .toList();

    assertThat(SchemaDiff.statements(partitioned(from), partitioned(to), TABLE))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void overlayLeavesAloneWhatTheTargetHasMore() {
    TableSchema target = table("id bigint; a int; shard varchar(9); key own (shard)");

    assertThat(
            SchemaOverlay.apply(target, table("id int; a int"), table("id int; a bigint; b int")))
        .isEqualTo(table("id bigint; a bigint; shard varchar(9); b int; key own (shard)"));
  }

  /** The partitions of both, named by their letters; {@code -} for a contradiction. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a (1), b (2)                | b (2), c (3)                  | a b c
          a (1), c (3)                | a (1), b (2)                  | a b c
          a (1), z MAXVALUE           | b (20)                        | a b z
          a (2)                       | b (2)                         | -
          a (1)                       | a (2)                         | -
          a ('2024-01-01')            | b ('2023-12-31')              | b a
          a (TO_DAYS('2024-01-01'))   | b (to_days ('2023-12-31'))    | b a
          a (TO_DAYS('2024-01-01'))   | b ('2023-12-31')              | -
          a (f(1)), b (f(2))          | b (f(2)), c (f(3))            | a b c
          a (f(1)), b (f(2))          | a (f(1)), c (f(3))            | -
          """)
  void rangePartitionsAreUnitedInTheOrderOfTheirBounds(String first, String second, String names) {
    TableSchema joined =
        SchemaJoin.join(List.of(partitioned(first), partitioned(second))).schemaOrNull();

    assertThat(
            joined == null
                ? "-"
                : String.join(" ", Partitioning.parse(joined.partitioning()).names()))
        .isEqualTo(names);
  }

  private static TableSchema partitioned(String partitions) {
    return table("id int; partition by range (id) (" + defined(partitions) + ")");
  }

  private static String defined(String partitions) {
    return partitions.replaceAll("\\b([a-z]) (?=[(M])", "PARTITION $1 VALUES LESS THAN ");
  }

  private static TableSchema join(String first, String second) {
    return SchemaJoin.join(List.of(table(first), table(second))).schemaOrNull();
  }

  private static TableSchema canonical(TableSchema schema) {
    return Canonical.schema(schema);
  }
}
