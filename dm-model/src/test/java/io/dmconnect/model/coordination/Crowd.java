package io.dmconnect.model.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;

/** Tables that are made and dropped, and sources that are deleted and come back, in a world. */
final class Crowd {
  private static final int MOST_NEW = 4;

  private final World world;
  private final Random random;
  private final Map<String, NavigableSet<TableId>> stated = new HashMap<>();
  private int made;

  Crowd(World world, Random random) {
    this.world = world;
    this.random = random;
    world.shards.keySet().forEach(id -> tables(id).add(id.table()));
  }

  private NavigableSet<TableId> tables(MemberId id) {
    return stated.computeIfAbsent(id.source(), source -> new TreeSet<>());
  }

  /** Something happens to the membership, or nothing. */
  void act() {
    switch (random.nextInt(8)) {
      case 0 -> make();
      case 1 -> drop();
      case 2 -> forget();
      default -> stated.forEach((s, tables) -> world.decide(Input.SourceStated.of(s, tables)));
    }
  }

  /** A further shard, made as one that is there looks like, which it follows from there. */
  private void make() {
    Shard model = settled();
    if (model == null || made == MOST_NEW) {
      return;
    }

    MemberId id = MemberId.of(random.nextBoolean() ? "s1" : "s2", "shop", "new_" + made++);
    tables(id).add(id.table());
    world.decide(Input.SourceStated.of(id.source(), tables(id)));
    world.add(id, model.schema).script.addAll(model.script);
  }

  private void drop() {
    Shard shard = settled();
    if (shard == null || world.shards.size() < 2) {
      return;
    }

    shard.script.clear();
    shard.at =
        DdlRequest.of(
            shard.id + "-drop",
            shard.id,
            DdlKind.DROP_TABLE,
            List.of("DROP TABLE t"),
            shard.schema,
            null);
    tables(shard.id).remove(shard.id.table());
  }

  /** A source's connector is deleted with all of its tables, unless nobody would be left. */
  private void forget() {
    String source = random.nextBoolean() ? "s1" : "s2";
    boolean runs =
        world.state.core().inFlight() != null
            && world.state.core().inFlight().executor().source().equals(source);
    List<Shard> others =
        world.shards.values().stream().filter(s -> !s.id.source().equals(source)).toList();
    if (runs || others.isEmpty() || random.nextInt(3) > 0) {
      return;
    }

    stated.remove(source);
    world.shards.keySet().removeIf(id -> id.source().equals(source));
    world.decide(new Input.SourceForgotten(source));
    assertThat(world.state.members().keySet()).noneMatch(id -> id.source().equals(source));
  }

  private Shard settled() {
    List<Shard> settled =
        world.shards.values().stream()
            .filter(shard -> shard.schema != null && shard.at == null)
            .toList();
    return settled.isEmpty() ? null : settled.get(random.nextInt(settled.size()));
  }
}
