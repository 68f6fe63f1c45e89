package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A table that is expected and comes when the others have changed already. */
class LateTableTest {
  private static final TableSchema OLD = table("id bigint not null; a int; primary key (id)");
  private static final MemberId EARLY = MemberId.of("s", "shop", "orders_1");
  private static final MemberId LATE = MemberId.of("s", "shop", "orders_2");

  @Test
  void itMayHaveThePrimaryKeyThatTheOthersHaveGivenUp() {
    Change change = new Change.PrimaryKey("primary key (id, a)");
    World world = new World(GroupMode.OPTIMISTIC, "s");
    world.decide(Input.SourceStated.of("s", List.of(EARLY.table(), LATE.table())));
    Shard early = world.add(EARLY, OLD);
    early.script.add(change);
    goOn(world, early);
    goOn(world, early);
    assertThat(alterations(world)).containsExactly("DROP PRIMARY KEY");

    Shard late = world.add(LATE, OLD);
    late.script.add(change);
    goOn(world, late);
    goOn(world, late);

    assertThat(alterations(world))
        .containsExactly(
            "DROP PRIMARY KEY", "MODIFY COLUMN `a` int NOT NULL", "ADD PRIMARY KEY (`id`, `a`)");
  }

  /** The shard comes to its next change, and its sink does what it is told until it is past. */
  private static void goOn(World world, Shard shard) {
    shard.reach();
    world.ask(shard);
    while (shard.at != null) {
      assertThat(world.act(shard, false)).as("%s", world.decisions.get(shard.id)).isTrue();
    }
  }

  private static List<String> alterations(World world) {
    String alter = "ALTER TABLE " + World.TARGET.quoted() + " ";
    return world.executed.stream()
        .filter(sql -> sql.startsWith(alter))
        .map(sql -> sql.substring(alter.length()))
        .toList();
  }
}
