package io.dmconnect.sink;

import io.dmconnect.model.TableId;
import io.dmconnect.model.check.Finding;
import io.dmconnect.model.check.ShardChecks;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.TaskTree;
import io.dmconnect.model.coordination.zk.TreeLook;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.shard.JdbcMergedTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the coordination service and at the tables to be merged, as far as sources have stated
 * them, before a connector is made; changes nothing. Takes bounded time.
 */
final class ShardCheck {
  private static final long RETRY_MILLIS = 5_000;

  /** What is wrong, on the keys that can change it. */
  static List<ConfigProblem> problems(TiDbSinkConfig config) {
    if (config.shardMode() == ShardKeys.Mode.NONE) {
      return List.of();
    }

    TreeLook look = TreeLook.at(config, config.getString(ShardKeys.TASK));
    return look.tree() == null ? look.problems() : tables(config, look.tree());
  }

  private static List<ConfigProblem> tables(TiDbSinkConfig config, TaskTree tree) {
    TaskSettings settings = config.shardSettings();
    List<ConfigProblem> problems = new ArrayList<>();
    try (TargetPool pool = new TargetPool(config.target(1), "tidb-sink-validation")) {
      JdbcMergedTables merged = new JdbcMergedTables(pool, new Retry(RETRY_MILLIS));
      for (Finding finding :
          new ShardChecks(settings, tree.facts()).findings(target -> read(merged, target))) {
        if (finding.isError() && !tree.begun().contains(finding.group())) {
          problems.add(new ConfigProblem("routes", finding.toString()));
        }
      }
    }

    return problems;
  }

  /** A table that is not understood is reported when the task comes to it. */
  private static TableSchema read(JdbcMergedTables merged, TableId target) {
    try {
      return merged.read(target);
    } catch (DmException e) {
      return null;
    }
  }

  private ShardCheck() {}
}
