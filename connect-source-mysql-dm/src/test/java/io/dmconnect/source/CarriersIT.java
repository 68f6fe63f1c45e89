package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.testing.Upstream;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** Offsets of dumps that no record of their tables' topics brings to a commit. */
class CarriersIT extends TaskOnMysql {
  private static final String HEARTBEATS = "__dm-heartbeat.s1";

  @Test
  void theStreamCarriesTheOffsetOfADumpWhoseEndAFilterTook() throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (71), (72)");
    List<SourceRecord> dumped = upstream.startStreaming();
    assertThat(dumped).filteredOn(r -> done(r, "src.t")).singleElement().matches(isRow("r", 72));
    dumped.removeIf(isRow("r", 72));
    driver.committed(dumped);

    SourceRecord carrier = streamUntilTheEndOf("src.t");
    assertThat(carrier.topic()).isEqualTo(HEARTBEATS);
    driver.commit(List.of(carrier));
    driver.kill();
    sql.run("INSERT INTO beat VALUES (100)");

    assertThat(driver.start().until(isRow("c", 100)))
        .noneMatch(r -> r.topic().equals(Upstream.topic("t")));
  }

  /** Commits transaction after transaction until a record has the end of the table's dump. */
  private SourceRecord streamUntilTheEndOf(String table) throws Exception {
    for (int id = 0; id < 10; id++) {
      sql.run("INSERT INTO beat VALUES (" + id + ")");
      List<SourceRecord> records = driver.until(isRow("c", id));
      driver.committed(records.stream().filter(r -> !done(r, table)).toList());
      for (SourceRecord record : records) {
        if (done(record, table)) {
          return record;
        }
      }
    }
    throw new AssertionError("No record has the end of " + table);
  }

  @Test
  void aDumpThatGoesOnWhereNothingIsLeftEndsByACarrier() throws Exception {
    Map<String, String> rowByRow = Map.of("snapshot.chunk.rows", "1");
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (71), (72)");
    List<SourceRecord> first = driver.start(rowByRow).until(r -> done(r, "src.t"));
    driver.kill();
    assertThat(first).hasSize(3);
    driver.commit(first.subList(0, 2));
    sql.run("DELETE FROM t WHERE id = 72");

    List<SourceRecord> rest = driver.start(rowByRow).until(r -> done(r, "src.t"));

    assertThat(rest).extracting(SourceRecord::topic).containsExactly(HEARTBEATS);
    assertThat(rest.get(0).sourceOffset().get("rows")).isEqualTo(1L);
  }
}
