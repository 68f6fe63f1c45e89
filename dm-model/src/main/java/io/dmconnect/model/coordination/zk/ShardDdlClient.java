package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.schema.TableSchema;

/**
 * A sink task's part in its shard groups. Every method but {@link #close} only notes what is to be
 * stated and returns at once; a thread of the client's own keeps ZooKeeper at it through lost
 * connections and lost sessions. Stating the same again changes nothing. Thread-safe.
 *
 * <p>Per member there is one request and one report at a time; a later one takes the place of the
 * one before.
 */
public interface ShardDdlClient extends AutoCloseable {

  /** States the task's settings. Every sink task of the connector does, with the same settings. */
  void configure(TaskSettings settings);

  /**
   * Speaks for a member from now on; who did so before is told that it no longer does. The decision
   * that stands is told, then every new one.
   *
   * @param target the merged table the member routes to
   * @param found the merged table's schema as it is in the target; null when there is none. Counts
   *     only for the first member of a group that nobody has coordinated yet
   * @param listener takes the member's decisions
   */
  void follow(TableId target, MemberId member, TableSchema found, ShardDdlListener listener);

  /**
   * Does not speak for the member any more. What is being told of it at this moment may still
   * arrive.
   */
  void unfollow(MemberId member);

  /**
   * The member stands at a schema change.
   *
   * @throws IllegalStateException when the request's member is not followed
   */
  void submit(DdlRequest request);

  /**
   * The member's table is there, without a schema change to be coordinated. Does nothing when the
   * coordinator knows the member; otherwise an execution may be told that brings the merged table
   * to the join.
   *
   * @throws IllegalStateException when the member is not followed
   */
  void announce(MemberId member, TableSchema schema);

  /**
   * The member's table is no longer replicated to this target, without a {@code DROP TABLE}.
   *
   * @throws IllegalStateException when the member is not followed
   */
  void leave(MemberId member);

  /**
   * An execution has run, or failed.
   *
   * @throws IllegalStateException when the report's member is not followed
   */
  void report(Input.ExecutionReported report);

  /** The decision told last; null when there is none, or the member is not followed. */
  Decision decision(MemberId member);

  /** States how the task is doing; gone when the client is closed or its session is lost. */
  void status(ParticipantStatus status);

  /** Ends the session. What was noted and not stated yet is forgotten. */
  @Override
  void close();
}
