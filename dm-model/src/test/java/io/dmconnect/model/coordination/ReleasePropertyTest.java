package io.dmconnect.model.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Executions that are released while they run, and whose reports come late or never. */
class ReleasePropertyTest {
  private static final String SEED = "42";
  private static final int MOST_RELEASES = 4;
  private static final int PATIENCE = 450;

  @Property(tries = 20, seed = SEED)
  void whatIsReleasedBetweenItsStatementsRunsOnce(@ForAll long seed, @ForAll boolean optimistic) {
    Random random = new Random(seed);
    List<Change> script = DeciderPropertyTest.script(random, !optimistic);
    World world = DeciderPropertyTest.world(mode(optimistic), random, script);
    Sinks sinks = new Sinks(world, random);

    drive(world, sinks, random, null);

    assertThat(sinks.haveTold()).isTrue();
    DeciderPropertyTest.assertConverged(world);
  }

  @Property(tries = 20, seed = SEED)
  void whatRanOfAReleasedExecutionCountsWhateverTakesItsPlace(
      @ForAll long seed, @ForAll boolean optimistic) {
    Random random = new Random(seed);
    World world = disagreeing(random, optimistic);
    Sinks sinks = new Sinks(world, random);

    drive(world, sinks, random, new Operator(world, random));

    assertDone(world);
    assertThat(sinks.haveTold()).isTrue();
  }

  @Property(tries = 20, seed = SEED)
  void whateverNobodyTellsOfAReleasedExecutionAnOperatorCanEnd(
      @ForAll long seed, @ForAll boolean optimistic) {
    Random random = new Random(seed);
    World world = disagreeing(random, optimistic);
    Sinks sinks = new Sinks(world, random);
    sinks.forget();

    drive(world, sinks, random, new Operator(world, random));

    assertDone(world);
  }

  private static GroupMode mode(boolean optimistic) {
    return optimistic ? GroupMode.OPTIMISTIC : GroupMode.PESSIMISTIC;
  }

  private static World disagreeing(Random random, boolean optimistic) {
    World world = DeciderPropertyTest.world(mode(optimistic), random, List.of());
    world.checkJoin = false;
    world
        .shards
        .values()
        .forEach(s -> s.script.addAll(DeciderPropertyTest.script(random, !optimistic)));
    return world;
  }

  private static void assertDone(World world) {
    assertThat(world.isDone()).as("what waits: %s", world.decisions).isTrue();
    assertThat(world.state.pending()).isEmpty();
  }

  /** Lets everybody act in random order until all is done or nothing moves any more. */
  private static void drive(World world, Sinks sinks, Random random, Operator operator) {
    int idle = 0;
    int releases = 0;
    while (!isOver(world, sinks) && idle < PATIENCE * world.shards.size()) {
      List<Shard> shards = List.copyOf(world.shards.values());
      Shard shard = shards.get(random.nextInt(shards.size()));
      boolean moved = false;
      switch (random.nextInt(8)) {
        case 0 -> {
          if (operator == null && shard.schema != null && shard.at == null) {
            world.insert(shard);
          }
        }
        case 1, 2 -> sinks.ask(shard);
        case 3, 4, 5 -> moved = sinks.act(shard);
        case 6 -> world.restartCoordinator();
        default -> moved = sinks.deliver();
      }

      boolean running = world.state.core().inFlight() != null;
      if (running && releases < MOST_RELEASES && random.nextInt(12) == 0) {
        DeciderPropertyTest.release(world, random);
        releases++;
      }

      idle = moved ? 0 : idle + 1;
      if (operator != null && (idle > 100 || random.nextInt(40) == 0)) {
        operator.help(shard);
      }
    }
  }

  private static boolean isOver(World world, Sinks sinks) {
    return world.isDone()
        && world.state.core().inFlight() == null
        && world.state.pending().isEmpty()
        && sinks.isIdle();
  }
}
