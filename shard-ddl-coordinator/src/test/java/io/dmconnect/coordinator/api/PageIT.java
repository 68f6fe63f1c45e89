package io.dmconnect.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dmconnect.coordinator.engine.AuditEntry;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.coordinator.testing.Members;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.RowFit;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TableFacts;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import io.dmconnect.model.coordination.zk.ZooKeeperShardDdlClient;
import io.dmconnect.model.coordination.zk.ZooKeeperSourceClient;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.RouteRule;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The web page's buttons, clicked in a real browser; needs Chromium on the machine. */
class PageIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final CoordinationPaths PATHS = new CoordinationPaths("merge");
  private static final int MOST_GROUPS = 40;
  private static final String CARD = ".card";
  private static final String GROUP = "#group";
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
  private static ZooKeeperSettings settings;
  private static ZooKeeperShardDdlClient sink;
  private static Coordinator coordinator;
  private static Browser browser;
  private static String url;
  private static int groups;

  private TableId group;
  private MemberId first;
  private MemberId second;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> chromium = Browser.program();
    assumeThat(chromium).as("Chromium on this machine").isPresent();
    LocalStack stack = open(LocalStack.builder().zooKeeper().start());
    settings = Members.settings(stack);
    coordinator = open(Coordinator.start(settings, "http://a", Clock.systemUTC()));
    Access everybody = new Access(List.of(), Role.OPERATOR);
    ApiServer server =
        open(ApiServer.start(coordinator, new ApiSettings("127.0.0.1", 0, null, null), everybody));
    url = "http://127.0.0.1:" + server.port() + "/#merge/shop/";
    Await.until("it leads", LIMIT, coordinator::isReady);
    sink = open(new ZooKeeperShardDdlClient(settings, PATHS, "sink-0"));
    List<RouteRule> rules = new ArrayList<>();
    rules.add(rule("checked_*", new TableId("checked", "t")));
    for (int i = 1; i <= MOST_GROUPS; i++) {
      rules.add(rule("db_" + i, new TableId("shop", "orders_" + i)));
    }

    sink.configure(new TaskSettings(GroupMode.OPTIMISTIC, new TreeSet<>(), rules, false));
    try {
      browser = open(Browser.start(chromium.get(), stack.workspace()));
    } catch (Await.AwaitException e) {
      Assumptions.abort("Chromium does not run on this machine: " + e.getMessage());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  private static <T extends AutoCloseable> T open(T resource) {
    OPEN.push(resource);
    return resource;
  }

  private static RouteRule rule(String schemas, TableId target) {
    return new RouteRule(
        target.table(),
        NamePattern.of(schemas, false),
        NamePattern.of("*", false),
        target.schema(),
        target.table(),
        List.of());
  }

  /** A group of two tables; the second contradicts the first. */
  @BeforeEach
  void conflict() {
    groups++;
    group = new TableId("shop", "orders_" + groups);
    first = MemberId.of("a-" + groups, "db_" + groups, "orders");
    second = MemberId.of("b-" + groups, "db_" + groups, "orders");
    create(first, "note BIGINT");
    Decision.Execute execute = awaitExecute(first, "CREATE TABLE");
    sink.report(new Input.ExecutionReported(first, execute.executionId(), 1, null, null));
    Await.until("it is there", LIMIT, () -> sink.decision(first) instanceof Decision.Skip);
    create(second, "note DATE");
    Await.until("a conflict", LIMIT, () -> sink.decision(second) instanceof Decision.Conflict);
    browser.open(url + group.table(), "Member: " + second);
  }

  private void create(MemberId member, String column) {
    Members.follow(sink, group, member);
    sink.submit(
        DdlRequest.of(
            member + "-create",
            member,
            DdlKind.CREATE_TABLE,
            List.of("CREATE TABLE t"),
            null,
            Members.schema("id BIGINT PRIMARY KEY, " + column)));
  }

  private static Decision.Execute awaitExecute(MemberId member, String part) {
    Await.until(
        member + " to run " + part,
        LIMIT,
        () ->
            sink.decision(member) instanceof Decision.Execute execute
                && execute.statements().toString().contains(part));
    return (Decision.Execute) sink.decision(member);
  }

  private static Decision.Skip awaitSkip(MemberId member) {
    Await.until(member + " to go on", LIMIT, () -> sink.decision(member) instanceof Decision.Skip);
    return (Decision.Skip) sink.decision(member);
  }

  @Test
  void aConflictShowsBothSidesAndWhoStatedThem() {
    assertThat(browser.text())
        .contains("Member: " + second, "This member has", "`note` date", "`note` bigint");
  }

  @Test
  void skipLetsTheMemberPass() {
    browser.click(CARD, "skip");

    assertThat(awaitSkip(second).fit()).isEqualTo(RowFit.PASSED_OVER);
    assertThat(browser.asked()).singleElement().asString().contains("skip for " + second);
    browser.awaitText("Nobody waits.");
  }

  @Test
  void nothingIsDoneThatTheOperatorDoesNotConfirm() throws Exception {
    browser.willAgree(false);

    browser.click(CARD, "skip");

    assertThat(browser.asked()).hasSize(1);
    browser.willAgree(true);
    browser.click(CARD, "drop member");
    awaitSkip(second);
    assertThat(coordinator.audit("merge", 1_000))
        .filteredOn(entry -> group.equals(entry.group()))
        .extracting(AuditEntry::action)
        .containsExactly("DROP_MEMBER");
  }

  @Test
  void executeRunsTheMembersChange() {
    browser.click(CARD, "execute");

    browser.awaitText("Running");
    awaitExecute(second, "");
  }

  @Test
  void replaceRunsWhatTheOperatorTypes() {
    String sql = "ALTER TABLE shop." + group.table() + " ADD COLUMN x INT";
    browser.willAnswer(sql);

    browser.click(CARD, "replace");

    assertThat(awaitExecute(second, "ADD COLUMN x").statements()).containsExactly(sql);
  }

  @Test
  void releaseDecidesAnewWhatRuns() {
    browser.click(CARD, "execute");
    Await.until("it runs", LIMIT, () -> sink.decision(second) instanceof Decision.Execute);
    String running = ((Decision.Execute) sink.decision(second)).executionId();

    browser.click(GROUP, "release");

    Await.until(
        "another decision",
        LIMIT,
        () ->
            !(sink.decision(second) instanceof Decision.Execute execute)
                || !execute.executionId().equals(running));
  }

  @Test
  void aMemberIsTakenOutAndAddedAgain() {
    browser.click(CARD, "drop member");
    assertThat(awaitSkip(second).fit()).isEqualTo(RowFit.OUT);
    browser.awaitText("Taken out: " + second);

    browser.willAnswer(second.toString(), "CREATE TABLE t (id BIGINT PRIMARY KEY, note BIGINT)");
    browser.click(GROUP, "add member");

    browser.awaitText("2: " + first + ", " + second);
    assertThat(browser.text()).doesNotContain("Taken out");
  }

  @Test
  void aTableThatIsExpectedAndNotThereIsNoLongerWaitedFor() {
    MemberId missing = MemberId.of(first.source(), first.table().schema(), "missing");
    ZooKeeperSourceClient source = open(new ZooKeeperSourceClient(settings, PATHS, first.source()));
    source.state(List.of(first.table(), missing.table()));
    browser.awaitText("Expected and not there: " + missing);
    browser.willAnswer(missing.toString());

    browser.click(GROUP, "drop member");

    browser.awaitText("Taken out: " + missing);
    assertThat(browser.text()).doesNotContain("Expected and not there");
  }

  /** The group consists of the first table, which is stated to have a column more. */
  private Decision.Execute stateAColumnMore() {
    browser.click(CARD, "drop member");
    awaitSkip(second);
    browser.willAnswer(
        first.toString(), "CREATE TABLE t (id BIGINT PRIMARY KEY, note BIGINT, x INT)");
    browser.click(GROUP, "set schema");
    return awaitExecute(first, "ADD COLUMN `x`");
  }

  @Test
  void aSchemaIsStatedAndReset() {
    Decision.Execute added = stateAColumnMore();
    sink.report(new Input.ExecutionReported(first, added.executionId(), 1, null, null));

    browser.willAnswer(first.toString());
    browser.click(GROUP, "reset schema");

    awaitExecute(first, "DROP COLUMN `x`");
  }

  @Test
  void aFailureOfTheGroupsOwnIsExecutedAgain() {
    Decision.Execute added = stateAColumnMore();
    sink.report(new Input.ExecutionReported(first, added.executionId(), 0, "disk is full", null));
    browser.awaitText("disk is full");

    browser.click(GROUP, "execute");

    Await.until(
        "it is executed again",
        LIMIT,
        () ->
            sink.decision(first) instanceof Decision.Execute again
                && !again.executionId().equals(added.executionId()));
  }

  @Test
  void aDeletedSourceIsForgotten() {
    try (ZooKeeperSourceClient source =
        new ZooKeeperSourceClient(settings, PATHS, second.source())) {
      source.state(List.of(second.table()));
      Await.until(
          "it is stated",
          LIMIT,
          () -> coordinator.tasks().get("merge").sources().containsKey(second.source()));
    }

    browser.willAnswer(second.source());

    browser.click(GROUP, "forget source");

    browser.awaitText("Deleted sources: " + second.source());
    assertThat(awaitSkip(second).fit()).isEqualTo(RowFit.OUT);
  }

  @Test
  void aCheckIsAskedForAnew() {
    check("checked-1", "a INT");
    check("checked-2", "a DOUBLE");
    browser.awaitText("schema_of_shard_tables");

    browser.click("#checks", "check merge anew");

    browser.awaitText("CHECK");
    assertThat(browser.asked()).isEmpty();
  }

  private static void check(String name, String column) {
    ZooKeeperSourceClient source = open(new ZooKeeperSourceClient(settings, PATHS, name));
    TableId table = new TableId("checked_1", "t");
    TableFacts facts =
        new TableFacts(Members.schema("id BIGINT PRIMARY KEY, " + column), List.of());
    source.found(new SourceFacts(name, 0, new TreeMap<>(Map.of(table, facts))));
    source.state(List.of(table));
  }
}
