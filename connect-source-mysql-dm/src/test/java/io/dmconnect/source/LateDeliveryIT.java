package io.dmconnect.source;

import static io.dmconnect.source.testing.Records.isDdl;
import static io.dmconnect.source.testing.Records.isRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.source.testing.Records;
import io.dmconnect.source.testing.Upstream;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A worker that tells of deliveries only when records come after them: one with exactly-once
 * support and {@code transaction.boundary=interval}. Whether it writes transactions it does not
 * tell; one that ignores {@code exactly.once.support} writes none.
 */
class LateDeliveryIT {

  @ParameterizedTest
  @ValueSource(strings = {"requested", "required"})
  void aSchemaChangeThatNothingFollowsDoesNotHoldTheStreamUp(String exactlyOnce) throws Exception {
    Map<String, String> more =
        Map.of("heartbeat.interval.ms", "0", "exactly.once.support", exactlyOnce);
    try (LocalStack stack = LocalStack.builder().mysql().start();
        Upstream upstream = new Upstream(stack.mysql())) {
      upstream.sql().run("CREATE TABLE t (id INT PRIMARY KEY)");
      upstream.driver().withoutDelivery();
      List<SourceRecord> before = upstream.startStreaming(more);
      upstream.sql().run("ALTER TABLE t ADD COLUMN v INT", "INSERT INTO t VALUES (1, 1)");

      List<SourceRecord> records =
          upstream.driver().until(r -> r.topic().equals("__dm-heartbeat.s1"));
      assertThat(records).anyMatch(isDdl("ALTER_TABLE")).noneMatch(isRow("c", 1));
      upstream.driver().deliver(records);
      assertThat(upstream.driver().until(isRow("c", 1))).anyMatch(r -> r.topic().equals("s1"));

      upstream.driver().commit(before);
      upstream.driver().commit(records.stream().filter(r -> !Records.isDdlRecord(r)).toList());
      upstream.driver().kill();
      List<SourceRecord> again = upstream.driver().start(more).until(isDdl("ALTER_TABLE"));
      assertThat(again).noneMatch(isRow("c", -9));
    }
  }
}
