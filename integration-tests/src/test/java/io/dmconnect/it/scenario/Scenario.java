package io.dmconnect.it.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A scenario as its file states it; {@code shard-scenarios/README.md} describes the format.
 *
 * @param id folder and name of its file
 * @param number its place among all, for names
 * @param title what happens, in one line
 * @param cases the cases of DM's own tests that it replays; empty when there is none
 * @param dm what DM does
 * @param ours what we do
 * @param open why it is played only when it is chosen; null when it is always played
 * @param modes the modes it is played in
 * @param oneMode why only one of the optimistic and the pessimistic mode plays it; else null
 * @param pipeline the pipeline it shares with others
 * @param shards the tables that are there from the start, by name
 * @param later the tables that come later, by name
 * @param tables the definitions of the first by name
 * @param target the definition of a merged table made by hand; null when there is none
 * @param route the keys of its route beside the usual ones; null for no route
 * @param rowsEach whether every shard gets a row after each step
 * @param steps what is done
 * @param compare how both ends are compared at the end, by mode
 */
record Scenario(
    String id,
    int number,
    String title,
    List<String> cases,
    String dm,
    String ours,
    String open,
    List<Mode> modes,
    String oneMode,
    String pipeline,
    Map<String, Shard> shards,
    Map<String, Shard> later,
    Map<String, String> tables,
    String target,
    Map<String, String> route,
    boolean rowsEach,
    List<Step> steps,
    Map<Mode, Compare> compare) {

  /**
   * How both ends are compared.
   *
   * @param except columns whose values may differ
   * @param rows whether rows are compared
   * @param schema whether definitions are compared
   */
  record Compare(Set<String> except, boolean rows, boolean schema) {
    static final Compare ALL = new Compare(Set.of(), true, true);
  }

  Compare compare(Mode mode) {
    return compare.getOrDefault(mode, Compare.ALL);
  }

  /** The name of its test. */
  String testName(Mode mode) {
    return id + ", " + mode.word() + ": " + title;
  }
}
