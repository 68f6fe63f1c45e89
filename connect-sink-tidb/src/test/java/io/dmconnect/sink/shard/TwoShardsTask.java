package io.dmconnect.sink.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.route.Router;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.testing.TestDdl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** A sink task that has the topics of two shards of one merged table. */
abstract class TwoShardsTask {
  static final TableId ONE = new TableId("shop", "orders_1");
  static final TableId TWO = new TableId("shop", "orders_2");
  static final MemberId FIRST = new MemberId("src", ONE);
  static final MemberId SECOND = new MemberId("src", TWO);
  static final TableId MERGED = new TableId("shop", "orders");
  static final Router ROUTER =
      new Router(
          List.of(
              new RouteRule(
                  "m",
                  NamePattern.of("shop", false),
                  NamePattern.of("orders_*", false),
                  "shop",
                  "orders",
                  List.of()),
              new RouteRule(
                  "o",
                  NamePattern.of("shop", false),
                  NamePattern.of("odd_*", false),
                  "shop",
                  "odd",
                  List.of())));

  final FakeTarget target = new FakeTarget();
  final FakeBackground background = new FakeBackground();
  final Map<String, TableSchema> schemas = new HashMap<>();
  FakeCoordinator coordinator = new FakeCoordinator(MERGED, GroupMode.OPTIMISTIC);
  ShardGroups groups = started();

  void mode(GroupMode mode) {
    coordinator = new FakeCoordinator(MERGED, mode);
    groups = started();
  }

  /** A task that has both topics; a former one is as if killed. */
  ShardGroups started(TableId... more) {
    return started(new GroupRoutes(ROUTER, false), more);
  }

  ShardGroups started(GroupRoutes routes, TableId... more) {
    ShardGroups started =
        new ShardGroups(
            routes,
            coordinator.client(),
            target,
            target,
            target,
            new PassedOverNotes(target, target),
            (topic, partition) -> schemas.get(topic),
            background);
    Map<TopicPartition, Long> opened = new HashMap<>();
    Stream.concat(Stream.of(ONE, TWO), Stream.of(more))
        .forEach(table -> opened.put(partition(table), 1L));
    started.opened(opened);
    return started;
  }

  static TopicPartition partition(TableId table) {
    return new TopicPartition("src." + table, 0);
  }

  CompletableFuture<String> pass(TestDdl ddl) {
    return pass(ddl, 1);
  }

  CompletableFuture<String> pass(TestDdl ddl, long epoch) {
    var event = ddl.event();
    return groups.pass(
        new DdlWork(partition(event.table()), epoch, 7, RecordMark.UNKNOWN, "src", event), false);
  }

  void create(TableId table, TableSchema schema) {
    TestDdl ddl =
        new TestDdl("create-" + table, DdlKind.CREATE_TABLE, table, "CREATE TABLE t (id INT)")
            .schemas(null, schema);
    assertThat(pass(ddl)).isCompleted();
    schemas.put(partition(table).topic(), schema);
  }

  void createBoth() {
    create(ONE, TestDdl.keyed());
    create(TWO, TestDdl.keyed());
    target.ran.clear();
  }

  static TestDdl add(TableId table, String column) {
    return new TestDdl(
            "add-" + table,
            DdlKind.ALTER_TABLE,
            table,
            "ALTER TABLE `" + table.table() + "` ADD COLUMN `" + column + "` int")
        .schemas(TestDdl.keyed(), TestDdl.keyed(column));
  }

  static TestDdl rename(TableId table) {
    return new TestDdl(
            "rename-" + table,
            DdlKind.ALTER_TABLE,
            table,
            "ALTER TABLE `" + table.table() + "` RENAME COLUMN `a` TO `b`")
        .schemas(TestDdl.keyed("a"), TestDdl.keyed("b"));
  }

  static Input operator(Exit exit, MemberId member) {
    return new Input.OperatorActs(
        new OperatorAction("op-" + exit, exit, member, List.of(), null, "alice", 1));
  }

  static TestDdl renamed(TableId table, TableId to) {
    return new TestDdl("move-" + table, DdlKind.RENAME_TABLE, table, "RENAME TABLE a TO b")
        .newTable(to)
        .schemas(TestDdl.keyed(), TestDdl.keyed());
  }

  SortedSet<String> passedOver(TableId table, TableSchema schema) {
    return new MemberColumns(target, target).of("src", table, MERGED, () -> schema).leftOut();
  }
}
