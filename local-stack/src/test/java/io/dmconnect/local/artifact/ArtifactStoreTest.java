package io.dmconnect.local.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
  @TempDir Path folder;

  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void fillsAFolderOnce() {
    ArtifactStore store = new ArtifactStore(folder, told::add);

    store.once("thing-1", "Making it", target -> Files.writeString(target.resolve("f"), "first"));
    Path made =
        store.once("thing-1", "Making it", target -> Files.writeString(target.resolve("f"), "2nd"));

    assertThat(made.resolve("f")).hasContent("first");
    assertThat(told).containsExactly("Making it");
  }

  @Test
  void leavesNothingOfAFailedAttempt() {
    ArtifactStore store = new ArtifactStore(folder, told::add);

    assertThatThrownBy(
            () ->
                store.once(
                    "thing-1",
                    "Making it",
                    target -> {
                      Files.writeString(target.resolve("half"), "x");
                      throw new IOException("disk full");
                    }))
        .hasMessageContaining("thing-1")
        .hasMessageContaining("disk full");

    assertThat(store.once("thing-1", "Making it", target -> {})).isEmptyDirectory();
  }

  @Test
  void twoStoresInOneFolderDoTheWorkOnce() throws Exception {
    CountDownLatch filling = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<Path> slow =
          () ->
              new ArtifactStore(folder, told::add)
                  .once(
                      "thing-1",
                      "Making it",
                      target -> {
                        filling.countDown();
                        await(goOn);
                      });
      Future<Path> first = threads.submit(slow);
      filling.await();
      Future<Path> second = threads.submit(slow);
      goOn.countDown();

      assertThat(first.get()).isEqualTo(second.get());
      assertThat(told).containsExactly("Making it");
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
