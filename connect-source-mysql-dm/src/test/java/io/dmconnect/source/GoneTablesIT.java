package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.done;
import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.testing.Replica;
import io.dmconnect.source.testing.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are gone when a task goes on that was killed before its stream had a position. */
class GoneTablesIT extends TaskOnMysql {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE t",
        "RENAME TABLE t TO moved",
        "DROP DATABASE src; CREATE DATABASE src; USE src"
      })
  void aTableThatWasReadIsTakenBack(String statements) throws Exception {
    sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (71), (72)");
    List<SourceRecord> records = new ArrayList<>(driver.start().until(r -> done(r, "src.t")));
    driver.commit(records);
    driver.kill();
    sql.run(statements.split("; "));
    sql.run("CREATE TABLE u (id INT PRIMARY KEY)", "INSERT INTO u VALUES (1)");

    records.addAll(driver.committing().start().until(r -> done(r, "src.u")));
    sql.run("INSERT INTO u VALUES (2)");
    records.addAll(driver.until(isRow("c", 2)));

    assertThat(new Replica(Upstream.topic("t")).apply(records).rows()).isEmpty();
  }
}
