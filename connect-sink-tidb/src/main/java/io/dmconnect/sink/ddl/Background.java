package io.dmconnect.sink.ddl;

import java.util.concurrent.Executor;

/**
 * Runs the steps of schema changes off the task's thread, however many there are. A step may ask
 * the target, but must not wait for another step: that one may need its thread. Safe for several
 * threads.
 */
public interface Background extends Executor {

  /**
   * Runs a step soon; takes any number of them.
   *
   * @throws java.util.concurrent.RejectedExecutionException when the task has ended
   */
  @Override
  void execute(Runnable step);

  /**
   * Runs a step after a pause; dropped when the task ends first.
   *
   * @param millis how long the pause is, in milliseconds
   */
  void later(Runnable step, long millis);

  /** Runs steps that may take hours, so many at the same time as the target is to run at most. */
  Executor statements();
}
