package io.dmconnect.coordinator;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.RequestFacts;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.coordination.zk.ShardDdlListener;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.DdlStatement;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A shard with the part of a sink that follows it: goes through its schema changes one by one, runs
 * what it is told on the {@link TestTarget}, and reports.
 */
final class TestShard implements ShardDdlListener {
  private static final SchemaDefaults DEFAULTS =
      SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31"));

  private final MemberId id;
  private final TestTarget target;
  private final Deque<String> script = new ArrayDeque<>();
  private ShardDdlClient client;
  private TableSchema schema;
  private DdlRequest at;
  private Decision decision;
  private DmException failure;
  private int statements;
  private boolean reports = true;

  TestShard(MemberId id, TestTarget target) {
    this.id = id;
    this.target = target;
  }

  MemberId id() {
    return id;
  }

  /** Changes the shard will make, each the part of a statement behind {@code ALTER TABLE t}. */
  synchronized TestShard then(String... alters) {
    script.addAll(List.of(alters));
    goOn();
    return this;
  }

  /** Follows the member by a client, from where the shard stands. */
  TestShard by(ShardDdlClient newClient) {
    newClient.follow(TestTarget.TABLE, id, null, this);
    synchronized (this) {
      client = newClient;
      if (at != null) {
        client.submit(at);
      }
    }

    return this;
  }

  /** From now on what it runs is not reported, as if the sink died in between. */
  synchronized void losesReports() {
    reports = false;
  }

  /** Reports again from now on. */
  synchronized void reportsAgain() {
    reports = true;
  }

  /** The table is made. */
  synchronized TestShard created(String definition) {
    String sql = "CREATE TABLE `shop`.`orders` (" + definition + ")";
    submit(DdlKind.CREATE_TABLE, sql);
    return this;
  }

  /** The table is dropped. */
  synchronized TestShard dropped() {
    at =
        DdlRequest.of(
            id + "-" + statements++,
            id,
            DdlKind.DROP_TABLE,
            List.of("DROP TABLE `shop`.`orders`"),
            schema,
            null);
    client.submit(at);
    return this;
  }

  private void goOn() {
    if (at == null && schema != null && !script.isEmpty()) {
      submit(DdlKind.ALTER_TABLE, "ALTER TABLE `shop`.`orders` " + script.peek());
    }
  }

  private void submit(DdlKind kind, String sql) {
    DdlStatement statement = DdlParser.parse(sql, SqlModes.DEFAULT, "shop");
    TableSchema after = SchemaEvolution.apply(schema, statement, DEFAULTS);
    at =
        RequestFacts.request(
            id + "-" + statements++, id, kind, List.of(sql), SqlModes.DEFAULT, schema, after);
    decision = null;
    if (client != null) {
      client.submit(at);
    }
  }

  @Override
  public synchronized void decided(MemberId member, Decision newDecision) {
    decision = newDecision;
    if (newDecision instanceof Decision.Execute execute) {
      target.run(execute);
      if (reports) {
        client.report(
            new Input.ExecutionReported(
                id, execute.executionId(), execute.statements().size(), null, null));
      }
    } else if (newDecision instanceof Decision.Skip skip
        && at != null
        && at.id().equals(skip.requestId())) {
      schema = at.after();
      if (at.kind() != DdlKind.CREATE_TABLE) {
        script.poll();
      }

      at = null;
      goOn();
    }
  }

  @Override
  public synchronized void failed(MemberId member, DmException error) {
    failure = error;
  }

  /** The definition of a table with those columns. */
  static TableSchema schema(String columns) {
    String sql = "CREATE TABLE `shop`.`orders` (" + columns + ")";
    return SchemaEvolution.apply(null, DdlParser.parse(sql, SqlModes.DEFAULT, "shop"), DEFAULTS);
  }

  /** Whether it has made all its changes. */
  synchronized boolean isDone() {
    return at == null && script.isEmpty() && schema != null;
  }

  /** Whether its table is dropped and the group knows. */
  synchronized boolean isGone() {
    return at == null && schema == null;
  }

  synchronized Decision decision() {
    return decision;
  }

  synchronized DmException failure() {
    return failure;
  }

  synchronized TableSchema schema() {
    return schema;
  }

  static MemberId member(int number) {
    return new MemberId(
        "mysql-" + (number % 2 + 1), new TableId("shop_" + number, "orders_" + number));
  }
}
