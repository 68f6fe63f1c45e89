package io.dmconnect.source.coordination;

import io.dmconnect.model.TableId;
import io.dmconnect.model.check.CheckItem;
import io.dmconnect.model.check.Finding;
import io.dmconnect.model.check.ShardChecks;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.TaskTree;
import io.dmconnect.model.coordination.zk.TreeLook;
import io.dmconnect.model.coordination.zk.ZooKeeperKeys;
import io.dmconnect.source.config.CoordinationKeys;
import io.dmconnect.source.config.SourceConfig;
import io.dmconnect.source.jdbc.Connections;
import io.dmconnect.source.snapshot.TableCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at the coordination service and, once a sink has stated what it merges, at how this
 * source's tables go together with the others', before a connector is made; changes nothing.
 */
public final class ShardCheck {
  private static final int MOST_TABLES = 500;

  /**
   * What is wrong, on the keys that can change it.
   *
   * @throws SQLException when the server cannot be asked
   */
  public static List<ConfigProblem> problems(SourceConfig config) throws SQLException {
    if (config.getString(ZooKeeperKeys.CONNECT) == null) {
      return List.of();
    }

    TreeLook look = TreeLook.at(config, config.getString(CoordinationKeys.TASK));
    if (look.tree() == null) {
      return look.problems();
    }

    return look.tree().settings() == null ? List.of() : tables(config, look.tree());
  }

  private static List<ConfigProblem> tables(SourceConfig config, TaskTree tree)
      throws SQLException {
    List<SourceFacts> facts = new ArrayList<>(tree.facts());
    facts.removeIf(other -> other.source().equals(config.name()));
    SourceFacts own = own(config);
    if (own == null) {
      return List.of();
    }

    facts.add(own);
    List<ConfigProblem> problems = new ArrayList<>();
    for (Finding finding :
        new ShardChecks(settings(config, tree), facts).findings(target -> null)) {
      boolean counts = finding.isError() && !tree.begun().contains(finding.group());
      if (counts && names(finding, config.name())) {
        problems.add(new ConfigProblem(CoordinationKeys.TASK, finding.toString()));
      }
    }

    return problems;
  }

  private static TaskSettings settings(SourceConfig config, TaskTree tree) {
    TaskSettings stated = tree.settings();
    NavigableSet<String> ignored = new TreeSet<>(stated.ignoredChecks());
    ignored.addAll(config.ignoredChecks());
    // Which keys the merged table has is for the sink to look at.
    ignored.add(CheckItem.UNIQUE_KEY_OF_SHARD_TABLES.text());
    return new TaskSettings(
        stated.mode(), stated.expectedSources(), stated.routes(), stated.caseSensitive(), ignored);
  }

  /** Null for more tables than can be looked at here; the coordinator looks at all of them. */
  private static SourceFacts own(SourceConfig config) throws SQLException {
    Connections connections = new Connections(config.connection());
    Set<TableId> tables;
    try (Connection connection = connections.open()) {
      tables = TableCatalog.tables(connection, config.captured()).keySet();
    }

    if (tables.size() > MOST_TABLES) {
      return null;
    }

    return new SourceFacts(
        config.name(), 0, new TreeMap<>(new JdbcFactsReader(connections, false).read(tables)));
  }

  private static boolean names(Finding finding, String source) {
    return finding.differences().stream()
        .flatMap(difference -> difference.sides().stream())
        .flatMap(side -> side.tables().stream())
        .map(MemberId::source)
        .anyMatch(source::equals);
  }

  private ShardCheck() {}
}
