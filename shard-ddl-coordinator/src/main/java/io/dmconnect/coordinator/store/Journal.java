package io.dmconnect.coordinator.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.coordination.zk.GroupPaths;
import io.dmconnect.model.coordination.zk.Nodes;
import io.dmconnect.model.coordination.zk.Records;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.KeeperException;

/**
 * Changes that do not fit into one transaction of ZooKeeper (1 MiB). Their parts are written to
 * {@code journal/<id>/<n>} first, which means nothing. The transaction that writes the group's
 * record also creates {@code journal/<id>/commit}: from then on the change has happened. The parts
 * are then carried out one by one, each in one transaction with its own deletion and a check of the
 * group's version; whoever leads next carries out what is left, before anything else.
 */
final class Journal {
  private static final int PART_BYTES = 400_000;
  private static final String COMMIT = "commit";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final CuratorFramework curator;
  private final GroupPaths group;

  Journal(CuratorFramework curator, GroupPaths group) {
    this.curator = curator;
    this.group = group;
  }

  /** Cuts a change into parts that each fit into a transaction. */
  static List<List<Write>> parts(List<Write> writes) {
    List<List<Write>> parts = new ArrayList<>();
    List<Write> part = new ArrayList<>();
    int bytes = 0;
    for (Write write : writes) {
      if (!part.isEmpty() && bytes + write.size() > PART_BYTES) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }

      part.add(write);
      bytes += write.size();
    }

    if (!part.isEmpty()) {
      parts.add(part);
    }

    return parts;
  }

  /** Writes the parts; returns the path whose creation makes them happen. */
  String prepare(List<List<Write>> parts) throws Exception {
    String root = group.journal() + "/" + UUID.randomUUID();
    for (int i = 0; i < parts.size(); i++) {
      Nodes.ensure(curator, part(root, i), Records.encode(write(parts.get(i))));
    }

    return root + "/" + COMMIT;
  }

  /**
   * Carries out what has happened and removes what has not.
   *
   * @param version the version of the group's record; another one leads to a {@code
   *     KeeperException.BadVersionException}
   */
  void finish(int version) throws Exception {
    for (String id : curator.getChildren().forPath(group.journal())) {
      String root = group.journal() + "/" + id;
      List<String> names = new ArrayList<>(curator.getChildren().forPath(root));
      if (names.remove(COMMIT)) {
        List<String> parts = names.stream().sorted().toList();
        for (String name : parts) {
          carryOut(root + "/" + name, version);
        }
      } else {
        for (String name : names) {
          Nodes.delete(curator, root + "/" + name);
        }
      }

      Nodes.delete(curator, root + "/" + COMMIT);
      Nodes.delete(curator, root);
    }
  }

  private void carryOut(String path, int version) throws Exception {
    List<CuratorOp> ops = new ArrayList<>();
    ops.add(curator.transactionOp().check().withVersion(version).forPath(group.root()));
    for (Write write : read(Records.decode(curator.getData().forPath(path)))) {
      ops.add(write.op(curator));
    }

    ops.add(curator.transactionOp().delete().forPath(path));
    try {
      curator.transaction().forOperations(ops);
    } catch (KeeperException.NodeExistsException | KeeperException.NoNodeException e) {
      throw new DmException(
          ModelError.BAD_COORDINATION_RECORD,
          "The journal's part "
              + path
              + " cannot be carried out, since the nodes it changes are not as they were: "
              + e.getMessage()
              + "; somebody else has written to the group's nodes, make them as the part needs"
              + " them, or delete it",
          e);
    }
  }

  private static String part(String root, int number) {
    return root + "/" + String.format("%06d", number);
  }

  private static String write(List<Write> writes) {
    ObjectNode node = MAPPER.createObjectNode().put("v", 1);
    ArrayNode array = node.putArray("writes");
    for (Write write : writes) {
      ObjectNode item = array.addObject();
      item.put("kind", write.kind().name());
      item.put("path", write.path());
      item.put("text", write.text());
    }

    return node.toString();
  }

  private static List<Write> read(String text) {
    try {
      List<Write> writes = new ArrayList<>();
      for (JsonNode item : MAPPER.readTree(text).path("writes")) {
        Write.Kind kind = Write.Kind.valueOf(item.path("kind").textValue());
        writes.add(new Write(kind, item.path("path").textValue(), item.path("text").textValue()));
      }

      return writes;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new DmException(
          ModelError.BAD_COORDINATION_RECORD, "Cannot read a journal's part: " + text, e);
    }
  }
}
