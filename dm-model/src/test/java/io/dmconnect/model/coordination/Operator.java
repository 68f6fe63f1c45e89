package io.dmconnect.model.coordination;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Somebody who uses the ways out of a world's shards that wait, in any order. */
final class Operator {
  private static final int FEW = 4;

  private final World world;
  private final Random random;
  private final Set<MemberId> dropped = new HashSet<>();
  private int commands;

  Operator(World world, Random random) {
    this.world = world;
    this.random = random;
  }

  /** Uses one of the ways out of a shard, or takes one back that was taken out. */
  void help(Shard shard) {
    if (dropped.contains(shard.id)) {
      addBack(shard);
      return;
    }

    List<Exit> exits = exits(world.decisions.get(shard.id)).stream().sorted().toList();
    if (!exits.isEmpty()) {
      command(exits.get(random.nextInt(exits.size())), shard);
    }
  }

  private static Set<Exit> exits(Decision decision) {
    if (decision instanceof Decision.Wait wait) {
      return wait.exits();
    }

    return decision instanceof Decision.Conflict conflict ? conflict.exits() : Set.of();
  }

  private void command(Exit exit, Shard shard) {
    switch (exit) {
      case DROP_MEMBER -> {
        if (world.state.members().size() > 2 && random.nextInt(FEW) == 0) {
          dropped.add(shard.id);
          act(exit, shard, List.of());
        }
      }
      case REPLACE -> act(exit, shard, List.of(World.REPLACED + " " + commands));
      default -> act(exit, shard, List.of());
    }
  }

  /** As its table is, once its sink stands at no change; what it did before is not known then. */
  private void addBack(Shard shard) {
    if (shard.at == null && shard.schema != null && random.nextInt(FEW) == 0) {
      dropped.remove(shard.id);
      shard.past.clear();
      act(Exit.ADD_MEMBER, shard, List.of());
    }
  }

  private void act(Exit exit, Shard shard, List<String> statements) {
    String id = "command" + commands++;
    world.decide(
        new Input.OperatorActs(
            new OperatorAction(id, exit, shard.id, statements, shard.schema, "ops", 0)));
  }
}
