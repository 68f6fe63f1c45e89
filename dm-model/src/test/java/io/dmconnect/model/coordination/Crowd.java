package io.dmconnect.model.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.join.SchemaJoin;
import io.dmconnect.model.schema.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tables that are made, dropped, and not captured for a while, and sources that are deleted and
 * come back, in a world.
 */
final class Crowd {
  private static final int MOST_NEW = 4;

  private final World world;
  private final Random random;
  private final Map<String, NavigableSet<TableId>> stated = new HashMap<>();
  private final NavigableMap<MemberId, Shard> away = new TreeMap<>();
  private int further;
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
    switch (random.nextInt(10)) {
      case 0 -> make();
      case 1 -> leave(DdlKind.DROP_TABLE);
      case 2 -> forget();
      case 3 -> leave(DdlKind.DESELECT_TABLE);
      case 4 -> select();
      default -> stated.forEach((s, tables) -> world.decide(Input.SourceStated.of(s, tables)));
    }
  }

  /** A further shard, made as one that is there looks like, which it follows from there. */
  private void make() {
    Shard model = settled();
    if (model == null || further == MOST_NEW) {
      return;
    }

    MemberId id = MemberId.of(random.nextBoolean() ? "s1" : "s2", "shop", "new_" + further++);
    tables(id).add(id.table());
    world.decide(Input.SourceStated.of(id.source(), tables(id)));
    world.add(id, model.schema).script.addAll(model.script);
  }

  /** A shard is dropped, or not captured any more. */
  private void leave(DdlKind kind) {
    Shard shard = settled();
    if (shard == null || world.shards.size() < 2) {
      return;
    }

    if (kind == DdlKind.DESELECT_TABLE) {
      Shard kept = new Shard(shard.id);
      kept.schema = shard.schema;
      kept.script.addAll(shard.script);
      away.put(shard.id, kept);
    }

    shard.script.clear();
    shard.at =
        DdlRequest.of(
            shard.id + "-" + kind + made++, shard.id, kind, List.of(), shard.schema, null);
    tables(shard.id).remove(shard.id.table());
  }

  /**
   * A shard is captured again: optimistic, as it was when it was not any more, with its changes to
   * follow; pessimistic, with what one that is there has made meanwhile.
   */
  private void select() {
    Shard kept = away.values().stream().findFirst().orElse(null);
    if (kept == null || world.shards.containsKey(kept.id)) {
      return;
    }

    boolean optimistic = world.state.config().mode() != GroupMode.PESSIMISTIC;
    Shard model = optimistic ? kept : settled();
    if (model == null || !fits(model.schema)) {
      return;
    }

    away.remove(kept.id);
    tables(kept.id).add(kept.id.table());
    world.decide(Input.SourceStated.of(kept.id.source(), tables(kept.id)));
    Shard back = world.add(kept.id, model.schema);
    back.at =
        DdlRequest.of(
            kept.id + "-select" + made++,
            kept.id,
            DdlKind.CREATE_TABLE,
            List.of("CREATE TABLE t"),
            null,
            model.schema);
    back.script.addAll(model.script);
  }

  /** Whether one with that schema has a join with the others, so that no operator is needed. */
  private boolean fits(TableSchema schema) {
    TableSchema joined = world.state.core().joined();
    return joined != null
        && world.state.core().inFlight() == null
        && SchemaJoin.join(List.of(schema, joined)).schemaOrNull() != null;
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
    away.keySet().removeIf(id -> id.source().equals(source));
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
