package io.dmconnect.local.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.process.Folders;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;

class LogsOfFailuresTest {
  private final LogsOfFailures listener = new LogsOfFailures();

  @AfterEach
  void forgetTheFailure() {
    System.clearProperty(Workspace.KEEP_LOGS);
  }

  @Test
  void logsStayOnceATestHasFailed() throws IOException {
    listener.executionFinished(null, TestExecutionResult.failed(new AssertionError("a failure")));

    Path logs = logsOfAClosedWorkspace();

    assertThat(logs.resolve("server.log")).hasContent("what happened");
    Folders.delete(logs.getParent());
  }

  @Test
  void nothingStaysOfARunWithoutFailures() throws IOException {
    listener.executionFinished(null, TestExecutionResult.successful());

    assertThat(logsOfAClosedWorkspace().getParent()).doesNotExist();
  }

  private static Path logsOfAClosedWorkspace() throws IOException {
    Workspace workspace = Workspace.create();
    Path log = workspace.log("server");
    Files.writeString(log, "what happened");
    workspace.close();
    return log.getParent();
  }
}
