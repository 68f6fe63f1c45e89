package io.dmconnect.local.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a container prints, written to a file or a text while it comes from the engine. */
final class ContainerLog extends ResultCallback.Adapter<Frame> {
  private static final int LIMIT_SECONDS = 10;

  private final OutputStream out;

  private ContainerLog(OutputStream out) {
    this.out = out;
  }

  /** Writes everything since the container's first start to a file, until it ends. */
  static ContainerLog follow(String containerId, Path file) {
    try {
      ContainerLog log = new ContainerLog(Files.newOutputStream(file));
      command(containerId).withFollowStream(true).exec(log);
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the log " + file, e);
    }
  }

  /** The last lines. */
  static String tail(String containerId, int lines) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    command(containerId).withTail(lines).exec(new ContainerLog(text)).awaitEnd();
    return text.toString(StandardCharsets.UTF_8);
  }

  private static LogContainerCmd command(String containerId) {
    return Engine.client().logContainerCmd(containerId).withStdOut(true).withStdErr(true);
  }

  /** Waits until everything the container has printed is written. */
  void awaitEnd() {
    try {
      awaitCompletion(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onNext(Frame frame) {
    try {
      out.write(frame.getPayload());
    } catch (IOException e) {
      onError(e);
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    out.close();
  }
}
