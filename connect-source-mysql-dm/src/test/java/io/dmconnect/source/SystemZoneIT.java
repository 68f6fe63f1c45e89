package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.ddl;
import static io.dmconnect.source.testing.Records.isDdl;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.source.testing.Records;
import io.dmconnect.source.testing.Upstream;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zone of schema changes on a server whose system is not in UTC. */
class SystemZoneIT {
  // New York by the rules since 2007, without zone files.
  private static final String NEW_YORK = "EST5EDT,M3.2.0,M11.1.0";
  private static final String JANUARY = "1704067200";
  private static final String JULY = "1719792000";
  private static LocalStack stack;

  private Upstream upstream;

  @BeforeAll
  static void startServer() {
    stack = LocalStack.builder().systemZone(NEW_YORK).mysql().start();
  }

  @AfterAll
  static void stopServer() {
    stack.close();
  }

  @BeforeEach
  void stream() throws InterruptedException {
    upstream = new Upstream(stack.mysql());
    upstream.sql().run("CREATE TABLE t (id INT PRIMARY KEY)");
    upstream.startStreaming();
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  @ParameterizedTest
  @CsvSource({
    "SYSTEM," + JANUARY + ",-05:00",
    "system," + JULY + ",-04:00",
    "+02:00," + JANUARY + ",+02:00"
  })
  void aStatementSaysWhichOffsetItRanIn(String zone, String time, String offset) throws Exception {
    upstream
        .sql()
        .run(
            "SET time_zone = '" + zone + "', timestamp = " + time,
            "ALTER TABLE t ADD COLUMN d DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,"
                + " ADD COLUMN s TIMESTAMP NOT NULL DEFAULT '2024-01-01 00:00:00'");

    assertThat(zone(upstream.driver().until(isDdl("ALTER_TABLE")))).isEqualTo(offset);
  }

  @Test
  void aStatementThatDependsOnNoZoneSaysTheSystems() throws Exception {
    upstream.sql().run("SET timestamp = " + JULY, "ALTER TABLE t ADD COLUMN v INT");

    assertThat(zone(upstream.driver().until(isDdl("ALTER_TABLE")))).isEqualTo("-04:00");
  }

  private static String zone(List<SourceRecord> records) {
    SourceRecord record = records.stream().filter(Records::isDdlRecord).findFirst().orElseThrow();
    return ddl(record).getString("time_zone");
  }
}
