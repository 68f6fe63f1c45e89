package io.dmconnect.coordinator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.coordinator.engine.TaskSnapshot;
import io.dmconnect.model.check.Finding;

/** What the API tells of prechecks. */
final class CheckViews {

  static ObjectNode check(TaskSnapshot task) {
    ObjectNode node = JsonNodes.object().put("task", task.task());
    ObjectNode answers = node.putObject("answers");
    task.answers().forEach(answers::put);
    node.set("findings", findings(task));
    return node;
  }

  private static ArrayNode findings(TaskSnapshot task) {
    ArrayNode array = JsonNodes.array();
    for (Finding finding : task.findings()) {
      ObjectNode node = array.addObject();
      node.put("item", finding.item().text());
      node.put("severity", finding.severity().name());
      node.set("group", JsonNodes.table(finding.group()));
      node.put("problem", finding.problem());
      ArrayNode differences = node.putArray("differences");
      for (Finding.Difference difference : finding.differences()) {
        ObjectNode item = differences.addObject().put("what", difference.what());
        ArrayNode sides = item.putArray("sides");
        for (Finding.Side side : difference.sides()) {
          ObjectNode one = sides.addObject().put("definition", side.definition());
          JsonNodes.put(one, "tables", side.tables());
        }
      }

      node.put("advice", finding.advice());
    }

    return array;
  }

  private CheckViews() {}
}
