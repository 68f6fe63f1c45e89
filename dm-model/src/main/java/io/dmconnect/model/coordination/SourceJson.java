package io.dmconnect.model.coordination;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.TableId;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The record at {@code /dm/<task>/sources/<source>}: the tables a source replicates, written by the
 * source task. The coordinator gives each group those that route to its target.
 */
public final class SourceJson {

  /** The record's text. */
  public static String write(Input.SourceStated stated) {
    ObjectNode node = Json.record();
    node.put("source", stated.source());
    ArrayNode tables = node.putArray("tables");
    for (TableId table : stated.tables()) {
      tables.addObject().put("schema", table.schema()).put("table", table.table());
    }

    return node.toString();
  }

  /**
   * The statement of a text.
   *
   * @throws io.dmconnect.model.error.DmException when it is no such record
   */
  public static Input.SourceStated read(String json) {
    return Json.read(
        json,
        "source",
        node -> {
          NavigableSet<TableId> tables = new TreeSet<>();
          node.path("tables").forEach(table -> tables.add(Json.table(table)));
          return new Input.SourceStated(Json.text(node, "source"), tables);
        });
  }

  private SourceJson() {}
}
