package io.dmconnect.coordinator.store;

import io.dmconnect.model.coordination.zk.Records;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;

/** Reads many nodes at once, all requests under way together. */
public final class BulkReader {
  private static final long TIMEOUT_SECONDS = 60;
  private static final int TOGETHER = 500;

  private final CuratorFramework curator;

  /** A reader over a client. */
  public BulkReader(CuratorFramework curator) {
    this.curator = curator;
  }

  /**
   * The records of a node's children by name; none when there is no such node. Children without a
   * record are left out.
   */
  public Map<String, String> children(String parent) throws Exception {
    List<String> names;
    try {
      names = curator.getChildren().forPath(parent);
    } catch (KeeperException.NoNodeException e) {
      return Map.of();
    }

    List<String> paths = names.stream().map(name -> parent + "/" + name).toList();
    Map<String, String> result = new TreeMap<>();
    records(paths).forEach((path, text) -> result.put(path.substring(parent.length() + 1), text));
    return result;
  }

  /** The records by path; nodes that are not there or hold none are left out. */
  public Map<String, String> records(Collection<String> paths) throws Exception {
    Map<String, String> result = new TreeMap<>();
    List<String> all = new ArrayList<>(paths);
    for (int from = 0; from < all.size(); from += TOGETHER) {
      read(all.subList(from, Math.min(all.size(), from + TOGETHER)), result);
    }

    return result;
  }

  private void read(List<String> paths, Map<String, String> result) throws Exception {
    List<CompletableFuture<byte[]>> reads = new ArrayList<>();
    for (String path : paths) {
      CompletableFuture<byte[]> read = new CompletableFuture<>();
      reads.add(read);
      curator
          .getData()
          .inBackground(
              (client, event) -> {
                KeeperException.Code code = KeeperException.Code.get(event.getResultCode());
                if (code == KeeperException.Code.OK) {
                  read.complete(event.getData());
                } else if (code == KeeperException.Code.NONODE) {
                  read.complete(null);
                } else {
                  read.completeExceptionally(KeeperException.create(code, path));
                }
              })
          .forPath(path);
    }

    for (int i = 0; i < paths.size(); i++) {
      String text = Records.decode(await(reads.get(i), paths.get(i)));
      if (text != null) {
        result.put(paths.get(i), text);
      }
    }
  }

  private static byte[] await(CompletableFuture<byte[]> read, String path) throws Exception {
    try {
      return read.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KeeperException cause ? cause : e;
    } catch (TimeoutException e) {
      throw KeeperException.create(KeeperException.Code.OPERATIONTIMEOUT, path);
    }
  }
}
