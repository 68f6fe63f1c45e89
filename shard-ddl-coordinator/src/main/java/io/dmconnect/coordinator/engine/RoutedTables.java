package io.dmconnect.coordinator.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.route.Router;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the tables that sources stated go. Immutable. */
record RoutedTables(Router router) {
  private static final Logger LOG = LoggerFactory.getLogger(RoutedTables.class);

  /** The tables of a source that route to a target. */
  NavigableSet<TableId> tables(Input.SourceStated source, TableId target) {
    return tables(source, target::equals);
  }

  private NavigableSet<TableId> tables(Input.SourceStated source, Predicate<TableId> target) {
    NavigableSet<TableId> tables = new TreeSet<>();
    for (TableId table : source.tables()) {
      try {
        if (target.test(router.route(source.source(), table).target())) {
          tables.add(table);
        }
      } catch (DmException e) {
        LOG.error("The table {} of {} belongs to no group", table, source.source(), e);
      }
    }

    return tables;
  }

  /**
   * Whether several tables go, or went, to a target, as far as that is known; its name's case does
   * not count, as in TiDB.
   *
   * @param sources what the sources stated
   * @param groups the task's groups; one that is not coordinated is taken for merged
   */
  boolean isMerged(
      TableId target,
      Collection<Input.SourceStated> sources,
      Map<TableId, TaskSnapshot.Group> groups) {
    NavigableSet<MemberId> tables = new TreeSet<>();
    for (Input.SourceStated source : sources) {
      tables(source, own -> isSame(own, target))
          .forEach(table -> tables.add(new MemberId(source.source(), table)));
    }

    for (Map.Entry<TableId, TaskSnapshot.Group> group : groups.entrySet()) {
      if (isSame(group.getKey(), target)) {
        GroupState state = group.getValue().stored().state();
        tables.addAll(state.core().departed().whoseRowsMayStay(state.members().keySet()));
        if (group.getValue().problem() != null) {
          return true;
        }
      }
    }

    return tables.size() > 1;
  }

  private static boolean isSame(TableId one, TableId other) {
    return one.toString().equalsIgnoreCase(other.toString());
  }
}
