package io.dmconnect.it.chaos;

import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.Server;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shards of two sources are written to and change, while coordinators, ZooKeeper, Connect workers
 * and TiDB are killed: both ends are equal afterwards, and every change ran once. {@code
 * -Ddm.chaos.rounds} and {@code -Ddm.chaos.seed} make it longer or other.
 */
class ShardChaosIT {
  private static final int ROUNDS = Integer.getInteger("dm.chaos.rounds", 4);
  private static final long SEED = Long.getLong("dm.chaos.seed", 7);
  private static final int WRITES_PER_CHANGE = 4;

  private static ChaosStack stack;

  private final List<String> story = new ArrayList<>();
  private final Deque<Victim> deck = new ArrayDeque<>();
  private final List<String> clauses = new ArrayList<>();
  private Random random;
  private Migration migration;

  @BeforeAll
  static void start() {
    stack = new ChaosStack();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimistic", "pessimistic"})
  void bothEndsAreEqualAndEveryChangeRanOnceWhoeverDies(String mode) {
    random = new Random(SEED + mode.hashCode());
    try (Migration started = new Migration(stack, "chaos_" + mode, random)) {
      migration = started;
      run(mode);
    } catch (Throwable e) {
      stack.servers().keepLogs();
      String again =
          "./mvnw -Pchaos -pl integration-tests -am verify -Ddm.chaos.seed=%d -Ddm.chaos.rounds=%d";
      throw new AssertionError(
          mode + ": " + String.format(again, SEED, ROUNDS) + "\n" + String.join("\n", story), e);
    }
  }

  private void run(String mode) throws Exception {
    boolean ordered = mode.equals("pessimistic");
    ChangeScript script = new ChangeScript(random);
    Ends ends = new Ends(stack, migration);
    migration.start(mode);
    if (ordered) {
      // a pessimistic group begins with tables that are alike
      ends.awaitEqual();
    } else {
      // what is changed before its table is read never comes to the target
      ends.awaitMembers();
    }

    for (int round = 0; round < ROUNDS; round++) {
      List<Change> changes = script.step();
      changes.forEach(change -> clauses.add(change.clause()));
      round(steps(changes, ordered));
      if (random.nextInt(3) == 0 || round == ROUNDS - 1) {
        ends.awaitEqual();
      }
    }

    ends.checkSchemas();
    try (Sql tidb = stack.servers().tidb().sql()) {
      Executed executed = new Executed(tidb, migration);
      executed.checkEachRanOnce();
      executed.checkLedger(clauses.size() * migration.shards().size());
      if (ordered) {
        executed.checkRan(clauses);
      }
    }

    System.out.printf(
        "%s: %d rounds, %d schema changes in each shard, seed %d%n",
        mode, ROUNDS, clauses.size(), SEED);
  }

  /** Changes and writes of all shards in a random order that keeps each shard's own. */
  private List<Runnable> steps(List<Change> changes, boolean ordered) {
    List<Deque<Runnable>> shards = new ArrayList<>();
    for (Shard shard : migration.shards()) {
      List<Change> own = new ArrayList<>(changes);
      if (!ordered) {
        Collections.shuffle(own, random);
      }

      Deque<Runnable> steps = new ArrayDeque<>();
      for (Change change : own) {
        steps.add(() -> shard.change(change));
        for (int i = random.nextInt(2 * WRITES_PER_CHANGE); i >= 0; i--) {
          steps.add(shard::write);
        }
      }

      shards.add(steps);
    }

    List<Runnable> all = new ArrayList<>();
    while (!shards.isEmpty()) {
      Deque<Runnable> next = shards.get(random.nextInt(shards.size()));
      all.add(next.remove());
      shards.removeIf(Deque::isEmpty);
    }

    return all;
  }

  /** Makes the steps; on the way somebody is killed, and started again while the steps go on. */
  private void round(List<Runnable> steps) {
    int killAt = random.nextInt(steps.size());
    int reviveAt = killAt + random.nextInt(steps.size() - killAt);
    List<Server> killed = new ArrayList<>();
    CompletableFuture<Void> revived = null;
    for (int i = 0; i < steps.size(); i++) {
      if (i == killAt) {
        killed.addAll(kill());
      }

      if (i == reviveAt) {
        revived = revived(killed);
      }

      steps.get(i).run();
    }

    revived.join();
  }

  /**
   * All at once: a coordinator serves only when the ZooKeeper that died with it is back. One worker
   * may have been killed for its sink and for its source.
   */
  private static CompletableFuture<Void> revived(List<Server> killed) {
    return CompletableFuture.allOf(
        killed.stream()
            .distinct()
            .map(server -> CompletableFuture.runAsync(server::start))
            .toArray(CompletableFuture<?>[]::new));
  }

  private List<Server> kill() {
    List<Server> killed = new ArrayList<>();
    int count = random.nextInt(3) == 0 ? 2 : 1;
    for (int i = 0; i < count; i++) {
      Victim victim = draw();
      Server server = victim.find(stack, migration, random);
      server.kill9();
      killed.add(server);
      story.add(victim + " " + server.name() + ", after " + clauses.size() + " changes");
    }

    return killed;
  }

  /** Each victim once before any of them a second time. */
  private Victim draw() {
    if (deck.isEmpty()) {
      List<Victim> all = Arrays.asList(Victim.values());
      Collections.shuffle(all, random);
      deck.addAll(all);
    }

    return deck.remove();
  }
}
