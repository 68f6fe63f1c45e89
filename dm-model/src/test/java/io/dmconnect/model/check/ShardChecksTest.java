package io.dmconnect.model.check;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.check.Finding.Difference;
import io.dmconnect.model.check.Finding.Severity;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.KeyFacts;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TableFacts;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.Extract;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.schema.TableSchema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardChecksTest {
  private static final String PLAIN = "id bigint not null; a int; primary key (id)";

  private final NavigableMap<String, NavigableMap<TableId, TableFacts>> found = new TreeMap<>();
  private GroupMode mode = GroupMode.OPTIMISTIC;
  private List<Extract> extracts = List.of();
  private List<String> ignored = List.of();
  private TableSchema merged;

  @ParameterizedTest(name = "{0}: {1} and {2}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "PESSIMISTIC | a int | a int | -",
        "PESSIMISTIC | A INT | a int | -",
        "PESSIMISTIC | a int | a bigint | column a",
        "PESSIMISTIC | a int | a int not null | column a",
        "PESSIMISTIC | a int | b int | column a, column b",
        "PESSIMISTIC | a int; b int | b int; a int | -",
        "PESSIMISTIC | a int; key k (a) | a int | index k",
        "PESSIMISTIC | a int; comment = x | a int | table options",
        "OPTIMISTIC | a int | a bigint | -",
        "OPTIMISTIC | a int | b int | -",
        "OPTIMISTIC | a int | a double | column a (type)",
        "OPTIMISTIC | a int default 1 | a int default 2 | column a (default)",
        "OPTIMISTIC | a int; b int; key k (a) | a int; b int; key k (b) | index k (definition)",
        "OPTIMISTIC_STRICT | a int | a double | column a (type)",
      })
  void schemasOfShardTables(GroupMode groupMode, String first, String second, String parts) {
    mode = groupMode;
    shard("s1", "id int not null; " + first + "; primary key (id)");
    shard("s2", "id int not null; " + second + "; primary key (id)");

    List<String> differing =
        check(CheckItem.SCHEMA_OF_SHARD_TABLES).stream()
            .flatMap(finding -> finding.differences().stream())
            .map(Difference::what)
            .toList();

    assertThat(String.join(", ", differing)).isEqualTo(parts == null ? "" : parts);
  }

  @Test
  void differingSchemasAreShownSideBySideWithTheirTables() {
    shard("s1", "id int not null; a int; primary key (id)");
    shard("s2", "id int not null; a double; primary key (id)");

    assertThat(check(CheckItem.SCHEMA_OF_SHARD_TABLES))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.toString())
                  .contains("`a` int NULL in s1/shop_1.orders")
                  .contains("`a` double NULL in s2/shop_1.orders")
                  .contains("ALTER TABLE");
            });
  }

  @Test
  void keysThatAreCountedUpInEachTableAreAWarning() {
    shard("s1", "id bigint not null auto_increment; primary key (id)");
    shard("s2", "id bigint not null auto_increment; primary key (id)");

    assertThat(check(CheckItem.AUTO_INCREMENT_ID))
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.WARNING);
  }

  @Test
  void aMergedTableWithoutTheKeyTakesCountedColumns() {
    shard("s1", "id bigint not null auto_increment; primary key (id)");
    shard("s2", "id bigint not null auto_increment; primary key (id)");
    merged = table("id bigint not null; key k (id)");

    assertThat(check(CheckItem.AUTO_INCREMENT_ID)).isEmpty();
  }

  @ParameterizedTest(name = "{0} to {1} and {2} to {3}: {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "1, 10, 11, 20, -",
        "1, 10, 10, 20, ERROR",
        "1, 9, 2, 10, WARNING",
        "1, 100, 30, 40, WARNING",
        "-, -, 1, 5, -",
      })
  void rangesOfAUniqueKey(Integer from1, Integer to1, Integer from2, Integer to2, String severity) {
    shard("s1", PLAIN, ends(from1, to1));
    shard("s2", PLAIN, ends(from2, to2));

    assertThat(check(CheckItem.UNIQUE_KEY_OF_SHARD_TABLES))
        .extracting(finding -> finding.severity().name())
        .isEqualTo(severity == null ? List.of() : List.of(severity));
  }

  @Test
  void anEqualValueIsNamedWithItsTables() {
    shard("s1", PLAIN, ends(7, 9));
    shard("s2", PLAIN, ends(9, 12));

    assertThat(check(CheckItem.UNIQUE_KEY_OF_SHARD_TABLES))
        .singleElement()
        .asString()
        .contains("(id): 9 in s1/shop_1.orders, s2/shop_1.orders");
  }

  @Test
  void equalValuesOfAMergedTableWithoutTheKeyAreNoProblem() {
    shard("s1", PLAIN, ends(1, 9));
    shard("s2", PLAIN, ends(1, 9));
    merged = table("id bigint not null; a int; key k (id)");

    assertThat(check(CheckItem.UNIQUE_KEY_OF_SHARD_TABLES)).isEmpty();
  }

  @Test
  void addedColumnsTellTablesApart() {
    extracts = List.of(new Extract(Extract.From.SOURCE, Pattern.compile("(.*)"), "src"));
    shard("s1", PLAIN, ends(1, 9));
    shard("s2", PLAIN, ends(1, 9));

    assertThat(check(CheckItem.UNIQUE_KEY_OF_SHARD_TABLES)).isEmpty();
  }

  @Test
  void addedColumnsThatAreTheSameDoNot() {
    extracts = List.of(new Extract(Extract.From.SCHEMA, Pattern.compile("(.*)"), "shard"));
    shard("s1", PLAIN, ends(1, 9));
    shard("s2", PLAIN, ends(1, 9));

    assertThat(check(CheckItem.UNIQUE_KEY_OF_SHARD_TABLES)).hasSize(1);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "primary key (id) | 1",
        "primary key (id, src) | 0",
        "primary key (SRC, id) | 0",
        "primary key (src, id); unique u (id) | 1",
        "primary key (id, shard) | 1",
        "key k (id, src) | 0",
      })
  void onlyAMergedKeyWithAnAddedColumnThatDiffersTellsTablesApart(String keys, int findings) {
    extracts =
        List.of(
            new Extract(Extract.From.SCHEMA, Pattern.compile("(.*)"), "shard"),
            new Extract(Extract.From.SOURCE, Pattern.compile("(.*)"), "src"));
    String counted = "id bigint not null auto_increment; a int; primary key (id)";
    shard("s1", counted, ends(1, 9));
    shard("s2", counted, ends(1, 9));
    merged = table("id bigint not null; a int; shard varchar(9); src varchar(9); " + keys);

    assertThat(check(CheckItem.UNIQUE_KEY_OF_SHARD_TABLES)).hasSize(findings);
    assertThat(check(CheckItem.AUTO_INCREMENT_ID)).hasSize(findings);
  }

  @Test
  void whatIsLeftOutIsNotFound() {
    mode = GroupMode.PESSIMISTIC;
    ignored = List.of("schema_of_shard_tables");
    shard("s1", "id int not null; primary key (id)", ends(1, 2));
    shard("s2", "id bigint not null; primary key (id)", ends(1, 2));

    assertThat(check())
        .extracting(Finding::item)
        .containsExactly(CheckItem.UNIQUE_KEY_OF_SHARD_TABLES);

    ignored = List.of("all");
    assertThat(check()).isEmpty();
  }

  @Test
  void aKeyWhoseValuesWereNotReadIsAWarning() {
    shard("s1", PLAIN, ends(1, 2));
    shard("s2", PLAIN);

    assertThat(check())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.toString()).contains("(id)", "not checked in s2/shop_1.orders");
            });
  }

  @Test
  void aTableThatIsNotUnderstoodIsAWarning() {
    shard("s1", PLAIN, ends(1, 2));
    found.put(
        "s2",
        new TreeMap<>(Map.of(new TableId("shop_1", "orders"), new TableFacts(null, List.of()))));

    assertThat(check())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.toString()).contains("not understood in s2/shop_1.orders");
            });
  }

  @Test
  void errorsComeFirst() {
    shard("s1", "id bigint not null auto_increment; a int; primary key (id)", ends(1, 2));
    shard("s2", "id bigint not null auto_increment; a double; primary key (id)", ends(3, 4));

    assertThat(check())
        .extracting(Finding::severity)
        .containsExactly(Severity.ERROR, Severity.WARNING);
  }

  @Test
  void valuesThatAreEqualInTheirCollationAreShownAsOneOfThemIs() {
    shard("s1", "id varchar(9) not null; primary key (id)", text("00AA", "b"));
    shard("s2", "id varchar(9) not null; primary key (id)", text("00AA", "B"));

    assertThat(check())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .singleElement()
        .asString()
        .contains("(id): b in")
        .doesNotContain("00AA");
  }

  private static KeyFacts text(String weight, String shown) {
    return new KeyFacts(
        List.of("id"), null, null, new TreeSet<>(List.of(KeyFacts.sample(weight, shown))));
  }

  @Test
  void aTableAloneIsNotChecked() {
    shard("s1", "id bigint not null auto_increment; primary key (id)");

    assertThat(check()).isEmpty();
  }

  private List<Finding> check(CheckItem item) {
    return check().stream().filter(finding -> finding.item() == item).toList();
  }

  private List<Finding> check() {
    RouteRule rule =
        new RouteRule(
            "merge",
            NamePattern.of("shop_*", false),
            NamePattern.of("orders", false),
            "shop",
            "orders",
            extracts);
    TaskSettings settings =
        new TaskSettings(mode, new TreeSet<>(), List.of(rule), false, new TreeSet<>(ignored));
    List<SourceFacts> facts = new ArrayList<>();
    found.forEach((source, tables) -> facts.add(new SourceFacts(source, 0, tables)));
    return new ShardChecks(settings, facts).findings(target -> merged);
  }

  private void shard(String source, String schema, KeyFacts... keys) {
    found
        .computeIfAbsent(source, name -> new TreeMap<>())
        .put(new TableId("shop_1", "orders"), new TableFacts(table(schema), List.of(keys)));
  }

  /** A primary key with rows at its ends. */
  private static KeyFacts ends(Integer least, Integer greatest) {
    TreeSet<String> samples = new TreeSet<>();
    if (least != null) {
      samples.add(least.toString());
      samples.add(greatest.toString());
    }

    return new KeyFacts(
        List.of("id"),
        least == null ? null : BigInteger.valueOf(least),
        greatest == null ? null : BigInteger.valueOf(greatest),
        samples);
  }
}
