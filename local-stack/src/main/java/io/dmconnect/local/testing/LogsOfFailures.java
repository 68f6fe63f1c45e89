package io.dmconnect.local.testing;

import io.dmconnect.local.process.Workspace;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Keeps the logs of the servers of a test run in which something failed: from then on every stack
 * that is closed in this JVM leaves them and says where.
 */
public final class LogsOfFailures implements TestExecutionListener {
  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      System.setProperty(Workspace.KEEP_LOGS, "true");
    }
  }
}
