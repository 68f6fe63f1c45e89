package io.dmconnect.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.coordinator.api.Access;
import io.dmconnect.coordinator.api.ApiServer;
import io.dmconnect.coordinator.api.ApiSettings;
import io.dmconnect.coordinator.api.Role;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.coordinator.testing.Members;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.check.Finding;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StuckGroupIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final MemberId MEMBER = MemberId.of("mysql-1", "db_1", "orders");
  private static final MemberId MISSING = MemberId.of("mysql-1", "db_2", "orders");
  private static final CoordinationPaths PATHS = new CoordinationPaths("merge");

  @TempDir private Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private ZooKeeperSettings settings;
  private ZooKeeperShardDdlClient sink;
  private String url;

  @BeforeEach
  void start() throws Exception {
    LocalStack stack = open(LocalStack.builder().zooKeeper().start());
    settings = Members.settings(stack);
    Coordinator coordinator = open(Coordinator.start(settings, "http://a", Clock.systemUTC()));
    Access everybody = new Access(List.of(), Role.OPERATOR);
    ApiServer server =
        open(ApiServer.start(coordinator, new ApiSettings("127.0.0.1", 0, null, null), everybody));
    url = "http://127.0.0.1:" + server.port();
    Await.until("it leads", LIMIT, coordinator::isReady);
    sink = open(new ZooKeeperShardDdlClient(settings, PATHS, "sink-0"));
    List<RouteRule> rules = List.of(rule("db_*", "orders"), rule("checked_*", "t"));
    sink.configure(new TaskSettings(GroupMode.OPTIMISTIC, new TreeSet<>(), rules, false));
    source("mysql-1", "id BIGINT PRIMARY KEY, a INT", MEMBER.table(), MISSING.table());
    source("mysql-2", "id BIGINT PRIMARY KEY, a DOUBLE");
    Await.until(
        "the sources are known",
        LIMIT,
        () -> coordinator.tasks().get("merge").findings().stream().anyMatch(Finding::isError));
  }

  @AfterEach
  void stop() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void anExecutionThatHangsOrFailedIsShownAlthoughNoMemberWaits() throws Exception {
    create();
    Path file = folder.resolve("orders.sql");
    Files.writeString(file, "CREATE TABLE orders (id BIGINT PRIMARY KEY, x INT)");
    run(
        new BinlogSchemaCommand(),
        "update",
        "-s",
        "mysql-1",
        "merge",
        "db_1",
        "orders",
        file.toString());
    Await.until("it is to be run", LIMIT, () -> execute() != null && executes("ADD COLUMN `x`"));

    for (String text : bothCommands()) {
      assertThat(text)
          .contains("executing at " + MEMBER, "ADD COLUMN `x`", "RELEASE")
          .contains("expected and not there: " + MISSING, "DROP_MEMBER")
          .doesNotContain("No shard waits");
    }

    sink.report(
        new Input.ExecutionReported(MEMBER, execute().executionId(), 0, "disk is full", null));
    Await.until("it failed", LIMIT, () -> bothCommands().get(0).contains("disk is full"));
    for (String text : bothCommands()) {
      assertThat(text)
          .contains("could not be brought to the join: ", "disk is full", "exec to try again");
    }
  }

  @Test
  void theStatusTellsOfPrechecksThatFailed() {
    assertThat(run(new QueryStatusCommand(), "merge"))
        .contains("prechecks: 1 errors", "./dm check-task merge");
  }

  private void create() {
    Members.follow(sink, new TableId("shop", "orders"), MEMBER);
    sink.submit(
        DdlRequest.of(
            "create",
            MEMBER,
            DdlKind.CREATE_TABLE,
            List.of("CREATE TABLE `shop`.`orders` (id BIGINT PRIMARY KEY)"),
            null,
            Members.schema("id BIGINT PRIMARY KEY")));
    Await.until("it may create", LIMIT, () -> execute() != null);
    sink.report(new Input.ExecutionReported(MEMBER, execute().executionId(), 1, null, null));
    Await.until("it is done", LIMIT, () -> sink.decision(MEMBER) instanceof Decision.Skip);
  }

  private Decision.Execute execute() {
    return sink.decision(MEMBER) instanceof Decision.Execute execute ? execute : null;
  }

  private boolean executes(String part) {
    return execute().statements().toString().contains(part);
  }

  private List<String> bothCommands() {
    return List.of(run(new ShardDdlLockCommand(), "list"), run(new QueryStatusCommand(), "merge"));
  }

  /** A source whose table to be checked has those columns, and which lists other tables, too. */
  private void source(String name, String columns, TableId... others) {
    ZooKeeperSourceClient source = open(new ZooKeeperSourceClient(settings, PATHS, name));
    TableId checked = new TableId("checked_1", "t");
    source.found(
        new SourceFacts(
            name,
            0,
            new TreeMap<>(Map.of(checked, new TableFacts(Members.schema(columns), List.of())))));
    List<TableId> tables = new ArrayList<>(List.of(others));
    tables.add(checked);
    source.state(tables);
  }

  private static RouteRule rule(String schemas, String table) {
    return new RouteRule(
        table,
        NamePattern.of(schemas, false),
        NamePattern.of(table, false),
        "shop",
        table,
        List.of());
  }

  private String run(Object command, String... arguments) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--coordinator", url));
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out));
    assertThat(line.execute(all.toArray(String[]::new))).as(out.toString()).isZero();
    return out.toString();
  }

  private <T extends AutoCloseable> T open(T resource) {
    open.push(resource);
    return resource;
  }
}
