package io.dmconnect.coordinator.store;

import io.dmconnect.model.coordination.zk.Records;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;

/**
 * One node's part in a change.
 *
 * @param kind what happens to the node
 * @param path which one
 * @param text what it holds then; null for a node that is deleted
 */
record Write(Kind kind, String path, String text) {
  /** What happens to a node. */
  enum Kind {
    CREATE,
    SET,
    DELETE
  }

  CuratorOp op(CuratorFramework curator) throws Exception {
    return switch (kind) {
      case CREATE -> curator.transactionOp().create().forPath(path, Records.encode(text));
      case SET -> curator.transactionOp().setData().forPath(path, Records.encode(text));
      case DELETE -> curator.transactionOp().delete().forPath(path);
    };
  }

  /** About how many bytes it takes in a transaction. */
  int size() {
    return 64 + path.length() + (text == null ? 0 : Records.encode(text).length);
  }
}
