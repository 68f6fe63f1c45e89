package io.dmconnect.sink.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.event.Op;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.sql.PlanLimits;
import io.dmconnect.sink.sql.StatementPlanner;
import io.dmconnect.sink.testing.ModelTable;
import io.dmconnect.sink.testing.TestTable;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Batches of net effects against an upstream that made the changes one by one. */
class NetEffectPropertyTest {
  private static final int CHANGES = 60;
  private static final int CHUNKS = 3;

  private static final TestTable TABLE =
      TestTable.define()
          .column("id", ColumnType.of("int"))
          .column("u", ColumnType.of("int"), true)
          .column("v", ColumnType.of("int"), true)
          .targetPrimaryKey("id")
          .uniqueKey("u", "u")
          .build();

  /** A target that takes changes in batches of random sizes. */
  private static final class Target {
    private final ModelTable table = new ModelTable();
    private final NetEffect effect = new NetEffect();
    private final StatementPlanner planner = new StatementPlanner(new PlanLimits(3, 10_000, 32));
    private final Random random;

    Target(long seed) {
      random = new Random(seed);
    }

    void add(RowChange change) {
      if (random.nextInt(8) == 0) {
        flush();
      }

      if (!effect.tryAdd(change)) {
        flush();
        assertThat(effect.tryAdd(change)).isTrue();
      }
    }

    void flush() {
      planner.plan(effect, false).forEach(statement -> table.run(statement.sql()));
      effect.clear();
    }
  }

  @Property
  void batchesOfNetEffectsEndInTheUpstreamsState(
      @ForAll long seed, @ForAll boolean keyChangesAsOneRecord) {
    UpstreamHistory upstream = new UpstreamHistory(seed, CHANGES);
    Target target = new Target(seed);
    target.table.rows().putAll(upstream.state(0));

    upstream.changes().forEach(change -> add(target, change, false, keyChangesAsOneRecord));
    target.flush();

    assertThat(target.table.rows()).isEqualTo(upstream.end());
  }

  @Property
  void snapshotRowsReadWhileTheTableChangesConvergeWithSafeChanges(
      @ForAll long seed, @ForAll boolean keyChangesAsOneRecord) {
    UpstreamHistory upstream = new UpstreamHistory(seed, CHANGES);
    Target target = new Target(seed);
    Random random = new Random(seed);
    int end = 0;
    int width = UpstreamHistory.IDS / CHUNKS;
    for (int from = 0; from < UpstreamHistory.IDS; from += width) {
      end += random.nextInt(CHANGES / CHUNKS);
      upstream
          .state(end)
          .subMap(from, from + width)
          .values()
          .forEach(row -> target.add(TABLE.read(row.toArray())));
    }

    for (int i = 0; i < CHANGES; i++) {
      add(target, upstream.changes().get(i), i < end, keyChangesAsOneRecord);
    }

    target.flush();

    assertThat(target.table.rows()).isEqualTo(upstream.end());
  }

  @Property
  void changesThatAreAppliedTwiceInSafeModeEndInTheUpstreamsState(
      @ForAll long seed, @ForAll boolean keyChangesAsOneRecord) {
    UpstreamHistory upstream = new UpstreamHistory(seed, CHANGES);
    Target target = new Target(seed);
    int applied = new Random(seed).nextInt(CHANGES);
    target.table.rows().putAll(upstream.state(applied));

    for (int i = 0; i < CHANGES; i++) {
      add(target, upstream.changes().get(i), i < applied, keyChangesAsOneRecord);
    }

    target.flush();

    assertThat(target.table.rows()).isEqualTo(upstream.end());
  }

  private static void add(
      Target target, UpstreamHistory.Change change, boolean safe, boolean keyChangeAsOne) {
    Object before = change.before() == null ? null : TABLE.row(change.before().toArray());
    Object after = change.after() == null ? null : TABLE.row(change.after().toArray());
    if (change.changesKey() && !keyChangeAsOne) {
      target.add(TABLE.change(Op.DELETE, safe, before, null));
      target.add(TABLE.change(Op.CREATE, safe, null, after));
      return;
    }

    Op op = before == null ? Op.CREATE : after == null ? Op.DELETE : Op.UPDATE;
    target.add(TABLE.change(op, safe, before, after));
  }
}
