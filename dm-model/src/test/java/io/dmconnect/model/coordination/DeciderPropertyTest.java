package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DeciderPropertyTest {
  private static final String SEED = "42";

  private static final TableSchema START =
      new Partitions(1, 2)
          .in(
              table(
                  "id bigint not null; a int; b varchar(10) not null; primary key (id);"
                      + " charset = utf8mb4; collate = utf8mb4_0900_ai_ci"));

  @Property(tries = 200, seed = SEED)
  void sameChangesInOneOrderConvergeWithoutAnybodysHelp(@ForAll long seed) {
    Random random = new Random(seed);
    World world = world(GroupMode.OPTIMISTIC, random, script(random, false));

    drive(world, random, false);

    assertConverged(world);
  }

  @Property(tries = 200, seed = SEED)
  void sameChangesConvergeInPessimisticMode(@ForAll long seed) {
    Random random = new Random(seed);
    List<Change> script = script(random, true);
    World world = world(GroupMode.PESSIMISTIC, random, script);

    drive(world, random, false);

    assertConverged(world);
    assertThat(world.executed.stream().filter(sql -> !sql.startsWith("CREATE ")))
        .as("what ran for %s", script)
        .hasSameSizeAs(script);
  }

  @Property(tries = 60, seed = SEED)
  void membersThatComeAndGoHoldNobodyUpAndLoseNoRow(@ForAll long seed, @ForAll boolean optimistic) {
    Random random = new Random(seed);
    GroupMode mode = optimistic ? GroupMode.OPTIMISTIC : GroupMode.PESSIMISTIC;
    World world = world(mode, random, compatible(script(random, !optimistic)));
    world.checkJoin = false;

    drive(world, random, false, new Crowd(world, random)::act);

    for (Shard shard : world.shards.values()) {
      assertThat(shard.at).as("%s waits: %s", shard.id, world.decisions.get(shard.id)).isNull();
      shard.rows.forEach(
          (id, row) ->
              assertThat(world.target.get(id)).as(shard.id + "").containsAllEntriesOf(row));
    }
  }

  @Property(tries = 100, seed = SEED)
  void whatIsReleasedWhileItRunsDoesNotRunTwice(@ForAll long seed, @ForAll boolean optimistic) {
    Random random = new Random(seed);
    GroupMode mode = optimistic ? GroupMode.OPTIMISTIC : GroupMode.PESSIMISTIC;
    World world = world(mode, random, script(random, !optimistic));

    drive(world, random, false, () -> release(world, random));

    assertConverged(world);
  }

  static void release(World world, Random random) {
    world.decide(
        new Input.OperatorActs(
            new OperatorAction(
                "a" + random.nextLong(), Exit.RELEASE, null, List.of(), null, "ops", 0)));
  }

  @Property(tries = 60, seed = SEED)
  void anyChangesEndWithAnOperatorsHelpAtTheLatest(@ForAll long seed) {
    Random random = new Random(seed);
    World world = world(GroupMode.OPTIMISTIC, random, List.of());
    world.checkJoin = false;
    world.shards.values().forEach(shard -> shard.script.addAll(script(random, false)));

    drive(world, random, true);

    assertThat(world.isDone()).as("what waits: %s", world.decisions).isTrue();
    assertThat(world.state.pending()).isEmpty();
  }

  @Property(tries = 60, seed = SEED)
  void anyChangesEndWithAnOperatorsHelpInPessimisticMode(@ForAll long seed) {
    Random random = new Random(seed);
    World world = world(GroupMode.PESSIMISTIC, random, List.of());
    world.shards.values().forEach(shard -> shard.script.addAll(script(random, true)));

    drive(world, random, true);

    assertThat(world.isDone()).as("what waits: %s", world.decisions).isTrue();
    assertThat(world.state.pending()).isEmpty();
  }

  @Property(tries = 60, seed = SEED)
  void withoutHelpWhateverDoesNotEndIsReportedWithItsExits(@ForAll long seed) {
    Random random = new Random(seed);
    World world = world(GroupMode.OPTIMISTIC, random, List.of());
    world.shards.values().forEach(shard -> shard.script.addAll(script(random, false)));

    drive(world, random, false);

    Set<String> standing = new HashSet<>();
    boolean conflict = false;
    for (Shard shard : world.shards.values()) {
      if (shard.at != null) {
        standing.add(shard.id.toString());
        conflict |= world.decisions.get(shard.id) instanceof Decision.Conflict;
      }
    }

    for (Shard shard : world.shards.values()) {
      if (shard.at != null && world.decisions.get(shard.id) instanceof Decision.Wait wait) {
        boolean onlyEachOther = !conflict && standing.containsAll(wait.waitsFor());
        assertThat(wait.exits()).contains(Exit.EXECUTE, Exit.SKIP);
        assertThat(onlyEachOther).as("%s: %s", shard.id, wait).isFalse();
      }
    }
  }

  static World world(GroupMode mode, Random random, List<Change> script) {
    World world = new World(mode, "s1", "s2");
    int count = 2 + random.nextInt(3);
    List<TableId> first = new ArrayList<>();
    List<TableId> second = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MemberId id = MemberId.of(i % 2 == 0 ? "s1" : "s2", "shop", "orders_" + i);
      world.add(id, START).script.addAll(script);
      (i % 2 == 0 ? first : second).add(id.table());
    }

    world.decide(Input.SourceStated.of("s1", first));
    world.decide(Input.SourceStated.of("s2", second));
    return world;
  }

  /** Lets everybody act in random order until all is done or nothing moves any more. */
  static void drive(World world, Random random, boolean operator) {
    drive(world, random, operator, () -> {});
  }

  private static void drive(World world, Random random, boolean operator, Runnable crowd) {
    int idle = 0;
    Operator ops = new Operator(world, random);
    while ((!world.isDone() || isBusy(world, operator))
        && idle < 150 * Math.max(3, world.shards.size())) {
      List<Shard> shards = List.copyOf(world.shards.values());
      Shard shard = shards.get(random.nextInt(shards.size()));
      boolean moved = false;
      switch (random.nextInt(8)) {
        case 0 -> {
          if (shard.schema != null && shard.at == null && !operator) {
            world.insert(shard);
          }
        }
        case 1, 2 -> {
          if (shard.at != null || shard.reach()) {
            world.ask(shard);
          }
        }
        case 3, 4 -> moved = world.act(shard, random.nextInt(4) == 0);
        case 5 -> world.restartCoordinator();
        case 6 -> crowd.run();
        default -> {
          if (!shard.past.isEmpty() && shard.at == null && !shard.reach()) {
            DdlRequest old = shard.past.get(random.nextInt(shard.past.size()));
            GroupState before = world.state;
            world.ask(old);
            assertThat(world.state).isEqualTo(before);
          }
        }
      }

      idle = moved ? 0 : idle + 1;
      if (operator && idle > 100) {
        ops.help(shards.get(random.nextInt(shards.size())));
        idle = 50;
      }
    }
  }

  /** Whether the group itself is not done: a table that an operator added may wait, too. */
  private static boolean isBusy(World world, boolean operator) {
    return world.state.core().inFlight() != null || (operator && !world.state.pending().isEmpty());
  }

  static void assertConverged(World world) {
    for (Shard shard : world.shards.values()) {
      assertThat(shard.at).as("%s waits: %s", shard.id, world.decisions.get(shard.id)).isNull();
      assertThat(World.text(world.targetSchema)).isEqualTo(World.text(shard.schema));
    }

    assertThat(world.target).isEqualTo(world.upstream());
  }

  /** Changes that follow each other; no column name is used for two different columns. */
  static List<Change> script(Random random, boolean plain) {
    List<Change> changes = new ArrayList<>();
    TableSchema schema = START;
    int names = 0;
    for (int i = 0; i < 1 + random.nextInt(6); i++) {
      String fresh = "c" + names++;
      String known = schema.columns().get(1 + random.nextInt(schema.columns().size() - 1)).name();
      Change change = change(random, fresh, known, i);
      if (random.nextInt(4) == 0) {
        change = together(change, new Change.Add(fresh + "b int"));
      }

      if (change.fits(schema) && schema.columns().size() > 2) {
        changes.add(change);
        schema = change.apply(schema);
      }
    }

    return changes;
  }

  /** Without what a table that comes late cannot make together with the others. */
  static List<Change> compatible(List<Change> script) {
    return script.stream().filter(DeciderPropertyTest::isCompatible).toList();
  }

  private static boolean isCompatible(Change change) {
    return change instanceof Change.Several several
        ? several.parts().stream().allMatch(DeciderPropertyTest::isCompatible)
        : !(change instanceof Change.Rename
            || change instanceof Change.Readd
            || change instanceof Change.Modify);
  }

  /** Renames, and columns that are made again, stay alone: a request states them for itself. */
  private static Change together(Change one, Change other) {
    boolean alone = one instanceof Change.Rename || one instanceof Change.Readd;
    return alone ? one : new Change.Several(List.of(one, other));
  }

  private static Change change(Random random, String fresh, String known, int number) {
    return switch (random.nextInt(24)) {
      case 0 -> new Change.Add(fresh + " int");
      case 1 -> new Change.Add(fresh + " int not null");
      case 2 -> new Change.Add(fresh + " varchar(9) not null default 'x'");
      case 3 -> new Change.Add(fresh + " text not null");
      case 4 -> new Change.Drop(known);
      case 5 -> new Change.Rename(known, fresh);
      case 6 -> new Change.Modify(known + " bigint");
      case 7 -> new Change.Modify(known + " varchar(20) not null");
      case 8 -> new Change.Modify(known + " text");
      case 9 -> new Change.AddKey("key k" + number + " (" + known + ")");
      case 10 -> new Change.DropKey("k" + (number - 1));
      case 11 -> new Change.Insert(fresh + " int default 3");
      case 12 -> new Change.Comment("the " + number);
      case 13 -> new Change.Modify(known + " int comment 'the " + number + "'");
      case 14 -> new Change.AddKey("unique k" + number + " (" + known + ")");
      case 15 -> new Change.AddPartition();
      case 16 -> new Change.DropPartition();
      case 17 -> new Change.PrimaryKey("primary key (id, " + known + ")");
      case 18 -> new Change.PrimaryKey("primary key (id)");
      case 19 -> new Change.Add(fresh + " varchar(9) charset latin1 collate latin1_swedish_ci");
      case 20 -> new Change.Modify(known + " varchar(9) charset utf8mb4 collate utf8mb4_bin");
      case 21 -> new Change.Charset("utf8mb4", "utf8mb4_bin", random.nextBoolean());
      case 22 -> new Change.Charset("latin1", "latin1_swedish_ci", random.nextBoolean());
      default -> new Change.Readd(known + " int default 7");
    };
  }
}
