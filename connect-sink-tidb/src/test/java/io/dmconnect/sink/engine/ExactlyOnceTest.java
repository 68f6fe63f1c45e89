package io.dmconnect.sink.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.sink.write.FencedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExactlyOnceTest {
  private enum Step {
    POLL,
    TICK,
    COMMIT_ONE,
    COMMIT_MANY,
    COMMIT_OFFSETS,
    REBALANCE,
    KILL
  }

  @Provide
  Arbitrary<List<Integer>> log() {
    return Arbitraries.integers().between(0, 12).list().ofMinSize(1).ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Step>> script() {
    return Arbitraries.of(Step.class).list().ofMinSize(5).ofMaxSize(60);
  }

  @Property(tries = 300)
  void everyRecordIsAppliedOnceAndInTheOrderOfItsKey(
      @ForAll("log") List<Integer> log,
      @ForAll("script") List<Step> script,
      @ForAll boolean keyless) {
    FakeTiDb tidb = new FakeTiDb();
    run(tidb, log, script, keyless, 3);

    List<Long> applied = tidb.applied(EngineWorld.PARTITION);
    assertThat(applied)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, log.size()).boxed().toList());
    assertInOrder(log, applied);
  }

  @Property(tries = 150)
  void aChangedNumberOfWritersLosesNothing(
      @ForAll("log") List<Integer> log, @ForAll("script") List<Step> script) {
    FakeTiDb tidb = new FakeTiDb();
    EngineWorld first = new EngineWorld(tidb, log, false, 2);
    first.poll(7);
    first.letHappen(1);
    run(tidb, log, script, false, 5);
    first.close();

    List<Long> applied = tidb.applied(EngineWorld.PARTITION);
    assertThat(applied).containsAll(LongStream.range(0, log.size()).boxed().toList());
    assertThat(lastOfEachKey(log, applied))
        .isEqualTo(lastOfEachKey(log, LongStream.range(0, log.size()).boxed().toList()));
  }

  private static Map<Integer, Long> lastOfEachKey(List<Integer> log, List<Long> applied) {
    Map<Integer, Long> last = new HashMap<>();
    for (long offset : applied) {
      last.put(log.get((int) offset), offset);
    }

    return last;
  }

  private static void run(
      FakeTiDb tidb, List<Integer> log, List<Step> script, boolean keyless, int writers) {
    List<EngineWorld> killed = new ArrayList<>();
    EngineWorld world = new EngineWorld(tidb, log, keyless, writers);
    try {
      for (Step step : script) {
        switch (step) {
          case POLL -> world.poll(7);
          case TICK -> world.poll(0);
          case COMMIT_ONE -> world.letHappen(1);
          case COMMIT_MANY -> world.letHappen(10);
          case COMMIT_OFFSETS -> world.commitOffsets();
          case REBALANCE -> world.rebalance();
          case KILL -> {
            killed.add(world);
            world = new EngineWorld(tidb, log, keyless, writers);
            killed.get(killed.size() - 1).close();
          }
        }
      }

      world.finish();
    } catch (FencedException e) {
      throw new AssertionError("Nobody else owns the partition", e);
    } finally {
      world.close();
    }
  }

  private static void assertInOrder(List<Integer> log, List<Long> applied) {
    Map<Integer, Long> last = new HashMap<>();
    long lastChange = -1;
    for (long offset : applied) {
      int key = log.get((int) offset);
      Long before = key == 0 ? null : last.put(key, offset);
      assertThat(before == null || before < offset).as("order of key %s", key).isTrue();
      assertThat(offset).as("rows keep their side of a schema change").isGreaterThan(lastChange);
      if (key == 0) {
        lastChange = offset;
      }
    }
  }
}
