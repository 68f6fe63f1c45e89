package io.dmconnect.source.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.KeyFacts;
import io.dmconnect.model.coordination.TableFacts;
import io.dmconnect.source.config.SourceConfig;
import io.dmconnect.source.jdbc.Connections;
import io.dmconnect.source.testing.Upstream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcFactsReaderIT {
  private static LocalStack stack;

  @BeforeAll
  static void startMySql() {
    stack = LocalStack.builder().mysql().start();
  }

  @AfterAll
  static void stopMySql() {
    stack.close();
  }

  @ParameterizedTest(name = "{0}: {1} and {2}: {3}")
  @CsvSource({
    "utf8mb4_0900_ai_ci, 'A', 'a', true",
    "utf8mb4_0900_ai_ci, 'a', 'a ', false",
    "utf8mb4_general_ci, 'A', 'a', true",
    "utf8mb4_general_ci, 'a', 'a ', true",
    "utf8mb4_general_ci, 'a', 'b', false",
    "utf8mb4_bin, 'A', 'a', false",
    "utf8mb4_bin, 'a', 'a ', true",
    "utf8mb4_0900_bin, 'a', 'a', true",
    "latin1_swedish_ci, 'A', 'a', true",
  })
  void textsThatTheirCollationTakesForEqualAreTheSameSample(
      String collation, String one, String other, boolean equal) throws Exception {
    try (Upstream upstream = new Upstream(stack.mysql())) {
      String key = " (k VARCHAR(20) COLLATE " + collation + " PRIMARY KEY)";
      upstream
          .sql()
          .run(
              "CREATE TABLE t1" + key,
              "CREATE TABLE t2" + key,
              "INSERT INTO t1 VALUES ('" + one + "')",
              "INSERT INTO t2 VALUES ('" + other + "')");
      TableId first = new TableId(Upstream.SCHEMA, "t1");
      TableId second = new TableId(Upstream.SCHEMA, "t2");
      SourceConfig config = new SourceConfig(Upstream.props(stack.mysql()));

      Map<TableId, TableFacts> facts =
          new JdbcFactsReader(new Connections(config.connection()), true)
              .read(List.of(first, second));

      Set<String> samples = new HashSet<>(facts.get(first).keys().get(0).samples());
      samples.addAll(facts.get(second).keys().get(0).samples());
      assertThat(samples.stream().map(KeyFacts::compared).distinct()).hasSize(equal ? 1 : 2);
    }
  }
}
