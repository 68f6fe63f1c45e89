package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.ddl;
import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isDdl;
import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.event.DdlEventCodec;
import io.dmconnect.source.testing.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that the block-allow list takes no more, and takes again: their topics tell it. */
class SelectionIT extends TaskOnMysql {
  private static final Map<String, String> WITHOUT_U = Map.of("ignore-tables", "src.u");

  @BeforeEach
  void makeTables() {
    sql.run(
        "CREATE TABLE t (id INT PRIMARY KEY)",
        "INSERT INTO t VALUES (1)",
        "CREATE TABLE u (id INT PRIMARY KEY)",
        "INSERT INTO u VALUES (101)");
  }

  private void captureBoth(Map<String, String> more) throws InterruptedException {
    driver.start(more);
    List<SourceRecord> records =
        driver.untilAll(List.of(r -> done(r, "src.t"), r -> done(r, "src.u")));
    sql.run("INSERT INTO t VALUES (2)");
    records.addAll(driver.until(isRow("c", 2)));
    driver.commit(records);
    driver.kill();
  }

  private List<SourceRecord> restarted(Map<String, String> more, int id)
      throws InterruptedException {
    sql.run("INSERT INTO t VALUES (" + id + ")");
    return driver.start(more).until(isRow("c", id));
  }

  private static List<SourceRecord> ddls(List<SourceRecord> records) {
    return records.stream().filter(Records::isDdlRecord).toList();
  }

  private static List<String> texts(List<SourceRecord> records) {
    return ddls(records).stream().map(Records::ddlText).toList();
  }

  private static DdlEvent event(SourceRecord record) {
    return DdlEventCodec.decode(ddl(record));
  }

  @Test
  void aTableThatIsNotSelectedAnyMoreSaysSoInItsTopicOnce() throws Exception {
    captureBoth(Map.of());

    List<SourceRecord> records = restarted(WITHOUT_U, 3);
    driver.commit(records);
    driver.kill();
    List<SourceRecord> later = restarted(WITHOUT_U, 4);

    assertThat(texts(records)).containsExactly("s1.src.u DESELECT_TABLE u");
    DdlEvent event = event(ddls(records).get(0));
    assertThat(event.statements()).isEmpty();
    assertThat(event.before().columns()).hasSize(1);
    assertThat(event.after()).isNull();
    assertThat(texts(later)).isEmpty();
  }

  @Test
  void aTableThatIsSelectedAgainStatesWhatItIsByNow() throws Exception {
    captureBoth(Map.of());
    driver.commit(restarted(WITHOUT_U, 3));
    sql.run(
        "INSERT INTO u VALUES (102)", "ALTER TABLE u ADD COLUMN v INT", "INSERT INTO t VALUES (4)");
    driver.commit(driver.until(isRow("c", 4)));
    driver.kill();

    List<SourceRecord> records = restarted(Map.of(), 5);
    sql.run("INSERT INTO u VALUES (103, 3)");
    records.addAll(driver.until(isRow("c", 103)));

    assertThat(texts(records)).containsExactly("s1.src.u CREATE_TABLE u");
    DdlEvent event = event(ddls(records).get(0));
    assertThat(event.snapshot()).isFalse();
    assertThat(event.id()).startsWith("s1:").endsWith(":selected:`src`.`u`");
    assertThat(event.after().columns())
        .extracting(column -> column.name())
        .containsExactly("id", "v");
    assertThat(records).noneMatch(isRow("c", 102)).noneMatch(isRow("r", 102));
  }

  @Test
  void whatAKillLeavesOfItInTheTopicIsCompletedUnderTheSameId() throws Exception {
    captureBoth(SPREAD);
    Map<String, String> withoutU = new HashMap<>(SPREAD);
    withoutU.putAll(WITHOUT_U);
    driver.withoutDelivery().start(withoutU);
    List<SourceRecord> sent = driver.until(isDdl("DESELECT_TABLE"));
    driver.kill();

    // The table is selected again: the other partitions wait for what the first one has.
    List<SourceRecord> records =
        driver
            .delivering()
            .start(SPREAD)
            .until(isDdl("CREATE_TABLE").and(r -> r.kafkaPartition() == 2));

    List<SourceRecord> all = new ArrayList<>(sent);
    all.addAll(records);
    assertThat(ddls(sent)).hasSize(1);
    assertThat(ddls(all))
        .extracting(r -> event(r).kind() + " " + r.kafkaPartition())
        .containsExactly(
            "DESELECT_TABLE 0",
            "DESELECT_TABLE 0",
            "DESELECT_TABLE 1",
            "DESELECT_TABLE 2",
            "CREATE_TABLE 0",
            "CREATE_TABLE 1",
            "CREATE_TABLE 2");
    assertThat(ddls(all).subList(0, 4))
        .extracting(r -> event(r).id())
        .containsOnly(event(sent.get(sent.size() - 1)).id());
  }

  @Test
  void aTableThatWasDroppedMeanwhileSaysSoAllTheSame() throws Exception {
    captureBoth(Map.of());
    sql.run("DROP TABLE u");

    List<SourceRecord> records = restarted(WITHOUT_U, 3);

    assertThat(texts(records)).containsExactly("s1.src.u DESELECT_TABLE u");
  }

  @Test
  void aTableThatIsSelectedAgainAndWasMadeAnewBeginsLikeANewOne() throws Exception {
    captureBoth(Map.of());
    driver.commit(restarted(WITHOUT_U, 3));
    sql.run(
        "DROP TABLE u",
        "CREATE TABLE u (k INT PRIMARY KEY)",
        "INSERT INTO u VALUES (1)",
        "INSERT INTO t VALUES (4)");
    driver.commit(driver.until(isRow("c", 4)));
    driver.kill();

    List<SourceRecord> records = driver.start().until(r -> done(r, "src.u"));

    assertThat(ddls(records))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(event(record).snapshot()).isTrue();
              assertThat(event(record).table()).isEqualTo(new TableId("src", "u"));
            });
  }

  @Test
  void aTableThatIsSelectedAgainInTheMiddleOfItsSnapshotSaysSoBeforeItsRows() throws Exception {
    List<SourceRecord> begun = driver.start().until(isRow("r", 101));
    driver.kill();
    driver.commit(begun.stream().filter(record -> !done(record, "src.u")).toList());
    driver.commit(driver.start(WITHOUT_U).until(isDdl("DESELECT_TABLE")));
    driver.kill();

    List<SourceRecord> records = driver.start().until(r -> done(r, "src.u"));

    assertThat(texts(records)).startsWith("s1.src.u CREATE_TABLE u");
    assertThat(event(ddls(records).get(0)).id()).contains(":selected:");
  }
}
