package io.dmconnect.sink.shard;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.route.Route;
import io.dmconnect.model.route.Router;

/**
 * Which tables are merged with others. Tables of the same name in several sources go to one target
 * without any rule, so with several sources every table is taken for a member of a group, if only
 * one of its own.
 *
 * @param router the routes
 * @param everyTable whether tables without a merging rule are members, too
 */
public record GroupRoutes(Router router, boolean everyTable) {

  /** Checks that there are routes. */
  public GroupRoutes {
    requireNonNull(router, "router is null");
  }

  boolean isGrouped(String source, TableId table) {
    return everyTable || router.route(source, table).merge();
  }

  Route route(String source, TableId table) {
    return router.route(source, table);
  }
}
