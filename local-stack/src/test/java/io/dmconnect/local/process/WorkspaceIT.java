package io.dmconnect.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkspaceIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Command FOREVER = Command.of("forever", List.of("sleep", "1000"));

  @Test
  void closingEndsTheChildrenAndDeletesTheFolder() {
    Workspace workspace = Workspace.create();
    ChildProcess child = workspace.start(FOREVER);
    assertThat(child.alive()).isTrue();

    workspace.close();

    assertThat(child.alive()).isFalse();
    assertThat(workspace.root()).doesNotExist();
  }

  @Test
  void logsStayWhenTheyAreWanted() throws IOException {
    Workspace workspace = Workspace.create();
    ChildProcess child =
        workspace.start(Command.of("speaker", List.of("sh", "-c", "echo one; echo two >&2")));
    child.awaitExit(LIMIT);
    workspace.keepLogs();

    workspace.close();

    assertThat(child.log()).hasContent("one\ntwo");
    try (var entries = Files.list(workspace.root())) {
      assertThat(entries).containsExactly(workspace.root().resolve("logs"));
    }
    Folders.delete(workspace.root());
  }

  @Test
  void childrenEndWhenTheirJvmIsKilled() throws IOException {
    long child = childOfEndedJvm("kill");

    Await.until("the child's end", LIMIT, () -> !runs(child));
  }

  @Test
  void childrenEndWhenTheirJvmExits() throws IOException {
    long child = childOfEndedJvm("exit");

    Await.until("the child's end", LIMIT, () -> !runs(child));
  }

  @Test
  void theNextWorkspaceDeletesWhatAKilledJvmLeft() throws IOException {
    Path left = leftFolder();

    Workspace.create().close();

    assertThat(left).doesNotExist();
  }

  @Test
  void aFrozenChildIsAliveAndGoesOnAfterwards() {
    try (Workspace workspace = Workspace.create()) {
      ChildProcess child = workspace.start(FOREVER);

      child.freeze();
      Await.until("its stopped state", LIMIT, () -> state(child.pid()).equals("T"));
      child.thaw();

      Await.until("its sleeping state", LIMIT, () -> state(child.pid()).equals("S"));
    }
  }

  private static Path leftFolder() throws IOException {
    Process jvm = jvm("kill");
    try (BufferedReader out = jvm.inputReader()) {
      out.readLine();
      Path folder = Path.of(out.readLine());
      assertThat(folder).exists();
      jvm.destroyForcibly();
      Await.until("the JVM's end", LIMIT, () -> !jvm.isAlive());
      return folder;
    }
  }

  private static long childOfEndedJvm(String how) throws IOException {
    Process jvm = jvm(how);
    try (BufferedReader out = jvm.inputReader()) {
      long child = Long.parseLong(out.readLine());
      if (how.equals("kill")) {
        assertThat(runs(child)).isTrue();
        jvm.destroyForcibly();
      }
      Await.until("the JVM's end", LIMIT, () -> !jvm.isAlive());
      return child;
    }
  }

  private static Process jvm(String how) throws IOException {
    String java = System.getProperty("java.home") + "/bin/java";
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(java, "-cp", classPath, Parent.class.getName(), how)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static boolean runs(long pid) throws IOException {
    return Files.exists(Path.of("/proc/" + pid)) && !state(pid).equals("Z");
  }

  // Field 3 of proc(5)'s stat; the program's name in field 2 has no blank here.
  private static String state(long pid) throws IOException {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ")[2];
    } catch (NoSuchFileException e) {
      return "Z";
    }
  }

  /**
   * A program that starts a child, prints its id and the folder, and ends or waits to be killed.
   */
  static final class Parent {
    private Parent() {}

    /** Runs it; the argument is {@code exit} or {@code kill}. */
    public static void main(String[] arguments) throws IOException {
      Workspace workspace = Workspace.create();
      System.out.println(workspace.start(FOREVER).pid());
      System.out.println(workspace.root());
      if (arguments[0].equals("kill")) {
        System.in.read();
      }
    }
  }
}
