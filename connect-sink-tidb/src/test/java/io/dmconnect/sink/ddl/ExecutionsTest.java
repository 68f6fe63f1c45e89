package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.coordination.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionsTest {
  private static final List<String> STATEMENTS = List.of("a", "b", "c");

  @Test
  void statementsThatAreLeftHaveNotRun() {
    assertThat(Executions.executed(STATEMENTS, List.of("a", "b", "c"))).isZero();
    assertThat(Executions.executed(STATEMENTS, List.of("b", "c"))).isEqualTo(1);
    assertThat(Executions.executed(STATEMENTS, List.of())).isEqualTo(3);
  }

  @Test
  void aStatementOfWhichPartsAreLeftHasNotRun() {
    assertThat(Executions.executed(STATEMENTS, List.of("b2", "c"))).isEqualTo(1);
    assertThat(Executions.executed(STATEMENTS, List.of("b1", "b2", "c"))).isEqualTo(1);
    assertThat(Executions.executed(STATEMENTS, List.of("c2"))).isEqualTo(2);
  }

  @Test
  void anExecutionOfOtherStatementsHasAnotherId() {
    assertThat(Executions.ledgerId(execution("x#1", "a")))
        .isEqualTo(Executions.ledgerId(execution("x#1", "a")))
        .isNotEqualTo(Executions.ledgerId(execution("x#2", "a")))
        .isNotEqualTo(Executions.ledgerId(execution("x#1", "b")));
  }

  @Test
  void anExecutionKeepsItsIdAcrossVersions() {
    assertThat(Executions.ledgerId(execution("x#1", "ALTER TABLE `订单` ADD a INT")))
        .isEqualTo("execution:1c3ee2bc333810e6722528fcc75b6027");
  }

  private static Decision.Execute execution(String id, String sql) {
    return new Decision.Execute("x", id, List.of(sql), true, "");
  }
}
