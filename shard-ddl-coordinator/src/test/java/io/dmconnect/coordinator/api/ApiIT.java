package io.dmconnect.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dmconnect.coordinator.cli.BinlogSchemaCommand;
import io.dmconnect.coordinator.cli.CheckTaskCommand;
import io.dmconnect.coordinator.cli.QueryStatusCommand;
import io.dmconnect.coordinator.cli.ShardDdlLockCommand;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.coordinator.testing.Members;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.KeyFacts;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.ParticipantStatus;
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
import io.dmconnect.model.schema.TableSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

class ApiIT {
  private static final String LOGIN = "--user";
  private static final String USER = "alice:secret";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final TableId GROUP = new TableId("shop", "orders");
  private static final MemberId FIRST = MemberId.of("mysql-1", "shop_1", "orders");
  private static final MemberId SECOND = MemberId.of("mysql-2", "shop_2", "orders");
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
  private static final Access ACCESS =
      new Access(
          List.of(
              new User("alice", Role.OPERATOR, "secret", null),
              new User("bob", Role.READER, null, "t0ken")),
          Role.NONE);
  private static ApiServer leader;
  private static ApiServer standby;
  private static ZooKeeperShardDdlClient sink;

  @BeforeAll
  static void start() throws Exception {
    LocalStack stack = LocalStack.builder().zooKeeper().start();
    OPEN.push(stack);
    ZooKeeperSettings settings = Members.settings(stack);
    int port = stack.workspace().ports().free();
    Coordinator first =
        open(Coordinator.start(settings, "http://127.0.0.1:" + port, Clock.systemUTC()));
    leader = open(ApiServer.start(first, settingsOn(port), ACCESS));
    Await.until("the first leads", LIMIT, first::isReady);
    Coordinator second = open(Coordinator.start(settings, "http://none", Clock.systemUTC()));
    standby = open(ApiServer.start(second, settingsOn(0), ACCESS));
    sink = open(new ZooKeeperShardDdlClient(settings, new CoordinationPaths("merge"), "sink-0"));
    RouteRule rule =
        new RouteRule(
            "checked",
            NamePattern.of("shop_9", false),
            NamePattern.of("t", false),
            "checked",
            "orders",
            List.of());
    sink.configure(new TaskSettings(GroupMode.OPTIMISTIC, new TreeSet<>(), List.of(rule), false));
    source(settings, "mysql-8", "id BIGINT PRIMARY KEY, a INT");
    source(settings, "mysql-9", "id BIGINT PRIMARY KEY, a DOUBLE");
    Await.until(
        "the sources are there", LIMIT, () -> first.tasks().get("merge").findings().size() == 1);
    TableSchema bigint = Members.schema("id BIGINT PRIMARY KEY, note BIGINT");
    TableSchema text = Members.schema("id BIGINT PRIMARY KEY, note DATE");
    follow(FIRST, create(FIRST, bigint));
    Await.until("it may create", LIMIT, () -> sink.decision(FIRST) instanceof Decision.Execute);
    Decision.Execute execute = (Decision.Execute) sink.decision(FIRST);
    sink.report(new Input.ExecutionReported(FIRST, execute.executionId(), 1, null, null));
    follow(SECOND, create(SECOND, text));
    Await.until("it conflicts", LIMIT, () -> sink.decision(SECOND) instanceof Decision.Conflict);
  }

  @AfterAll
  static void stop() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  @Test
  void whoDoesNotLogInSeesNothing() throws Exception {
    assertThat(get("/api/v1/tasks", null).statusCode()).isEqualTo(401);
    assertThat(get("/", null).statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/health", null).statusCode()).isEqualTo(200);
  }

  @Test
  void aReaderSeesEverythingAndChangesNothing() throws Exception {
    assertThat(get("/api/v1/tasks/merge/groups/shop/orders", "Bearer t0ken").statusCode())
        .isEqualTo(200);
    assertThat(post("/api/v1/tasks/merge/groups/shop/orders/actions", "Bearer t0ken", "{}"))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(403));
  }

