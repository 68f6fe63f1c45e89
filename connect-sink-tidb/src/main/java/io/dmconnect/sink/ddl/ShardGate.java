package io.dmconnect.sink.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import java.util.concurrent.CompletableFuture;

/**
 * Lets a schema change of a table that is merged with others pass once its group allows. Safe for
 * several threads.
 */
public interface ShardGate {

  /** Coordinates nothing. */
  ShardGate NONE =
      new ShardGate() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public boolean isGrouped(String source, TableId table) {
          return false;
        }

        @Override
        public CompletableFuture<String> pass(DdlWork work, boolean inDoubt) {
          throw new IllegalStateException("Nothing is coordinated");
        }

        @Override
        public void renamed(DdlWork work) {}
      };

  /**
   * Whether anything is coordinated. Then also what a table of its own does to the rows of merged
   * ones passes here.
   */
  boolean isOn();

  /** Whether a table's schema changes are coordinated with other tables'. */
  boolean isGrouped(String source, TableId table);

  /**
   * Asks the group about a change and does for it what the group decides.
   *
   * @param work the change, whose earlier rows are durable
   * @param inDoubt whether rows of the table may be left in the merged table that are gone upstream
   *     and cannot be told from others' rows: an operator has to see to them
   * @return completes with a note for the ledger when the member may go past the change; fails with
   *     a DmException, also when the task gives the partition up
   */
  CompletableFuture<String> pass(DdlWork work, boolean inDoubt);

  /**
   * Another partition's question about a rename is answered: the work's partition is that of the
   * new name and speaks for the table from now on.
   */
  void renamed(DdlWork work);
}
