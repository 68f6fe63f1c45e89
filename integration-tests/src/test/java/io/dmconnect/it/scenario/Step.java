package io.dmconnect.it.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** One step of a scenario. Shards are named as the scenario names them. */
sealed interface Step {

  /**
   * Statements on one shard; {@code {table}}, {@code {db}} and {@code {target}} stand for names.
   */
  record Run(String shard, List<String> statements) implements Step {}

  /** A table that joins later is created. */
  record Create(String shard, String definition) implements Step {}

  /**
   * Tables get other names, {@code table} or {@code database.table}; those of one source by one
   * statement.
   */
  record Rename(Map<String, String> names) implements Step {}

  /** Statements that run many times, {@code {i}} being the number of the time. */
  record Repeat(String shard, int times, List<String> statements) implements Step {}

  /** A shard's table is dropped, or emptied. */
  record Remove(String shard, boolean whole) implements Step {}

  /** A row goes into a shard. */
  record Insert(String shard) implements Step {}

  /**
   * An operator's command.
   *
   * @param shard null for {@code release}
   * @param own whether it is about the group of the shard's own name, where a conflict is awaited
   */
  record Operate(String exit, String shard, boolean own, List<String> statements) implements Step {}

  /**
   * A part of the pipeline is handled: {@code restart} of {@code coordinator}, {@code sink}, {@code
   * s1} or {@code s2}; {@code stop}, {@code start} or {@code forget} of a source.
   */
  record Handle(String verb, String part) implements Step {}

  /** A connector gets other values for some keys. */
  record Configure(String part, Map<String, String> keys) implements Step {}

  /** Statements on the target. */
  record OnTarget(List<String> statements) implements Step {}

  /** Steps of one mode only. */
  record Only(Mode mode, List<Step> steps) implements Step {}

  /**
   * What is to become true.
   *
   * @param waits whom a shard waits for
   * @param conflicts texts that a shard's conflict must contain, and its exits
   * @param idle shards that wait for nothing
   * @param table the lines of the target's SHOW CREATE TABLE; null when not asked for
   * @param columns the names of the target's columns in order; null when not asked for
   * @param rows how many rows the target has; null when not asked for
   * @param converged whether the target has all rows of the shards
   * @param queries queries on the target with their rows' texts
   * @param failure what the sink's failure must contain; null for none
   */
  record Expect(
      Map<String, Set<String>> waits,
      Map<String, Conflict> conflicts,
      Set<String> idle,
      List<String> table,
      List<String> columns,
      Integer rows,
      boolean converged,
      Map<String, List<String>> queries,
      String failure)
      implements Step {}

  /**
   * A conflict.
   *
   * @param texts each must be in its reason or in one of its sides
   * @param exits the ways out, exactly; empty when not asked for
   */
  record Conflict(List<String> texts, Set<String> exits) {}
}
