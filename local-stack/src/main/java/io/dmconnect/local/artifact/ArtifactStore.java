package io.dmconnect.local.artifact;

import io.dmconnect.local.process.Await;
import io.dmconnect.local.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The cache of everything that is fetched, unpacked, built or initialised once and used by all
 * later runs: one folder per thing, with its version in the folder's name.
 *
 * <p>Lies in {@code $DM_CACHE}, by default {@code ~/.cache/dm-connect}. A folder appears only when
 * it is complete, and a file lock keeps concurrent runs from doing the same work. Thread-safe.
 */
public final class ArtifactStore {
  private static final Duration LOCK_LIMIT = Duration.ofMinutes(30);

  private final Path directory;
  private final Consumer<String> progress;

  /**
   * A store in a given folder.
   *
   * @param progress told what is being fetched or built, before the work begins
   */
  public ArtifactStore(Path directory, Consumer<String> progress) {
    this.directory = directory.toAbsolutePath();
    this.progress = progress;
  }

  /** The store of this user: {@code $DM_CACHE} or {@code ~/.cache/dm-connect}. */
  public static ArtifactStore standard(Consumer<String> progress) {
    String set = System.getenv("DM_CACHE");
    Path directory =
        set == null || set.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache", "dm-connect")
            : Path.of(set);
    return new ArtifactStore(directory, progress);
  }

  /** The cache folder. */
  public Path directory() {
    return directory;
  }

  /** Fills an empty folder with the thing to be cached. */
  @FunctionalInterface
  public interface Filler {
    /** Fills {@code folder}, which exists and is empty. */
    void fill(Path folder) throws IOException;
  }

  /**
   * The folder {@code key}, filled first when it is not in the cache.
   *
   * @param key the thing's name and version; a change of content wants a change of key
   * @param work what to tell the user while it is being filled
   * @throws IllegalStateException when the filler fails; the next call tries again
   */
  public Path once(String key, String work, Filler filler) {
    Path target = directory.resolve(key);
    if (Files.isDirectory(target)) {
      return target;
    }
    try {
      Files.createDirectories(directory);
      Path lockFile = directory.resolve(key + ".lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel, key)) {
        Objects.requireNonNull(lock, "lock");
        if (!Files.isDirectory(target)) {
          progress.accept(work);
          fill(target, filler);
        }
        return target;
      }
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalStateException("Cannot make " + target + ": " + e.getMessage(), e);
    }
  }

  /** The folder with the jars of a set, fetched by Maven on first use. */
  public Path jars(ArtifactSet set) {
    return once(set.key(), "Fetching " + set.title(), folder -> Maven.fetch(set, folder));
  }

  /** Unpacks fetched artifacts. */
  @FunctionalInterface
  public interface Unpacker {
    /** Unpacks what lies in {@code artifacts} into the empty folder {@code folder}. */
    void unpack(Path artifacts, Path folder) throws IOException;
  }

  /** The folder with a set's content, fetched by Maven and unpacked on first use. */
  public Path unpacked(ArtifactSet set, Unpacker unpacker) {
    return once(
        set.key(),
        "Fetching " + set.title(),
        folder -> {
          Path artifacts = Files.createTempDirectory("dm-connect-artifacts-");
          try {
            Maven.fetch(set, artifacts);
            unpacker.unpack(artifacts, folder);
          } finally {
            Folders.delete(artifacts);
          }
        });
  }

  private void fill(Path target, Filler filler) throws IOException {
    Path work = directory.resolve(target.getFileName() + ".part");
    Folders.delete(work);
    Files.createDirectories(work);
    boolean complete = false;
    try {
      filler.fill(work);
      Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
      complete = true;
    } finally {
      if (!complete) {
        Folders.delete(work);
      }
    }
  }

  // Within one JVM a second lock of the same file is refused instead of waited for.
  private static FileLock lock(FileChannel channel, String key) {
    return Await.value(
        "the lock of " + key,
        LOCK_LIMIT,
        () -> {
          try {
            return channel.tryLock();
          } catch (OverlappingFileLockException e) {
            return null;
          }
        });
  }
}
