package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TestDdl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a shard group has a sink task run. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class ExecutionsIT {
  private static final String SCHEMA = "sinktask_executions";
  private static final String LEDGER = DevTiDb.meta(SCHEMA) + ".ddl_ledger";
  private static final TableId T = new TableId(SCHEMA, "t");
  private static final String COLUMNS =
      "information_schema.COLUMNS WHERE TABLE_SCHEMA = '" + SCHEMA + "'";
  private static final String INDEXES =
      "information_schema.STATISTICS WHERE TABLE_SCHEMA = '" + SCHEMA + "' ORDER BY INDEX_NAME";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final TopicPartition PARTITION = new TopicPartition("src.db.t", 0);

  private final Bookkeeping target = new Bookkeeping(SCHEMA);
  private final DevTiDb tidb = target.tidb();
  private final DdlExecutors executors = target.executors();
  private final Executions executions = executors.executions("x");
  private Executions.Executor executor;

  @BeforeEach
  void takeThePartition() {
    Await.until("a former test's statement to end", LIMIT, () -> !isRunning("DO SLEEP"));
    tidb.run("CREATE TABLE " + T + " (id INT PRIMARY KEY, a INT, b INT)");
    executor =
        new Executions.Executor(PARTITION, target.takeOver(PARTITION), "src", T, false, null);
  }

  @AfterEach
  void close() {
    executors.close();
    target.close();
  }

  private Executions.Ran run(String id, String begunAs, List<String> statements) {
    return run(id, begunAs, statements, () -> false);
  }

  private Executions.Ran run(
      String id, String begunAs, List<String> statements, BooleanSupplier givenUp) {
    return executions.run(
        executor, new Decision.Execute("r", id, begunAs, statements, false, "test"), givenUp);
  }

  private Executions.Ran run(String sql) {
    return executions.run(
        executor,
        new Decision.Execute("request", "request#1", List.of(sql), true, "test"),
        () -> false);
  }

  private CompletableFuture<Executions.Ran> begin(
      String id, List<String> statements, BooleanSupplier givenUp) {
    return CompletableFuture.supplyAsync(() -> run(id, id, statements, givenUp));
  }

  /** As if the target had died in the middle of the job and called it cancelled afterwards. */
  private void forgetThatItRan() {
    tidb.run("UPDATE " + LEDGER + " SET state = 'started', token = MD5(RAND())");
  }

  @Test
  void aStatementWhoseEarlierAttemptRanIsDoneAlthoughTheTargetSaysOtherwise() {
    String drop = "ALTER TABLE " + T.quoted() + " DROP COLUMN a";
    assertThat(run(drop)).isEqualTo(new Executions.Ran(1, null));
    forgetThatItRan();

    assertThat(run(drop)).isEqualTo(new Executions.Ran(1, null));
    assertThat(tidb.query("SELECT state FROM " + LEDGER)).containsExactly("done");
  }

  @Test
  void severalChangesOfWhichEachRanBeforeAreDone() {
    String both = "ALTER TABLE " + T.quoted() + " DROP COLUMN a, DROP COLUMN b";
    assertThat(run(both)).isEqualTo(new Executions.Ran(1, null));
    forgetThatItRan();

    assertThat(run(both).error()).isNull();
  }

  @Test
  void anExecutionThatGoesOnWithOneThatFailedHalfWayRunsTheRestOnly() {
    tidb.run("INSERT INTO " + T + " VALUES (1, 7, 1), (2, 7, 1)");
    List<String> both =
        List.of(
            "ALTER TABLE " + T.quoted() + " DROP COLUMN b, ADD COLUMN c INT, ADD UNIQUE KEY u (a)");
    assertThat(run("r#1", "r#1", both).error()).contains("1062");
    tidb.run("DELETE FROM " + T + " WHERE id = 2");

    assertThat(run("r#2", "r#2", both).error()).as("another execution").isNotNull();
    assertThat(run("r#3", "r#1", both)).isEqualTo(new Executions.Ran(1, null));
    assertThat(columns()).containsExactly("id", "a", "c");
    assertThat(tidb.query("SELECT INDEX_NAME FROM " + INDEXES)).containsExactly("PRIMARY", "u");
  }

  @Test
  void statementsOfAnExecutionThatWasGivenUpWhileItRanRunOnce() {
    List<String> index =
        List.of(
            "ALTER TABLE " + T.quoted() + " ADD INDEX (a)",
            "ALTER TABLE " + T.quoted() + " ADD COLUMN c INT");
    CompletableFuture<Executions.Ran> released =
        CompletableFuture.supplyAsync(() -> run("r#1", "r#1", index));
    CompletableFuture<Executions.Ran> again =
        CompletableFuture.supplyAsync(() -> run("r#2", "r#1", index));

    assertThat(released.handle((ran, error) -> ran == null ? null : ran.error()).join()).isNull();
    assertThat(again.handle((ran, error) -> ran == null ? null : ran.error()).join()).isNull();
    assertThat(run("r#3", "r#1", index)).isEqualTo(new Executions.Ran(2, null));
    assertThat(tidb.query("SELECT INDEX_NAME FROM " + INDEXES)).containsExactly("PRIMARY", "a");
  }

  @Test
  void anExecutionThatWasGivenUpRunsNothingBesideTheOneThatTookItsPlaceAndTellsHowFarItCame() {
    List<String> slow = List.of(add("early"), "DO SLEEP(60)", add("late"));
    AtomicBoolean givenUp = new AtomicBoolean();
    CompletableFuture<Executions.Ran> released = begin("r#1", slow, givenUp::get);
    awaitRunning("DO SLEEP");

    givenUp.set(true);
    assertThat(run("other#2", "other#2", List.of(add("c")))).isEqualTo(new Executions.Ran(1, null));

    assertThat(isRunning("DO SLEEP")).isFalse();
    assertThat(released.join().executed()).isEqualTo(1);
    assertThat(released.join().error()).contains("Given up");
    assertThat(columns()).containsExactly("id", "a", "b", "early", "c");
  }

  @Test
  void statementsThatChangeRowsArePermanent() {
    tidb.run("INSERT INTO " + T + " VALUES (1, 1, 1), (2, 2, 2)");

    assertThat(run("DELETE FROM " + T.quoted() + " WHERE id = 1").error()).isNull();

    assertThat(tidb.query("SELECT id FROM " + T)).containsExactly("2");
  }

  @Test
  void anExecutionThatWasGivenUpByMistakeIsTriedAgain() {
    List<String> slow = List.of("DO SLEEP(3)", add("late"));
    CompletableFuture<Executions.Ran> valid = begin("r#1", slow, () -> false);
    awaitRunning("DO SLEEP");

    assertThat(run("other#2", "other#2", List.of(add("c"))).error()).isNull();

    assertThat(valid.handle((ran, error) -> error).join())
        .hasMessageContaining("Another task carries");
    assertThat(run("r#1", "r#1", slow)).isEqualTo(new Executions.Ran(2, null));
    assertThat(columns()).containsExactly("id", "a", "b", "c", "late");
  }

  @Test
  void anExecutionTellsHowFarItCameBeforeItsTaskKnewThatItWasGivenUp() {
    List<String> slow = List.of(add("early"), "DO SLEEP(60)", add("late"));
    CompletableFuture<Executions.Ran> released = begin("r#1", slow, () -> false);
    awaitRunning("DO SLEEP");
    assertThat(run("other#2", "other#2", List.of(add("c"))).error()).isNull();
    assertThat(released.handle((ran, error) -> error).join())
        .hasMessageContaining("Another task carries");

    Executions.Ran ran = run("r#1", "r#1", slow, () -> true);

    assertThat(ran.executed()).isEqualTo(1);
    assertThat(ran.error()).contains("Given up");
    assertThat(columns()).containsExactly("id", "a", "b", "early", "c");
  }

  @Test
  void anExecutionThatAnEarlierTaskBeganIsEndedAndTellsHowFarItCameWhenItIsGivenUp() {
    List<String> slow = List.of(add("early"), "DO SLEEP(60)", add("late"));
    CompletableFuture<Executions.Ran> earlier = begin("r#1", slow, () -> false);
    awaitRunning("DO SLEEP");

    Executions.Ran ran = run("r#1", "r#1", slow, () -> true);

    assertThat(ran.executed()).isEqualTo(1);
    assertThat(ran.error()).contains("Given up");
    assertThat(isRunning("DO SLEEP")).isFalse();
    assertThat(earlier.handle((done, error) -> error).join()).isNotNull();
    assertThat(columns()).containsExactly("id", "a", "b", "early");
  }

  @Test
  void anExecutionThatHasRunIsDoneAlsoWhenItWasGivenUp() {
    String drop = "ALTER TABLE " + T.quoted() + " DROP COLUMN a";
    assertThat(run(drop).error()).isNull();
    forgetThatItRan();
    tidb.run("UPDATE " + LEDGER + " SET statements_done = 1");

    assertThat(run("request#2", "request#1", List.of(drop), () -> true))
        .isEqualTo(new Executions.Ran(1, null));
    assertThat(tidb.query("SELECT state FROM " + LEDGER)).containsExactly("done");
  }

  @Test
  void anExecutionThatWasGivenUpBeforeItRanDoesNotEndTheOneThatTookItsPlace() {
    Meeting released = new Meeting(0);
    CompletableFuture<Executions.Ran> late = begin("r#1", List.of(add("late")), released);
    released.awaitReached();
    CompletableFuture<Executions.Ran> valid =
        begin("other#2", List.of("DO SLEEP(2)", add("c")), () -> false);
    awaitRunning("DO SLEEP");

    released.goOn(true);

    assertThat(late.handle((ran, error) -> error).join()).hasMessageContaining("was given up");
    assertThat(valid.join()).isEqualTo(new Executions.Ran(2, null));
    assertThat(columns()).containsExactly("id", "a", "b", "c");
  }

  @Test
  void anExecutionThatHasNoConnectionYetRunsNothingOnceAnotherOneTookItsPlace() {
    Meeting released = new Meeting(1);
    CompletableFuture<Executions.Ran> late = begin("r#1", List.of(add("late")), released);
    released.awaitReached();
    assertThat(run("other#2", "other#2", List.of(add("c"))).error()).isNull();

    released.goOn(false);

    assertThat(late.handle((ran, error) -> error).join())
        .hasMessageContaining("Another task carries");
    assertThat(columns()).containsExactly("id", "a", "b", "c");
    assertThat(run("r#3", "r#1", List.of(add("late")))).isEqualTo(new Executions.Ran(1, null));
  }

  /** An execution that stops where it asks whether it was given up. */
  private static final class Meeting implements BooleanSupplier {
    private final int at;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private final AtomicInteger asked = new AtomicInteger();

    /** Stops when it has asked that often before. */
    private Meeting(int at) {
      this.at = at;
    }

    @Override
    public boolean getAsBoolean() {
      if (asked.getAndIncrement() < at) {
        return false;
      }

      reached.countDown();
      return answer.join();
    }

    void awaitReached() {
      try {
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void goOn(boolean givenUp) {
      answer.complete(givenUp);
    }
  }

  private static String add(String column) {
    return "ALTER TABLE " + T.quoted() + " ADD COLUMN " + column + " INT";
  }

  private List<String> columns() {
    return tidb.query("SELECT COLUMN_NAME FROM " + COLUMNS + " ORDER BY ORDINAL_POSITION");
  }

  private void awaitRunning(String sql) {
    Await.until("the target to run: " + sql, LIMIT, () -> isRunning(sql));
  }

  private boolean isRunning(String sql) {
    // The ledger's own statements hold the text, too.
    String text = " INFO LIKE '/* dm-connect % */ " + sql + "%'";
    return !tidb.query("SELECT ID FROM information_schema.PROCESSLIST WHERE" + text).isEmpty();
  }

  @Test
  void rowsGetTheTimeAtWhichTheExecutorsTableWasChanged() {
    tidb.run("INSERT INTO " + T + " VALUES (1, 7, 1)");
    String sql = "ALTER TABLE " + T.quoted() + " ADD COLUMN c DATETIME NOT NULL DEFAULT NOW()";
    executor =
        new Executions.Executor(
            PARTITION,
            executor.epoch(),
            "src",
            T,
            false,
            new TestDdl("add", DdlKind.ALTER_TABLE, T, sql).timeZone("+02:00").event());

    assertThat(run("r#1", "r#1", List.of(sql)).error()).isNull();

    assertThat(tidb.query("SELECT c FROM " + T)).containsExactly("2023-11-15 00:13:20");
  }

  @Test
  void theFirstAttemptIsToldThatItsColumnIsMissing() {
    assertThat(run("ALTER TABLE " + T.quoted() + " DROP COLUMN x").error()).contains("1091");
  }
}
