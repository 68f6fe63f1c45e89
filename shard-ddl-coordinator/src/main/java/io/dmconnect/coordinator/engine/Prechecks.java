package io.dmconnect.coordinator.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.check.CheckItem;
import io.dmconnect.model.check.Finding;
import io.dmconnect.model.check.Finding.Side;
import io.dmconnect.model.check.ShardChecks;
import io.dmconnect.model.coordination.FactsJson;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.StartProblem;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The prechecks of one task, made anew whenever what they depend on changes. Not thread-safe. */
final class Prechecks {
  private static final Logger LOG = LoggerFactory.getLogger(Prechecks.class);

  private final NavigableMap<String, SourceFacts> facts = new TreeMap<>();
  private final NavigableMap<TableId, List<Finding>> findings = new TreeMap<>();
  private ShardChecks checks;

  /** Takes what the sources found, their records by node name. */
  void found(Map<String, String> records) {
    facts.clear();
    records.forEach(
        (node, text) -> {
          try {
            SourceFacts own = FactsJson.read(text);
            facts.put(own.source(), own);
          } catch (DmException e) {
            LOG.error("What the source {} found its tables to be is ignored", node, e);
          }
        });
  }

  /**
   * Makes the checks.
   *
   * @param sources those that are there; what others found before they were deleted does not count
   * @param merged the merged tables as they are; gives null for those that are not there yet
   */
  void run(TaskSettings settings, Set<String> sources, Function<TableId, TableSchema> merged) {
    Collection<SourceFacts> present =
        facts.values().stream().filter(own -> sources.contains(own.source())).toList();
    checks = new ShardChecks(settings, present);
    findings.clear();
    checks.targets().forEach(target -> run(target, merged.apply(target)));
  }

  /** Makes the checks of one group again: its merged table has become known. */
  void run(TableId target, TableSchema merged) {
    List<Finding> own = checks.findings(target, merged);
    if (own.isEmpty()) {
      findings.remove(target);
    } else {
      findings.put(target, own);
    }
  }

  /** What the checks found, errors first. */
  List<Finding> findings() {
    return findings.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Finding::severity))
        .toList();
  }

  /** Per source the number of the check its facts answer. */
  NavigableMap<String, Long> answers() {
    NavigableMap<String, Long> answers = new TreeMap<>();
    facts.forEach((source, own) -> answers.put(source, own.answers()));
    return answers;
  }

  /** What stands against the beginning of a group. */
  List<StartProblem> problems(TableId target, TaskSettings settings, Set<String> sources) {
    List<StartProblem> problems = new ArrayList<>();
    for (Finding finding : findings.getOrDefault(target, List.of())) {
      if (finding.isError()) {
        problems.add(problem(finding));
      }
    }

    NavigableSet<String> missing = new TreeSet<>(settings.expectedSources());
    missing.removeAll(sources);
    if (!missing.isEmpty() && !CheckItem.SCHEMA_OF_SHARD_TABLES.isIn(settings.ignoredChecks())) {
      NavigableSet<String> names = new TreeSet<>();
      missing.forEach(source -> names.add("source " + source));
      problems.add(
          StartProblem.unknown(
              "Not every expected source has stated its tables, so that the shard tables cannot be"
                  + " checked before their rows are merged; start the sources, or correct"
                  + " coordinator.expected-sources",
              names));
    }

    return problems;
  }

  private static StartProblem problem(Finding finding) {
    List<Side> sides =
        finding.differences().stream().flatMap(one -> one.sides().stream()).limit(2).toList();
    String mine = sides.isEmpty() ? finding.problem() : sides.get(0).toString();
    String theirs = sides.size() < 2 ? finding.problem() : sides.get(1).toString();
    return StartProblem.clash("A precheck failed: " + finding, mine, theirs);
  }
}