  @Test
  void aGroupTellsWhoIsInConflictWithWhatAndTheWaysOut() throws Exception {
    JsonNode group = json(get("/api/v1/tasks/merge/groups/shop/orders", alice()));

    JsonNode wait = group.path("waits").path(0);
    assertThat(wait.path("decision").asText()).isEqualTo("CONFLICT");
    assertThat(wait.path("members").path(0).asText()).isEqualTo(SECOND.toString());
    assertThat(wait.path("mine").asText()).contains("date");
    assertThat(wait.path("theirs").asText()).contains("bigint");
    assertThat(wait.path("age_ms").asLong()).isNotNegative();
    assertThat(wait.path("exits")).map(JsonNode::asText).contains("SKIP", "EXECUTE", "REPLACE");
    assertThat(group.path("merged").asText()).contains("`shop`.`orders` (");
  }

  @Test
  void aMemberTellsItsSchema() throws Exception {
    String path = "/api/v1/tasks/merge/groups/shop/orders/members/mysql-1/shop_1/orders";
    JsonNode member = json(get(path, alice()));

    assertThat(member.path("sql").asText()).contains("`shop_1`.`orders`", "`note` bigint");
  }

  @Test
  void actionsAreTakenAndRecorded() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/v1/tasks/merge/groups/shop/orders/actions",
            alice(),
            "{\"exit\":\"SKIP\",\"member\":"
                + "{\"source\":\"mysql-1\",\"schema\":\"shop_1\",\"table\":\"orders\"}}");

    assertThat(json(answer).path("notes").path(0).asText()).contains("waits for nothing");
    JsonNode entry = json(get("/api/v1/tasks/merge/audit?limit=1", alice())).path(0);
    assertThat(entry.path("operator").asText()).isEqualTo("alice");
    assertThat(entry.path("action").asText()).isEqualTo("SKIP");
    assertThat(entry.path("subject").asText()).isEqualTo(FIRST.toString());
  }

  @Test
  void wrongRequestsSayWhatIsWrong() throws Exception {
    String actions = "/api/v1/tasks/merge/groups/shop/orders/actions";
    assertThat(error(post(actions, alice(), "{"))).contains("400", "not JSON");
    assertThat(error(post(actions, alice(), "{\"exit\":\"JUMP\"}"))).contains("400", "JUMP");
    assertThat(error(post(actions, alice(), "{\"exit\":\"DROP_MEMBER\"}")))
        .contains("400", "member");
    assertThat(error(get("/api/v1/tasks/nix", alice()))).contains("404", "nix");
    assertThat(error(get("/api/v1/tasks/merge/groups/a/b", alice()))).contains("404", "a.b");
    assertThat(error(get("/api/v1/tasks/merge/audit?limit=0", alice()))).contains("400");
    assertThat(error(get("/api/v1/tasks/merge/audit?limit=abc", alice())))
        .contains("400", "'limit' must be a number from 1 to 1000, not: abc");
    assertThat(error(get("/api/v1/nowhere", alice()))).contains("404");
  }

  @Test
  void aStandbySendsToTheLeader() throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + standby.port() + "/api/v1/tasks?x=%20y")));

    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().firstValue("Location"))
        .contains("http://127.0.0.1:" + leader.port() + "/api/v1/tasks?x=%20y");
  }

  @Test
  @SuppressWarnings("unchecked")
  void theDescriptionHasEveryRouteAndNoOther() throws Exception {
    String text = get("/api/v1/openapi.yaml", null).body();
    Map<String, Object> description = new Yaml().load(text);
    Map<String, Map<String, Object>> paths =
        (Map<String, Map<String, Object>>) description.get("paths");
    Set<String> described = new TreeSet<>();
    paths.forEach(
        (path, item) ->
            item.keySet().stream()
                .filter(method -> !method.equals("parameters"))
                .forEach(method -> described.add(method + " " + path)));

    assertThat(described).isEqualTo(leader.routes());
  }

  @Test
  void theCommandShowsWhoWaitsAskingAnyCoordinator() {
    String url = "http://127.0.0.1:" + standby.port();

    String text = run(0, new ShardDdlLockCommand(), "list", "--coordinator", url, LOGIN, USER);

    assertThat(text)
        .contains(
            "merge-`shop`.`orders`",
            "CONFLICT for",
            SECOND.toString(),
            "this side:",
            "ways out: EXECUTE, SKIP, REPLACE, DROP_MEMBER");
  }

  @Test
  void theCommandTellsWhyAnActionHadNoEffect() {
    String text =
        run(
            1,
            new ShardDdlLockCommand(),
            "unlock",
            "merge-`shop`.`orders`",
            "--coordinator",
            url(),
            LOGIN,
            USER,
            "-s",
            "mysql-1",
            "-d",
            "shop_1",
            "-t",
            "orders",
            "--action",
            "exec");

    assertThat(text).contains("waits for nothing");
  }

  @Test
  void theStatusCountsWhoWaits() {
    String text = run(0, new QueryStatusCommand(), "merge", "--coordinator", url(), LOGIN, USER);

    assertThat(text).contains("task merge  OPTIMISTIC", "group shop.orders", "1 in conflict");
  }

  @Test
  void theSchemaCommandPrintsTheTable() {
    String text =
        run(
            0,
            new BinlogSchemaCommand(),
            "list",
            "-s",
            "mysql-1",
            "merge",
            "shop_1",
            "orders",
            "--coordinator",
            url(),
            LOGIN,
            USER);

    assertThat(text).contains("`shop_1`.`orders` (");
  }

  @Test
  void theSchemaCommandListsEveryTableOfATask() {
    String text =
        run(0, new BinlogSchemaCommand(), "list", "merge", "--coordinator", url(), LOGIN, USER);

    assertThat(text).contains("-- " + FIRST + " of shop.orders");
  }

  @Test
  void theSchemaOfATableIsStatedAndResetAndThatIsRecorded(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("orders.sql");
    Files.writeString(file, "CREATE TABLE orders (id BIGINT PRIMARY KEY, note BIGINT, x INT)");

    String[] member = {"-s", "mysql-1", "merge", "shop_1", "orders"};
    schemaCommand("update", member, file.toString());
    assertThat(firstSql()).contains("`x` int");
    Await.until("it is run", LIMIT, () -> sink.decision(FIRST) instanceof Decision.Execute);
    Decision.Execute added = (Decision.Execute) sink.decision(FIRST);
    assertThat(added.statements()).singleElement().asString().contains("ADD COLUMN `x`");
    sink.report(new Input.ExecutionReported(FIRST, added.executionId(), 1, null, null));

    schemaCommand("delete", member);
    assertThat(firstSql()).doesNotContain("`x` int");
    Await.until(
        "it is run back",
        LIMIT,
        () ->
            sink.decision(FIRST) instanceof Decision.Execute execute
                && execute.statements().toString().contains("DROP COLUMN `x`"));
    Decision.Execute dropped = (Decision.Execute) sink.decision(FIRST);
    sink.report(new Input.ExecutionReported(FIRST, dropped.executionId(), 1, null, null));

    assertThat(json(get("/api/v1/tasks/merge/audit?limit=10", alice())))
        .map(entry -> entry.path("action").asText())
        .contains("SET_SCHEMA", "RESET_SCHEMA");
  }

  @Test
  void theCheckCommandTellsWhatThePrechecksFound() {
    String text =
        run(1, new CheckTaskCommand(), "merge", "--wait", "0", "--coordinator", url(), LOGIN, USER);

    assertThat(text)
        .contains(
            "ERROR  schema_of_shard_tables  checked.orders",
            "column a (type)",
            "`a` double NULL",
            "in mysql-9/shop_9.t",
            "1 errors");
  }

  @Test
  void onlyAnOperatorAsksForACheck() throws Exception {
    String path = "/api/v1/tasks/merge/check";

    assertThat(post(path, "Bearer t0ken", "{}").statusCode()).isEqualTo(403);
    assertThat(post(path, alice(), "{}").statusCode()).isEqualTo(202);
  }

  @Test
  void aSourceThatIsConnectedIsNotForgotten() throws Exception {
    HttpResponse<String> answer =
        send(
            request("/api/v1/tasks/merge/sources/mysql-8")
                .header("Authorization", alice())
                .DELETE());

    assertThat(error(answer)).contains("409", "delete its connector first");
  }

  @Test
  void aGroupShowsWhichOfItsSourcesAreNotConnected() throws Exception {
    JsonNode group = json(get("/api/v1/tasks/merge/groups/shop/orders", alice()));
    assertThat(group.path("sources_away")).extracting(JsonNode::asText).contains("mysql-1");

    String[] command = {"list", "--all", "--coordinator", url(), LOGIN, USER};
    assertThat(run(0, new ShardDdlLockCommand(), command))
        .contains("sources that are not connected: mysql-1");
  }

  @Test
  void aSourceThatIsNotThereCannotBeForgottenByACommand() {
    String[] command = {"forget-source", "merge", "nobody", "--coordinator", url(), LOGIN, USER};

    assertThat(run(1, new ShardDdlLockCommand(), command)).isEmpty();
  }

  @Test
  void thePageIsServed() throws Exception {
    HttpResponse<String> page = get("/", alice());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).get().asString().contains("text/html");
    try (InputStream in = ApiServer.class.getResourceAsStream("index.html")) {
      assertThat(page.body()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String firstSql() throws Exception {
    String path = "/api/v1/tasks/merge/groups/shop/orders/members/mysql-1/shop_1/orders";
    return json(get(path, alice())).path("sql").asText();
  }

  private static String schemaCommand(String command, String[] member, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(member));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--coordinator", url(), LOGIN, USER));
    return run(0, new BinlogSchemaCommand(), arguments.toArray(String[]::new));
  }

  /** A source that is connected and has looked at its only table, which is merged into another. */
  private static void source(ZooKeeperSettings settings, String name, String columns) {
    ZooKeeperSourceClient source =
        open(new ZooKeeperSourceClient(settings, new CoordinationPaths("merge"), name));
    TableId table = new TableId("shop_9", "t");
    KeyFacts empty = new KeyFacts(List.of("id"), null, null, new TreeSet<>());
    TableFacts facts = new TableFacts(Members.schema(columns), List.of(empty));
    source.found(new SourceFacts(name, 0, new TreeMap<>(Map.of(table, facts))));
    source.state(List.of(table));
    source.status(
        new ParticipantStatus(
            name, ParticipantStatus.Kind.SOURCE, "streaming", 0, new TreeMap<>(), null));
  }

  private static void follow(MemberId member, DdlRequest request) {
    Members.follow(sink, GROUP, member);
    sink.submit(request);
  }

  private static DdlRequest create(MemberId member, TableSchema schema) {
    return DdlRequest.of(
        member + "-create", member, DdlKind.CREATE_TABLE, List.of("CREATE TABLE t"), null, schema);
  }

  private static String run(int status, Object command, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).as(out.toString()).isEqualTo(status);
    return out.toString();
  }

  private static String url() {
    return "http://127.0.0.1:" + leader.port();
  }

  private static ApiSettings settingsOn(int port) {
    return new ApiSettings("127.0.0.1", port, null, null);
  }

  private static <T extends AutoCloseable> T open(T resource) {
    OPEN.push(resource);
    return resource;
  }

  private static String alice() {
    return "Basic "
        + Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> get(String path, String authorization) throws Exception {
    HttpRequest.Builder request = request(path);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }

    return send(request);
  }

  private static HttpResponse<String> post(String path, String authorization, String body)
      throws Exception {
    return send(
        request(path)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + leader.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body());
  }

  private static String error(HttpResponse<String> answer) throws IOException {
    JsonNode node = MAPPER.readTree(answer.body());
    return String.format(
        Locale.ROOT, "%d %s", node.path("status").asInt(), node.path("error").asText());
  }
}
