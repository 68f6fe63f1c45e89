package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.SourceFacts;
import java.util.Collection;
import java.util.function.LongConsumer;

/**
 * A source task's part in the coordination. Every method but {@link #close} only notes what is to
 * be stated and returns at once, as in {@link ShardDdlClient}. Thread-safe.
 */
public interface SourceClient extends AutoCloseable {

  /**
   * States which tables the source replicates, now and then, so that a list an operator deleted
   * comes back. Nothing is decided in a group without a table that is listed; one that is no longer
   * listed stays in its group until its last change says that it is gone. The list stays when the
   * source ends.
   */
  void state(Collection<TableId> tables);

  /**
   * States what the tables were found to be. What is stated before a list of tables is there before
   * the list.
   */
  void found(SourceFacts facts);

  /**
   * Has somebody told whenever a check of the tables is asked for.
   *
   * @param listener takes the check's number, greater for a later one; called on any thread, must
   *     not block
   */
  void onCheck(LongConsumer listener);

  /** States how the task is doing; gone when the client is closed or its session is lost. */
  void status(ParticipantStatus status);

  /** Ends the session. What was noted and not stated yet is forgotten. */
  @Override
  void close();
}
