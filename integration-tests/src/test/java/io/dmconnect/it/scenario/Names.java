package io.dmconnect.it.scenario;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.MemberId;

/**
 * The real names of a scenario's things, which many scenarios use at the same time.
 *
 * @param run what all names of the pipeline begin with
 * @param number the scenario's number
 */
record Names(String run, int number) {

  /** What the names of the scenario's databases begin with. */
  String prefix() {
    return run + "_" + String.format("%03d", number);
  }

  String database(Shard shard) {
    return prefix() + "_" + shard.database();
  }

  /** A shard's table. */
  TableId table(Shard shard) {
    return new TableId(database(shard), shard.table());
  }

  /** The merged table. */
  TableId target() {
    return new TableId(prefix(), "t");
  }

  MemberId member(Shard shard) {
    return new MemberId(source(shard.source()), table(shard));
  }

  /** The id of source {@code s1} or {@code s2}. */
  String source(String source) {
    return run + "-" + source;
  }
}
