package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isDdl;
import static io.dmconnect.source.testing.Records.isDdlRecord;
import static io.dmconnect.source.testing.Records.isRow;
import static io.dmconnect.source.testing.Upstream.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.testing.Records;
import io.dmconnect.source.testing.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that come to be captured while the connector exists. */
class ArrivalsIT extends TaskOnMysql {
  @BeforeEach
  void makeTables() {
    sql.run(
        "CREATE TABLE t (id INT PRIMARY KEY)",
        "INSERT INTO t VALUES (1), (2)",
        "CREATE TABLE tmp (id INT PRIMARY KEY, v INT)",
        "INSERT INTO tmp VALUES (1, 10), (2, 20), (3, 30)");
  }

  private List<SourceRecord> startWithout(String table) throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    sql.run("CREATE TABLE beat (id INT PRIMARY KEY)", "INSERT INTO beat VALUES (-8)");
    upstream.driver().start(Map.of("ignore-tables", "src." + table));
    records.addAll(
        upstream.driver().untilAll(List.of(r -> done(r, "src.t"), r -> done(r, "src.beat"))));
    sql.run("INSERT INTO beat VALUES (-9)");
    records.addAll(upstream.driver().until(isRow("c", -9)));
    return records;
  }

  @Test
  void aTableThatGetsACapturedNameIsRead() throws Exception {
    List<SourceRecord> records = startWithout("tmp");
    upstream.driver().committed(records);

    sql.run(
        "INSERT INTO t VALUES (3)",
        "RENAME TABLE t TO t_old, tmp TO t",
        "INSERT INTO t VALUES (4, 40)",
        "UPDATE t SET v = 11 WHERE id = 1",
        "ALTER TABLE t ADD COLUMN w INT",
        "INSERT INTO t_old VALUES (7)",
        "INSERT INTO t VALUES (5, 50, 5)");
    records.addAll(upstream.driver().until(r -> done(r, "src.t")));
    sql.run("INSERT INTO t VALUES (6, 60, 6)");
    records.addAll(upstream.driver().until(isRow("c", 6)));

    List<SourceRecord> since = fromLastCreate(records);
    assertThat(new Replica(topic("t")).apply(since).rows()).isEqualTo(upstream.rows("t"));
    assertThat(records.stream().filter(Records::isDdlRecord).map(Records::ddlText))
        .containsSubsequence("s1.src.t RENAME_TABLE t t_old", "s1.src.t CREATE_TABLE t");
  }

  @Test
  void readingItGoesOnAfterARestartAnywhere() throws Exception {
    List<SourceRecord> records = startWithout("tmp");
    upstream.driver().committed(records);
    sql.run("RENAME TABLE t TO t_old, tmp TO t", "INSERT INTO t VALUES (4, 40)");
    List<SourceRecord> read = upstream.driver().until(r -> done(r, "src.t"));
    upstream.driver().kill();

    for (int cut = 0; cut <= read.size(); cut++) {
      upstream.driver().forget();
      upstream.driver().commit(records);
      upstream.driver().commit(read.subList(0, cut));
      upstream.driver().start(Map.of("ignore-tables", "src.tmp"));
      List<SourceRecord> all = new ArrayList<>(records);
      all.addAll(read.subList(0, cut));
      sql.run("INSERT INTO t VALUES (" + (100 + cut) + ", 0)");
      all.addAll(upstream.driver().until(isRow("c", 100 + cut).or(isRow("r", 100 + cut))));
      upstream.driver().kill();

      assertThat(new Replica(topic("t")).apply(fromLastCreate(all)).rows())
          .as("after %d of %d", cut, read.size())
          .isEqualTo(upstream.rows("t"));
    }
  }

  @Test
  void aTableIsReadAgainWhenItCannotBeToldWhatItsSnapshotHas() throws Exception {
    sql.run("CREATE TABLE k (v INT)", "INSERT INTO k VALUES (1), (1)");
    List<SourceRecord> records = startWithout("nothing");
    upstream.driver().commit(records);
    upstream.driver().kill();
    // as if transactions were being committed when the view of the table was opened
    upstream.driver().alterSnapshot("src.k", "pos", 1_000_000_000L);
    upstream.driver().alterSnapshot("src.k", "until_pos", 1_000_000_000L);
    sql.run(
        "BEGIN", "INSERT INTO t VALUES (3)", "INSERT INTO k VALUES (2)", "DELETE FROM k LIMIT 1");
    sql.run("INSERT INTO t VALUES (4)", "COMMIT", "INSERT INTO k VALUES (3)");

    records.addAll(upstream.driver().committing().start().until(isRow("c", 4)));
    sql.run("INSERT INTO k VALUES (4)", "INSERT INTO t VALUES (5)");
    records.addAll(upstream.driver().until(isRow("c", 5)));

    assertThat(new Replica(topic("k")).apply(records).rows()).isEqualTo(upstream.rows("k"));
    assertThat(new Replica(topic("t")).apply(records).rows()).isEqualTo(upstream.rows("t"));
    assertThat(records.stream().filter(Records::isDdlRecord).map(Records::ddlText))
        .containsSubsequence(
            "s1.src.k CREATE_TABLE k", "s1.src.k DROP_TABLE k", "s1.src.k CREATE_TABLE k");
  }

  @Test
  void theStreamWaitsForTheOffsetOfATableThatIsReadAgain() throws Exception {
    sql.run("CREATE TABLE k (v INT)", "INSERT INTO k VALUES (1), (1)");
    upstream.driver().commit(startWithout("nothing"));
    upstream.driver().kill();
    upstream.driver().alterSnapshot("src.k", "pos", 1_000_000_000L);
    upstream.driver().alterSnapshot("src.k", "until_pos", 1_000_000_000L);
    sql.run("INSERT INTO k VALUES (2)", "INSERT INTO t VALUES (4)");

    List<SourceRecord> records = upstream.driver().start().until(r -> done(r, "src.k"));
    for (int i = 0; i < 3; i++) {
      records.addAll(upstream.driver().next());
    }

    assertThat(records).noneMatch(isRow("c", 4));
    upstream.driver().commit(records);
    upstream.driver().until(isRow("c", 4));
  }

  @Test
  void aRenameWhileTheTaskIsStoppedGoesOnAsOne() throws Exception {
    List<SourceRecord> records = startWithout("nothing");
    upstream.driver().commit(records);
    upstream.driver().kill();
    sql.run(
        "INSERT INTO t VALUES (3)",
        "RENAME TABLE t TO moved",
        "INSERT INTO moved VALUES (4)",
        "RENAME TABLE tmp TO swap, beat TO tmp, swap TO beat2");

    sql.run("INSERT INTO moved VALUES (5)");
    List<SourceRecord> rest = upstream.driver().start().until(isRow("c", 5));

    assertThat(rest.stream().filter(Records::isDdlRecord).map(Records::ddlText))
        .containsExactly(
            "s1.src.moved RENAME_TABLE t moved",
            "s1.src.t RENAME_TABLE t moved",
            "s1.src.swap RENAME_TABLE tmp swap",
            "s1.src.tmp RENAME_TABLE tmp swap",
            "s1.src.beat RENAME_TABLE beat tmp",
            "s1.src.tmp RENAME_TABLE beat tmp",
            "s1.src.beat2 RENAME_TABLE swap beat2",
            "s1.src.swap RENAME_TABLE swap beat2");
    assertThat(rest).noneMatch(isRow("r", 4));
  }

  @Test
  void aTableCreatedAndChangedWhileTheTaskIsStoppedIsBroughtByTheStream() throws Exception {
    upstream.driver().commit(startWithout("nothing"));
    upstream.driver().kill();
    sql.run(
        "CREATE TABLE made (id INT PRIMARY KEY)",
        "INSERT INTO made VALUES (21)",
        "ALTER TABLE made ADD COLUMN v INT",
        "INSERT INTO made VALUES (22, 2)");

    List<SourceRecord> rest = upstream.driver().start().until(isRow("c", 22));

    assertThat(rest.stream().filter(Records::isDdlRecord).map(Records::ddlText))
        .containsExactly("s1.src.made CREATE_TABLE made", "s1.src.made ALTER_TABLE made");
    assertThat(new Replica(topic("made")).apply(rest).rows()).isEqualTo(upstream.rows("made"));
    assertThat(rest).noneMatch(isRow("r", 21));
  }

  @Test
  void aTableThatWasThereBeforeItsCreateIsReadWithAllItsRows() throws Exception {
    upstream.driver().commit(startWithout("tmp"));
    upstream.driver().kill();
    sql.run(
        "CREATE TABLE IF NOT EXISTS tmp (id INT PRIMARY KEY)", "INSERT INTO tmp VALUES (21, 1)");

    List<SourceRecord> rest = upstream.driver().start().until(r -> done(r, "src.tmp"));
    sql.run("INSERT INTO tmp VALUES (22, 2)");
    rest.addAll(upstream.driver().until(isRow("c", 22)));

    assertThat(new Replica(topic("tmp")).apply(rest).rows()).isEqualTo(upstream.rows("tmp"));
  }

  @Test
  void aTableThatMayHaveBeenThereBeforeItsCreateSelectIsReadOnce() throws Exception {
    upstream.driver().commit(startWithout("nothing"));
    upstream.driver().kill();
    sql.run(
        "CREATE TABLE IF NOT EXISTS made AS SELECT 1 AS v UNION ALL SELECT 1",
        "CREATE TABLE other (id INT PRIMARY KEY)",
        "INSERT INTO t VALUES (4)");

    List<SourceRecord> rest = upstream.driver().start().until(isRow("c", 4));

    assertThat(new Replica(topic("made")).apply(rest).rows()).isEqualTo(upstream.rows("made"));
    assertThat(rest.stream().filter(Records::isDdlRecord).map(Records::ddlText))
        .containsExactly("s1.src.made CREATE_TABLE made", "s1.src.other CREATE_TABLE other");
  }

  @Test
  void aTableRenamedWhileItWasReadIsReadUnderItsNewName() throws Exception {
    sql.run("CREATE TABLE alike LIKE t", "INSERT INTO alike VALUES (71), (72)");
    List<SourceRecord> records = startWithout("nothing");
    upstream.driver().commit(records);
    upstream.driver().kill();
    // as if its last row had been read behind the rename
    String server = sql.rows("SELECT @@server_uuid").get(0).get(0);
    upstream.driver().alterSnapshot("src.t", "until_gtids", server + ":1-1000000000");
    sql.run("RENAME TABLE t TO t_old, alike TO t", "INSERT INTO beat VALUES (5)");

    List<SourceRecord> rest = upstream.driver().start().until(isRow("c", 5));

    assertThat(new Replica(topic("t_old")).apply(rest).rows()).isEqualTo(upstream.rows("t_old"));
    assertThat(rest.stream().filter(Records::isDdlRecord).map(Records::ddlText))
        .containsExactly(
            "s1.src.t DROP_TABLE t",
            "s1.src.alike RENAME_TABLE alike t",
            "s1.src.t RENAME_TABLE alike t",
            "s1.src.t_old CREATE_TABLE t_old");
  }

  @Test
  void aRenameWaitsUntilARestartWouldGoOnBehindTheSnapshot() throws Exception {
    List<SourceRecord> records = startWithout("nothing");
    sql.run("RENAME TABLE t TO moved");
    for (int i = 0; i < 3; i++) {
      records.addAll(upstream.driver().next());
    }

    assertThat(records).noneMatch(isDdl("RENAME_TABLE"));
    upstream.driver().committed(records);
    upstream.driver().until(isDdl("RENAME_TABLE").and(r -> r.topic().equals(topic("t"))));
  }

  @Test
  void aTableThatIsLikeOneThatIsNotCapturedIsReadWhenItChangedSince() throws Exception {
    upstream.driver().commit(startWithout("tmp"));
    upstream.driver().kill();
    sql.run(
        "CREATE TABLE made LIKE tmp",
        "INSERT INTO made VALUES (21, 1)",
        "ALTER TABLE made ADD COLUMN w INT",
        "CREATE TABLE brief LIKE tmp",
        "DROP TABLE brief",
        "CREATE TABLE other (id INT PRIMARY KEY)",
        "DROP TABLE other",
        "CREATE TABLE other LIKE tmp",
        "ALTER TABLE other ADD COLUMN w INT",
        "INSERT INTO made VALUES (22, 2, 2)");

    List<SourceRecord> rest =
        upstream.driver().start(Map.of("ignore-tables", "src.tmp")).until(r -> done(r, "src.made"));
    sql.run("INSERT INTO other VALUES (1, 1, 1)", "INSERT INTO made VALUES (23, 3, 3)");
    rest.addAll(upstream.driver().until(isRow("c", 23)));

    assertThat(new Replica(topic("made")).apply(rest).rows()).isEqualTo(upstream.rows("made"));
    assertThat(rest.stream().filter(Records::isDdlRecord).map(Records::ddlText))
        .containsExactly(
            "s1.src.made CREATE_TABLE made",
            "s1.src.other CREATE_TABLE other",
            "s1.src.other DROP_TABLE other",
            "s1.src.other CREATE_TABLE other");
  }

  @Test
  void aTableAddedToTheSelectionIsReadAndTheOthersGoOn() throws Exception {
    sql.run("CREATE TABLE beat (id INT PRIMARY KEY)", "INSERT INTO beat VALUES (-8)");
    upstream.driver().start(Map.of("do-tables", "src.t,src.beat"));
    List<SourceRecord> records =
        upstream.driver().untilAll(List.of(r -> done(r, "src.t"), r -> done(r, "src.beat")));
    sql.run("INSERT INTO beat VALUES (1)", "INSERT INTO tmp VALUES (4, 40)");
    records.addAll(upstream.driver().until(isRow("c", 1)));
    upstream.driver().commit(records);
    upstream.driver().kill();
    sql.run("INSERT INTO t VALUES (9)", "DELETE FROM tmp WHERE id = 1");

    upstream.driver().start(Map.of("do-tables", "src.t,src.tmp,src.beat"));
    List<SourceRecord> after =
        upstream.driver().untilAll(List.of(isRow("c", 9), r -> done(r, "src.tmp")));
    sql.run("UPDATE tmp SET v = 0 WHERE id = 2", "INSERT INTO tmp VALUES (6, 60)");
    after.addAll(upstream.driver().until(isRow("c", 6)));

    assertThat(new Replica(topic("tmp")).apply(after).rows()).isEqualTo(upstream.rows("tmp"));
    assertThat(after)
        .filteredOn(r -> !r.topic().equals(topic("tmp")))
        .extracting(SourceRecord::topic)
        .containsExactly(topic("t"));
  }

  /** Runs statements while a table that was captured is not selected, and selects it again. */
  private void deselectTmpDuring(String... statements) throws Exception {
    sql.run("CREATE TABLE beat (id INT PRIMARY KEY)");
    upstream.driver().start();
    List<SourceRecord> records =
        upstream.driver().untilAll(List.of(r -> done(r, "src.tmp"), r -> done(r, "src.beat")));
    sql.run("INSERT INTO beat VALUES (1)");
    records.addAll(upstream.driver().until(isRow("c", 1)));
    upstream.driver().commit(records);
    upstream.driver().kill();

    upstream.driver().start(Map.of("ignore-tables", "src.tmp"));
    sql.run(statements);
    sql.run("INSERT INTO beat VALUES (2)");
    List<SourceRecord> meanwhile = upstream.driver().until(isRow("c", 2));
    assertThat(meanwhile)
        .filteredOn(record -> record.topic().equals(topic("tmp")))
        .allMatch(isDdl("DESELECT_TABLE"));
    upstream.driver().commit(meanwhile);
    upstream.driver().kill();
    upstream.driver().start();
  }

  @Test
  void aTableAlteredWhileItIsNotSelectedGoesOnWithItsNewSchema() throws Exception {
    deselectTmpDuring(
        "ALTER TABLE tmp ADD COLUMN w INT", "CREATE TABLE IF NOT EXISTS tmp (id INT PRIMARY KEY)");

    sql.run("INSERT INTO tmp VALUES (7, 70, 700)");
    List<SourceRecord> records = upstream.driver().until(isRow("c", 7));

    Struct row = ((Struct) records.get(records.size() - 1).value()).getStruct("after");
    assertThat(row.get("w")).isEqualTo(700);
  }

  @Test
  void aTableThatIsNoLongerSelectedHidesNoRowOfTheTransactionTheTaskStoppedIn() throws Exception {
    upstream.driver().start();
    List<SourceRecord> records =
        upstream.driver().untilAll(List.of(r -> done(r, "src.t"), r -> done(r, "src.tmp")));
    upstream.driver().committed(records);
    sql.run("BEGIN", "INSERT INTO t VALUES (11), (12), (13)");
    sql.run("INSERT INTO tmp VALUES (21, 0), (22, 0), (23, 0)", "COMMIT");
    records.addAll(upstream.driver().until(isRow("c", 23)));
    upstream.driver().commit(records.subList(0, records.size() - 2));
    upstream.driver().kill();

    upstream.driver().start(Map.of("ignore-tables", "src.t"));
    List<SourceRecord> rest = upstream.driver().until(isRow("c", 23));

    assertThat(rest)
        .filteredOn(record -> record.topic().equals(topic("tmp")))
        .extracting(record -> ((Struct) record.value()).getStruct("after").get("id"))
        .containsExactly(22, 23);
  }

  @Test
  void aTableMadeAnewWhileItIsNotSelectedIsReadWhenItIsSelectedAgain() throws Exception {
    deselectTmpDuring(
        "DROP TABLE tmp",
        "CREATE TABLE tmp (id INT PRIMARY KEY, x INT)",
        "INSERT INTO tmp VALUES (5, 50)");

    List<SourceRecord> records = upstream.driver().until(r -> done(r, "src.tmp"));
    sql.run("INSERT INTO tmp VALUES (7, 70)");
    records.addAll(upstream.driver().until(isRow("c", 7)));

    assertThat(new Replica(topic("tmp")).apply(records).rows()).isEqualTo(upstream.rows("tmp"));
  }

  /** The records of the table that has the name now: a rename took the former one away. */
  private static List<SourceRecord> fromLastCreate(List<SourceRecord> records) {
    int from = 0;
    for (int i = 0; i < records.size(); i++) {
      if (isDdlRecord(records.get(i))
          && Records.ddlText(records.get(i)).equals("s1.src.t CREATE_TABLE t")) {
        from = i;
      }
    }
    return records.subList(from, records.size());
  }
}
