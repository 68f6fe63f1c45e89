package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.ReportJson;
import io.dmconnect.model.error.DmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of a member's last executions, those that its former tasks told of included: the
 * coordinator may read only the last of several writes. Safe for several threads.
 */
final class MemberReports {
  private static final Logger LOG = LoggerFactory.getLogger(MemberReports.class);
  private static final int KEPT = 4;

  private final Map<String, Input.ExecutionReported> known = new LinkedHashMap<>();

  /** Adds one behind the others, in place of an earlier one about the same execution. */
  synchronized void add(Input.ExecutionReported report) {
    known.remove(report.executionId());
    known.put(report.executionId(), report);
    if (known.size() > KEPT) {
      known.remove(known.keySet().iterator().next());
    }
  }

  /**
   * Puts those that are stated already before the others.
   *
   * @param stated the record; null for none
   */
  synchronized void follow(String stated) {
    List<Input.ExecutionReported> own = new ArrayList<>(known.values());
    known.clear();
    try {
      if (stated != null) {
        ReportJson.read(stated).forEach(this::add);
      }
    } catch (DmException e) {
      LOG.error("Former reports are passed over, as the coordinator does", e);
    }

    own.forEach(this::add);
  }

  /** The record; null while there is nothing to state. */
  synchronized String text() {
    return known.isEmpty() ? null : ReportJson.write(List.copyOf(known.values()));
  }
}
